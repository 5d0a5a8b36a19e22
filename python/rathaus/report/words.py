"""The words of a report and of a story: one table of texts in both languages."""

import re
import tomllib
import unicodedata
from pathlib import Path

from markupsafe import Markup, escape

HERE = Path(__file__).resolve().parent
# Words that hardly a sentence of the language does without, and none of the other has.
COMMON = {"en": {"the", "of", "and", "with", "for", "is", "are", "does", "do", "to", "from", "by", "not", "which", "how", "what", "per",
                 "share", "cost", "rate", "no", "without", "on", "at", "it", "than", "a", "an"},
          "de": {"der", "die", "das", "und", "mit", "für", "ist", "sind", "von", "zu", "nicht", "welche", "wie", "eine", "ein", "den",
                 "dem", "des", "im", "auf", "oder", "ohne", "je", "bei", "kleine"}}


def language_of(text):
    """"en" or "de", told by its common words; nothing where it has none."""
    words = re.findall(r"\w+", str(text).lower())
    count = {language: sum(word in known for word in words) for language, known in COMMON.items()}
    best = max(count, key=count.get)
    return best if count[best] > count["de" if best == "en" else "en"] else None


def isolated(name):
    """A name of the experiment, as it is; one that is written from the right is kept apart from its neighbours."""
    leftward = any(unicodedata.bidirectional(c) in ("R", "AL", "RLE", "RLO") for c in name)
    return f"\N{FIRST STRONG ISOLATE}{name}\N{POP DIRECTIONAL ISOLATE}" if leftward else name


class Words:
    """The table of texts in one language; a name that it does not know stays as it is."""

    def __init__(self, language):
        with open(HERE / "words.toml", "rb") as file:
            table = tomllib.load(file)
        self.language = language
        self.ends = {}              # of horizons: {"10 years": "2035-Q4"}, where the table says it
        self.texts = {key: both[language] for key, both in table["text"].items()}
        self.numbers = table["number"] if language == "de" else {}
        self.names = {key: both[language] for key, both in table["name"].items()}

    def __call__(self, key, **fields):
        return self.texts[key].format(**fields)

    def name(self, word):
        return self.names.get(word, word.replace("_", " "))

    def horizon(self, label):
        """"10 years (end of 2035)"; short runs end with "0.75 years"."""
        if not (years := re.fullmatch(r"([\d.]+) years", label)):
            return label
        number = years[1].replace(".", "," if self.language == "de" else ".")
        if label not in self.ends:
            return self("years", n=number)
        return self("years_until", n=number, end=self.ends[label].removesuffix("-Q4"))

    def quarter(self, label):
        """"Q4 2035", "4. Quartal 2035"."""
        found = re.fullmatch(r"(\d{4})-Q([1-4])", str(label))
        return self("quarter", year=found[1], n=found[2]) if found else str(label)

    def verdict(self, kind):
        return self(f"verdict_{kind}")

    def number(self, name, long_name):
        """A number of the model or of a programme: its name in the language, else what the file calls it. A programme's is told
        with the programme."""
        if found := re.fullmatch(r"programme\.(.+?)\.((?:ports|budget|effort)\.\w+|\w+)", name):
            return f"{found[1]}: {self.numbers.get(found[2], long_name)}"
        return self.numbers.get(name, long_name)

    def unit(self, unit):
        """"EUR/inhabitant/quarter": "Euro/Einwohner/Quartal"."""
        return "" if unit in ("", "1") else "/".join(self.names.get(part, part) for part in str(unit).split("/"))

    def marked(self, text):
        """A text from outside; in another language it is marked as such (WCAG 3.1.2)."""
        if isinstance(text, Markup):
            return text
        other = language_of(text)
        if other in (None, self.language):
            return escape(text)
        return Markup('<span lang="{}">{}</span>').format(other, text)

    def theory(self, label):
        """A decision rule in words, with its own; any other theory as the experiment names it."""
        return self.names.get(label, isolated(label))

    def list(self, items):
        items = list(items)
        return items[0] if len(items) == 1 else ", ".join(items[:-1]) + f" {self('and')} " + items[-1]

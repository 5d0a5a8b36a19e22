"""What a report is made of: figures, tables, sections, and what all of them need to know."""

from dataclasses import dataclass, field
from functools import cached_property

from rathaus.labels import in_language, labels
from rathaus.report.numerals import Numerals
from rathaus.report.style import Palette
from rathaus.report.words import HERE, Words, isolated

ADOPTERS = "units with AI in operation"
HIGHLIGHTED = 6


@dataclass
class Figure:
    name: str
    caption: str        # what it shows
    alt: str            # what it finds
    picture: object     # of matplotlib
    svg: str = ""
    table: object = None        # the same as numbers, folded away below it


@dataclass
class Cell:
    """One cell: what is printed, line by line, and the numbers behind it."""
    lines: list                                     # [(class, text, {data-…: number})]
    head: bool = False
    place: dict = field(default_factory=dict)       # which number of the decision table it is

    @property
    def text(self):
        return " ".join(text for _, text, _ in self.lines)


def cell(text, value=None, head=False, kind=""):
    data = {} if value is None else {"value": value}
    return Cell([(kind or ("number" if value is not None else "word"), text, data)], head)


@dataclass
class Table:
    """Groups of rows under common headings; `records` is the same as plain data for CSV and XLSX."""
    name: str
    caption: str
    columns: list
    groups: list                                    # [(heading or "", [[Cell, …], …])]
    records: list = field(default_factory=list)
    kind: str = ""

    def plain(self):
        """Header and rows of the file: numbers unrounded, never as they are printed."""
        if self.records:
            return list(self.records[0]), [list(record.values()) for record in self.records]
        rows = []
        for heading, body in self.groups:
            for row in body:
                rows.append(([heading] if heading else []) +
                            [c.lines[0][2].get("value", c.text) if c.lines else "" for c in row])
        columns = ([""] if any(heading for heading, _ in self.groups) else []) + self.columns
        return columns, rows


@dataclass
class Section:
    key: str
    title: str
    parts: list         # str: a paragraph; ("note", str); Figure; Table; None is left out
    part: str = "annex"         # front: page 1; body: what it rests on; annex
    chapter: str = ""           # heading above it
    dense: bool = False         # smaller letters on paper, so that page 1 stays one

    def __post_init__(self):
        self.parts = [part for part in self.parts if part]


class Report:
    """A result, its decision table, a language: what every chart and section asks."""

    def __init__(self, path, result, table, language):
        self.path, self.result, self.table, self.language = path, result, table, language
        self.say, self.numerals = Words(language), Numerals(language)
        self.say.ends = table.ends
        self.labels = {kind: labels(result.resolved, kind, language) for kind in ("scenario", "programme")}
        self.baseline = table.baseline
        self.others = [name for name in table.scenarios if name != self.baseline]
        self.question = table.answer
        self.palette = Palette(self.baseline, self.highlighted)

    @property
    def title(self):
        return in_language(self.result.resolved.get("title"), self.language) or self.result.attribute("title") or self.path.name

    @cached_property
    def highlighted(self):
        """Scenarios with a colour of their own: all, or the six that move adoption most."""
        if len(self.others) <= HIGHLIGHTED:
            return self.others
        line = self.table.line(ADOPTERS, self.table.main_horizon, self.table.theory_keys[0])
        by_gain = sorted(self.others, key=lambda name: -abs(line[name]["gain"]["mean"] or 0))
        return [name for name in self.others if name in by_gain[:HIGHLIGHTED]]

    @property
    def drawn(self):
        """Scenarios that appear as curves: the baseline first."""
        return [self.baseline, *self.highlighted]

    @property
    def has_gains(self):
        return bool(self.others)

    @property
    def has_intervals(self):
        return self.table.replicates > 1

    @property
    def left_out(self):
        """What a caption adds where not every scenario is drawn."""
        return " " + self.say("only_highlighted", n=len(self.highlighted)) \
            if len(self.others) > len(self.highlighted) else ""

    def scenario(self, name):
        """Its label, else its name as it is: one spelling in sentences, figures, tables and files."""
        return self.labels["scenario"].get(name, name)

    def programme(self, name):
        return self.labels["programme"].get(name, name)

    def quoted(self, name):
        """A scenario inside a sentence."""
        return self.say("quote", name=isolated(self.scenario(name)))

    def quoted_programme(self, name):
        return self.say("quote", name=isolated(self.programme(name)))

    def listed(self, names, told=None):
        """Scenarios in a sentence, quoted or as `told`; so many that nobody would read them are counted."""
        names = list(names)
        return self.say.list(map(told or self.quoted, names)) if len(names) <= HIGHLIGHTED else \
            self.say("so_many", n=len(names))

    def size_class(self, name):
        return self.say.name(name)

    def gain_interval(self, cell):
        """(mean, low, high) of a gain; nothing where it has no interval."""
        gain = cell.get("gain") if cell else None
        if not gain or gain["mean"] is None or gain["low"] is None:
            return None
        return gain["mean"], gain["low"], gain["high"]

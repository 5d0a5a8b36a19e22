#!/usr/bin/python3
"""What `rathaus check` and `trace` print in German: every line of it, findings as well."""

import json
import re
import unittest
from pathlib import Path

import harness

harness.skip_without("h5py", "numpy")

STUDY = """title = "Studie"
model = "germany"
[population]
units = 60
[programme.grant]
label = { en = "the call", de = "der Aufruf" }
field = "incentives"
ports = { grant_pilot = 0.8, grant_scale = 0.4 }
window = { first = "2022-Q1", length = 8, every = 12, announced = 3 }
budget = { per_year = 60_000 }
award = { rule = "lottery" }
[programme.advice]
from = "advice"
window = { first = "2022-Q1", length = 40 }
budget = { per_year = 60_000 }
[scenario.nothing]
baseline = true
[scenario.support]
label = { en = "with the call", de = "mit Aufruf" }
programmes = ["grant", "advice"]
[replicates]
at_least = 2
"""
ODD = """[programme.six]
field = "incentives"
ports = { grant_pilot = 0.8 }
window = { first = "2026-Q1" }
budget = { total = 6.000 }
award = { rule = "lottery" }
[programme.nobody]
field = "incentives"
ports = { grant_pilot = 0.8 }
window = { first = "2026-Q1" }
eligible = { population = { at_least = 900_000_000 } }
[scenario.odd]
programmes = ["six", "nobody"]
[[target]]
indicator = "share_of_adopters"
start = 0.5
by = "2030-Q4"
at_least = 0.4
[[target]]
indicator = "adopters"
by = "2030-Q4"
at_least = 0.4
"""
WRONG = """title = "x"
model = "germany"
[programme.a]
field = "incentive"
ports = { grant_pilot = 0.95 }
bonus = { coop = 0.1 }
window = { first = "2026-Q1" }
[programme.b]
field = "incentives"
requires = "aa"
ports = { grant_pilot = 1.5 }
window = { first = "2026Q1", lenght = 3 }
budget = { total = 0.001, per_year = 5 }
least_award = true
[programme.c]
field = "incentives"
ports = { grant_pilot = 0.9 }
bonus = { coop = 0.2 }
least_award = 20
cap_per_award = 10
budget = { per_year = 1_000 }
window = { first = "2026-Q1" }
[scenario.one]
programmes = ["a", "b", "c", "d"]
[scenario.two]
like = "three"
[[target]]
indicator = "adopter"
by = "2080-Q1"
"""
ENGLISH = re.compile(r"\b(the|of|and|with|is|are|has|not|for|from|no|by|to|each|units?|after|some|which|where)\b")


class German(harness.InFolder):
    def both(self, *arguments):
        return [self.told(*arguments, "--lang", language).splitlines() for language in ("en", "de")]

    def german(self, text):
        """Nothing English is left beside what users and files are called."""
        self.assertIsNone(ENGLISH.search(re.sub(r"[‚„\"'][^‘“\"']*[‘“\"']|\S*[\w\]]\.\w\S*", "", text)), text)

    def test_check(self):
        self.write("s.toml", STUDY)
        self.write("odd.toml", STUDY + ODD)
        self.write("morris.toml", STUDY + '[uncertain]\nbeta_peer = { normal = [2, 0.1] }\n[design]\nmethod = "morris"\ntrajectories = 2\nlevels = 4\n')
        for arguments in (("s.toml",), ("s.toml", "--set", "doubt=none"), ("s.toml", "--set", "doubt={ points = 12, replicates = 2, theories = false }"),
                          ("s.toml", "--pilot", "2"), ("odd.toml", "--pilot", "2"), ("morris.toml",), ("s.toml", "--set", "parameters.u0=0.1"),
                          ("s.toml", "--set", "time.start=2024-Q1", "--set", "programme.grant.window.first=2024-Q1",
                           "--set", "programme.advice.window.first=2024-Q1"), ("s.toml", "--set", "output.fixed_demand=true"),
                          ("s.toml", "--set", "population.providers=operators")):
            english, german = self.both("check", *arguments)
            with self.subTest(arguments=arguments):
                self.assertEqual(len(german), len(english))
                for line in german:
                    if not line.startswith(("Titel", "odd.toml")):
                        self.german(line)
        self.assertRegex("\n".join(self.both("check", "s.toml")[1]), r"Förderung      ‚advice‘ in support: \d+ von 60 Kommunen")
        self.assertIn("auffällig      Programm ‚six‘ in odd: 6 Euro insgesamt", "\n".join(self.both("check", "odd.toml")[1]))

    def test_a_first_look_and_every_table(self):
        self.write("s.toml", STUDY.replace('title = "Studie"', 'title = { en = "Study", de = "Studie" }\nquestion = { en = "Who?", de = "Wer?" }'))
        for doubt in ("none", "{ points = 3 }"):
            self.rathaus("run", "s.toml", "--force", "--quiet", "--set", f"doubt={doubt}", "--set", "time.quarters=60")
            for command in (("info",), ("compare",), ("compare", "--full"), ("compare", "--section", "money"), ("compare", "--section", "Abhängigkeit", "--lang", "de")):
                said = [self.told(command[0], "s.h5", *command[1:], *(() if "--lang" in command else ("--lang", language))) for language in ("en", "de")]
                if command == ("info",):     # the rest of it is what the file itself says
                    said = [text[text.index(title):] for text, title in zip(said, ("\nStudy\n", "\nStudie\n"))]
                with self.subTest(doubt=doubt, command=command):
                    for line in said[1].splitlines():
                        self.german(line)
                    self.assertNotRegex(re.sub(r"\(SDG [\d., ]+\)", "", said[1]), r"\d\.\d(?!\d\d)")
                    if "--lang" not in command:
                        self.assertEqual(len(said[0].splitlines()), len(said[1].splitlines()))
                        self.assertNotIn("with the call", said[1])
            self.assertIn("mit Aufruf", said[1])
            by_label = self.told("compare", "s.h5", "--against", "mit Aufruf", "--lang", "de", "--section", "Geld")
            self.assertIn("gegenüber „mit Aufruf“", by_label)
            self.assertEqual(by_label, self.told("compare", "s.h5", "--against", "support", "--lang", "de", "--section", "money"))
        told = self.rathaus("run", "s.toml", "--force", "--lang", "de", "--set", "doubt=none")
        self.assertRegex(told.stderr, r"\n?4 von 4 Läufen in [\d,]+ s auf \d+ Threads \(\d+ ns je Rechenschritt\)")
        self.assertIn("\nVerwaltungen mit KI".replace("Verwaltungen", "Anteil der Verwaltungen"), told.stdout)
        self.assertIn("s.h5 ist schon fertig", self.rathaus("run", "s.toml", "--resume", "--lang", "de", "--set", "doubt=none").stderr)

    def test_what_a_pilot_tells_of_support(self):
        self.write("s.toml", STUDY.replace("ports = { grant", "cap_per_award = 90_000_000\neffort = { application_days = 400 }\nports = { grant"))
        english, german = ("\n".join(lines) for lines in self.both("check", "s.toml", "--pilot", "3", "--set", "doubt=none"))
        self.assertRegex(english, r"support +grant +[\d.]+ +[\d.]+ +[\d.]+ +[\d.]+ +90000 +\d+")
        self.assertRegex(english, r"programme 'grant' of support: the cap of 90,000,000 EUR is far above the mean grant of the pilot, [\d,]+ EUR")
        self.assertRegex(english, r"an application takes 400 days, worth [\d,]+ EUR, for a mean grant of")
        self.assertRegex(german, r"Der Höchstbetrag von 90\.000\.000 Euro liegt weit über der mittleren Zuwendung")

    def test_findings(self):
        self.write("wrong.toml", WRONG)
        english, german = (self.rathaus("check", "wrong.toml", *language, status=1).stderr.splitlines()
                           for language in ((), ("--lang", "de")))
        self.assertGreater(len(english), 12)
        place = re.compile(r"error: wrong\.toml:\d+:\d+: ")
        self.assertEqual([place.match(line).group() for line in german], [place.match(line).group() for line in english])
        for one, other in zip(english, german):
            self.assertNotEqual(one, other)
            self.german(place.sub("", other))
        self.assertIn('award = { rule = "fcfs" } oder eine andere Regel angeben', "\n".join(german))   # brackets that are no field
        told = [json.loads(line) for line in self.rathaus("--diagnostics", "json", "check", "wrong.toml", "--lang", "de", status=1).stderr.splitlines()]
        self.assertEqual([f"error: wrong.toml:{each['line']}:{each['column']}: {each['message']}" for each in told], german)

    def test_population_files(self):
        header = "id,name,land,region,population,lon,lat,fiscal"
        self.write("s.toml", 'title = "Studie"\nmodel = "germany"\npopulation.file = "towns.csv"\npopulation.unit = "municipality"\n')
        for rows in ("", header, header.replace("name,", "wert,") + "\na,A,X,R,1,,,\n", header.replace("lat,", "") + "\na,A,X,R,1,,\n",
                     header + "\na,A,X,R,100,,,1\nb,B,X,R,-5,7,,2\nb,B,Y,R,50,8,99,\n,C,X,R,1000.5,\"7,5\",50,1\nc,C,X\nd,D,X,R,,1,1,1\n",
                     header + '\na,A "x" B,X,R,1,1,1,1\n', header + '\na,"A,X,R,1,1,1,1\n', header + "\na,\0A,X,R,1,1,1,1\n",
                     header.replace("fiscal", "name") + "\n"):
            self.write("towns.csv", rows)
            english, german = (self.rathaus("check", "s.toml", *language, status=1).stderr.splitlines() for language in ((), ("--lang", "de")))
            with self.subTest(rows):
                self.assertEqual(len(german), len(english))
                place = re.compile(r"(error|warning): towns\.csv(:\d+)*: ")
                for one, other in zip(english, german):
                    self.assertNotEqual(one, other)
                    self.german(place.sub("", other))

    def test_files(self):
        self.write("s.toml", STUDY)
        self.write("no.h5", "no HDF5")
        (self.folder / "folder").mkdir()
        for arguments in (("check", "none.toml"), ("compare", "no.h5"), ("compare", "none.h5"), ("compare", "folder"),
                          ("run", "s.toml", "-o", "folder"), ("run", "s.toml", "-o", "no.h5"), ("run", "s.toml", "-o", "none/x.h5")):
            with self.subTest(arguments):
                told = self.rathaus(*arguments, "--lang", "de", status=1).stderr
                self.assertRegex(told, r"\Aerror: .+\n\Z")
                self.german(re.sub(r"\Aerror: \S+: ", "", told))

    def test_trace(self):
        self.write("s.toml", STUDY)
        self.rathaus("run", "s.toml", "--quiet", "-o", "s.h5", "--set", "doubt=none", "--set", "parameters.coop_join=0.05")
        kinds = set()
        for unit in range(1, 40, 3):
            english, german = self.both("trace", "s.h5", "--run", "3", "--unit", f"S{unit:02}")
            self.assertEqual(len(english), len(german))
            for one, other in zip(english, german):
                if one:
                    self.assertNotEqual(one, other)
                self.german(other)
                if chronicle := re.match(r"\d{4}-Q\d  (\w+ \w+)", one):
                    kinds.add(chronicle.group(1))
            self.assertIn("Szenario mit Aufruf", german[1])
        self.assertGreater(len(kinds), 8, kinds)


if __name__ == "__main__":
    unittest.main(verbosity=1)

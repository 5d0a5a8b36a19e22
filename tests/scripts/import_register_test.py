#!/usr/bin/python3
"""Tests of `rathaus import-register`, run as its users run it.

The small register below has one case of each rule. The tests on the real registers need the data
folder (RATHAUS_SHARED_DATA, or ../shared/data beside the checkout) and are skipped without it.
"""

import csv
import io
import math
import os
import random
import re
import subprocess
import sys
import tempfile
import unittest
from collections import defaultdict
from pathlib import Path

import openpyxl

CHECKOUT = Path(__file__).resolve().parents[2]
DATA = Path(os.environ.get("RATHAUS_SHARED_DATA") or CHECKOUT.parent / "shared" / "data")

# The header as Destatis lays it out: merged cells, hyphens, footnote marks, a line of dates.
HEADER = [
    ["Gemeinden in Deutschland"] + [""] * 15,
    ["Satz-art", "Text-kenn-zeichen", "Amtlicher Regionalschlüssel (ARS)", "", "", "", "",
     "Gemeindename", "Fläche km2 1)", "Bevölkerung2)", "", "", "", "Post-leit-zahl3)",
     "Geografische Mittelpunktkoordinaten", ""],
    ["", "", "Land", "RB", "Kreis", "VB", "Gem", "", "", "insgesamt", "männlich", "weiblich",
     "je km2", "", "Längengrad", "Breitengrad"],
    ["", "", "Gebietsstand", "", "", "", "", "", "31.12.", "am 31.12."] + [""] * 6,
]


def level(kind, text, key, name):
    parts = [key[:2], key[2:3], key[3:5], key[5:9], ""]
    return [kind, text, *parts, name] + [""] * 8


def place(text, key, name, population, lon="9,5", lat="50,25"):
    parts = [key[:2], key[2:3], key[3:5], key[5:9], key[9:]]
    return ["60", text, *parts, name, "12,5", population, "1", "1", "1", "01234", lon, lat]


SHEET = HEADER + [
    level("10", "", "01", "Schleswig-Holstein"),
    level("40", "41", "01001", "Förde, Stadt"),
    level("50", "50", "010010000", "Förde, Stadt"),
    place("61", "010010000000", "Förde, Stadt", "83.151", "9,43751", "54,78252"),
    level("40", "43", "01051", "Marschkreis"),
    level("50", "51", "010515166", "Amt Marsch"),
    place("64", "010515166003", "Klein \"Deich\"", "100", "9,1", "54,1"),
    place("64", "010515166002", "Gleich groß", "300", "9,3", "54,3"),
    place("64", "010515166001", "Ohne Ort", "300", "", ""),
    level("50", "50", "010519501", "Wald, gemfr. Gebiet"),
    place("66", "010519501501", "Wald, gemfr. Gebiet", "0", "", ""),
    level("50", "50", "010519502", "Heide, gemfr. Bezirk"),
    place("65", "010519502502", "Heide, gemfr. Bezirk", "761"),
    level("10", "", "08", "Baden-Württemberg"),
    level("40", "43", "08111", "Südkreis"),
    level("50", "54", "081115001", "VVG Süd"),
    place("63", "081115001001", "Südstadt", "5000"),
    place("64", "081115001002", "Süddorf", "700"),
    level("50", "57", "081115002", "Trägermodell"),
    place("64", "081115002003", "Trägerdorf", "10"),
    place("64", "081115002004", "Tragdorf", "20"),
    level("10", "", "09", "Bayern"),
    level("40", "44", "09171", "Ostkreis"),
    level("50", "54", "091715101", "VG Ost"),
    place("64", "091715101001", "Ostdorf", "900", "12", "48"),
    place("60", "091715101002", "Ostmarkt", "2100", "13", "49"),
    ["1) Abweichungen durch Runden."] + [""] * 15,
]
MUNICIPALITIES = {"01001000": 83151, "01051003": 100, "01051002": 300, "01051001": 300,
                  "08111001": 5000, "08111002": 700, "08111003": 10, "08111004": 20,
                  "09171001": 900, "09171002": 2100}
ADMINISTRATIONS = {"01001000": 83151, "010515166": 700, "08111001": 5000, "08111002": 700,
                   "081115002": 30, "091715101": 3000}
LAU = [["gisco_id", "country", "nuts2", "nuts3", "name", "population", "lon", "lat"],
       ["AT_1", "AT", "AT11", "AT111", "Eins, Markt", "500", "16.5", "47.5"],
       ["FR_1", "FR", "FR10", "FR101", "Deux", "1200", "", ""],
       ["FR_2", "FR", "FR10", "FR101", "Vide", "0", "", ""],
       ["IS_1", "IS", "IS00", "IS001", "Þrír", "", "-20.5", "64"]]


def merge_like_rathaus(rows):
    """The rule of the population file, written down a second time: rows that share an
    administration become one unit."""
    groups = defaultdict(list)
    for row in rows:
        groups[row.get("administration") or row["id"]].append(row)
    units = {}
    for key, members in groups.items():
        largest = sorted(members, key=lambda row: (-int(row["population"]), row["id"].encode()))[0]
        people = sum(int(row["population"]) for row in members)
        unit = {name: largest[name] for name in ("name", "land", "region")} | {"population": people}
        for what in {"lon", "lat", "fiscal"} & largest.keys():
            unit[what] = sum(float(row[what]) * int(row["population"]) for row in members) / people
        units[key] = unit
    return units


class Case(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.out = self.folder / "out.csv"

    def import_register(self, *arguments, out=None):
        command = [sys.executable, "-m", "rathaus", "import-register", *arguments, "-o", out or self.out]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout, done.stderr

    def units(self, *arguments):
        """Rows of the population file, which has to be written without a complaint."""
        code, self.report, errors = self.import_register(*arguments, "--force")
        self.assertEqual((code, errors), (0, ""))
        text = self.out.read_bytes().decode("utf-8")
        self.assertNotIn("\r", text)
        return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))

    def assert_refused(self, pattern, *arguments, out=None):
        """Exit 1, a message on stderr of the form place: problem (why) advice, and no trace."""
        before = {path: path.is_file() and path.read_bytes() for path in self.folder.rglob("*")}
        code, report, errors = self.import_register(*arguments, out=out)
        self.assertEqual((code, report), (1, ""), errors)
        # where a single cell is wrong, its column follows the line (tests/python/package_test.py holds which)
        self.assertRegex(errors, re.sub(r"(:[0-9]+): ", r"\1(:[0-9]+)?: ", pattern))
        for line in errors.splitlines():
            self.assertRegex(line, r"^error: \S+: .+ \(.+\)|^error: .+ \(see rathaus import-register --help\)$")
        self.assertEqual(before, {path: path.is_file() and path.read_bytes()
                                  for path in self.folder.rglob("*")})
        return errors.splitlines()

    def table(self, rows, name="in.csv", delimiter=",", encoding="utf-8", end="\n"):
        path = self.folder / name
        with open(path, "w", encoding=encoding, newline="") as file:
            csv.writer(file, delimiter=delimiter, lineterminator=end).writerows(rows)
        return path

    def workbook(self, rows, name="in.xlsx"):
        book = openpyxl.Workbook()
        book.active.append(["Inhalt", "Land", "Kreis"])
        sheet = book.create_sheet("Gemeinden")
        for row in rows:  # population as a number, as Destatis has it, and empty cells empty
            cells = [cell or None for cell in row]
            if row[0] == "60":
                cells[9] = int(row[9].replace(".", ""))
            sheet.append(cells)
        sheet.merge_cells("C2:G2")
        book.save(self.folder / name)
        return self.folder / name

    def assert_same_units(self, municipalities, administrations):
        """Both ways to the units that decide: the importer's merger and that of rathaus."""
        expected = merge_like_rathaus(municipalities)
        self.assertEqual({row["id"] for row in administrations}, expected.keys())
        for row in administrations:
            for column, value in expected[row["id"]].items():
                if column in ("lon", "lat", "fiscal"):
                    self.assertAlmostEqual(float(row[column]), value, delta=1e-6)
                else:
                    self.assertEqual(row[column], str(value), row["id"])


class GermanRegister(Case):
    def test_administrations(self):
        units = {row["id"]: row for row in self.units(self.table(SHEET))}
        people = {key: int(row["population"]) for key, row in units.items()}
        self.assertEqual(people, ADMINISTRATIONS)
        marsh = units["010515166"]
        # Of two equally large members the first in byte order of the id names the unit; its missing
        # place does not shift the mean of the others: (100 * 9.1 + 300 * 9.3) / 400.
        self.assertEqual((marsh["name"], marsh["land"], marsh["region"]),
                         ("Ohne Ort", "Schleswig-Holstein", "01051"))
        self.assertAlmostEqual(float(marsh["lon"]), 9.25)
        self.assertAlmostEqual(float(units["091715101"]["lat"]), 48.7)
        self.assertEqual(list(marsh), ["id", "name", "land", "region", "population", "lon", "lat"])

    def test_municipalities(self):
        rows = self.units(self.table(SHEET), "--unit", "municipality")
        self.assertEqual({row["id"]: int(row["population"]) for row in rows}, MUNICIPALITIES)
        self.assertEqual({row["id"]: row["name"] for row in rows}["01051003"], 'Klein "Deich"')

    def test_both_ways_give_the_same_units(self):
        fiscal = self.table([["ags", "fiscal"]] + [[key, 100 + i] for i, key in
                                                   enumerate(MUNICIPALITIES)], "fiscal.csv")
        source = self.table(SHEET)
        self.assert_same_units(self.units(source, "--unit", "municipality", "--fiscal", fiscal),
                               self.units(source, "--fiscal", fiscal))

    def test_every_delivery_reads_the_same(self):
        self.units(self.table(SHEET))
        expected = self.out.read_bytes()
        for source in (self.table(SHEET, "a.csv", ";"),
                       self.table(SHEET, "b.csv", "\t", end="\r\n"),
                       self.table(SHEET, "c.txt", ";", encoding="utf-8-sig"),
                       self.workbook(SHEET), self.workbook(SHEET, "named.csv")):
            with self.subTest(source.name):
                self.units(source)
                self.assertEqual(self.out.read_bytes(), expected)

    def test_leading_zeros_lost_in_a_spreadsheet(self):
        self.units(self.table(SHEET))
        expected = self.out.read_bytes()
        lost = [[str(int(cell)) if 2 <= i <= 6 and cell.isdigit() else cell
                 for i, cell in enumerate(row)] for row in SHEET]
        self.units(self.table(lost))
        self.assertEqual(self.out.read_bytes(), expected)

    def test_report_accounts_for_every_row(self):
        self.units(self.table(SHEET))
        count = {what: int(number.replace(",", "")) for number, what in
                 re.findall(r"^ *([\d,]+)  ([^:\n]*(?:: [^:\n(]*)?)", self.report, re.MULTILINE)}
        left_out = sum(number for what, number in count.items() if what.startswith("left out"))
        self.assertEqual(count["rows read"], left_out + count["municipalities kept"])
        self.assertEqual(count["municipalities kept"], len(MUNICIPALITIES))
        self.assertEqual(count["units written"], len(ADMINISTRATIONS))
        self.assertIn("left out: unincorporated area, inhabited (761 people)", self.report)
        self.assertIn("7  of them in 3 joint administrations, merged", self.report)
        self.assertIn("01051001 Ohne Ort", self.report)

    def test_order_of_rows_changes_no_byte(self):
        rows = [["ags", "name", "type_code", "land", "verband_key", "verband_type", "population",
                 "lon", "lat"]]
        dice = random.Random(1)
        for i in range(200):
            rows.append([f"09171{i:03}", f"Ort {i}", "64", "Bayern", f"09171{i // 7:04}", "54",
                         dice.randint(1, 40), dice.uniform(6, 15), dice.uniform(47, 55)])
        self.units(self.table(rows))
        expected = self.out.read_bytes()
        for _ in range(3):
            shuffled = rows[1:]
            dice.shuffle(shuffled)
            self.units(self.table(rows[:1] + shuffled))
            self.assertEqual(self.out.read_bytes(), expected)


class EuropeanList(Case):
    def test_rows_without_inhabitants_are_left_out_by_country(self):
        rows = self.units(self.table(LAU, encoding="utf-8-sig"))
        self.assertEqual([tuple(row.values()) for row in rows],
                         [("AT_1", "Eins, Markt", "AT", "AT111", "500", "16.5", "47.5"),
                          ("FR_1", "Deux", "FR", "FR101", "1200", "", "")])
        self.assertIn("left out: population 0: FR 1", self.report)
        self.assertIn("left out: no population figure: IS 1", self.report)
        self.assertIn("without coordinates: FR 1", self.report)


class Fiscal(Case):
    def fiscal_of(self, rows, *arguments):
        fiscal = self.table(rows, "fiscal.csv")
        return {row["id"]: float(row["fiscal"]) for row in
                self.units(self.table(SHEET), "--fiscal", fiscal, *arguments)}

    def test_mean_weighted_by_inhabitants_is_one(self):
        rows = [["ags", "tax"]] + [[key, 900 + 37 * i] for i, key in enumerate(MUNICIPALITIES)]
        for unit, people in (("municipality", MUNICIPALITIES), ("administration", ADMINISTRATIONS)):
            fiscal = self.fiscal_of(rows, "--fiscal-column", "tax", "--unit", unit)
            mean = math.fsum(fiscal[key] * people[key] for key in people) / sum(people.values())
            self.assertAlmostEqual(mean, 1, delta=1e-8)
            self.assertGreater(max(fiscal.values()) / min(fiscal.values()), 1.1)

    def test_newest_year_by_kreis_with_lost_zeros(self):
        kreise = {"1001": 500, "1051": 1000, "8111": 1500, "9171": 2000}
        rows = [["county_code", "year", "tax_revenue_per_capita"]]
        rows += [[key, year, value * scale] for key, value in kreise.items()
                 for year, scale in ((1990, 0), (2019, 1), (2018, 7))]
        rows += [[key, 2020, ""] for key in kreise]
        fiscal = self.fiscal_of(rows)
        self.assertAlmostEqual(fiscal["010515166"] / fiscal["01001000"], 2, delta=1e-7)
        self.assertAlmostEqual(fiscal["091715101"] / fiscal["01001000"], 4, delta=1e-7)
        self.assertIn("of 2019", self.report)

    def test_errors(self):
        source, full = self.table(SHEET), [[key, "1"] for key in MUNICIPALITIES]
        head = [["id", "fiscal"]]
        for pattern, rows, *arguments in (
                (r"fiscal.csv: 1 of 10 municipalities .*01001000 Förde", head + full[1:]),
                (r"fiscal.csv:2: fiscal '0' is not", head + [["01001000", "0"]] + full[1:]),
                (r"fiscal.csv:3: fiscal '1.000,5'", head + full[:1] + [["01051003", "1.000,5"]]),
                (r"fiscal.csv:12: key '09171002' is given twice", head + full + full[-1:]),
                (r"fiscal.csv:3: 1 fields instead of 2", head + full[:1] + [["01051003"]]),
                (r"fiscal.csv:1: no column to join", [["place", "fiscal"]] + full),
                (r"fiscal.csv:1: no column taxes .*did you mean tax\?", [["id", "tax"]] + full,
                 "--fiscal-column", "taxes")):
            with self.subTest(pattern):
                fiscal = self.table(rows, "fiscal.csv")
                self.assert_refused(pattern, source, "--fiscal", fiscal, *arguments)


class Refusals(Case):
    def test_files_that_are_no_register(self):
        (self.folder / "empty.csv").touch()
        (self.folder / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
        dice = random.Random(1)
        whole = self.workbook(SHEET + [["", str(dice.random())] for _ in range(9_000)]).read_bytes()
        (self.folder / "cut.xlsx").write_bytes(whole[:-200])
        late = whole.index(b"PK\3\4", whole.index(b"xl/worksheets/sheet2.xml")) - 200
        damaged = whole[:late] + b"\xff" * 40 + whole[late + 40:]
        (self.folder / "damaged.xlsx").write_bytes(damaged)
        self.workbook([["id", "name"], ["1", "x"]], "other.xlsx")
        self.table([["id", "nuts3", "country", "name", "population", "lon", "lat"]], "near.csv")
        (self.folder / "quote.csv").write_text(",".join(LAU[0]) + '\nAT_1,AT,AT11,AT111,"E,5,1,1\n')
        for name, pattern in (("missing.csv", "cannot be read"), (".", "cannot be read"),
                              ("empty.csv", "no register found"), ("picture.png", "binary"),
                              ("cut.xlsx", "not a readable .xlsx"),
                              ("damaged.xlsx", r"damaged.xlsx:\d+: not a readable .xlsx"),
                              ("other.xlsx", "no register found in Sheet, Gemeinden"),
                              ("near.csv", "nearest is the form LAU, without gisco_id"),
                              ("quote.csv", r"quote.csv:2: not a row of CSV")):
            with self.subTest(name):
                self.assert_refused(pattern, self.folder / name)

    def test_latin_1_tells_line_and_remedy(self):
        source = self.table(SHEET[:5] + SHEET[-3:], encoding="latin-1", end="\r\n")
        self.assert_refused(r"in.csv:2: byte 0xfc is not UTF-8 .* iconv -f WINDOWS-1252", source)

    def test_bad_rows_are_told_together_with_their_lines(self):
        row = ["AT_2", "AT", "AT11", "AT111", "Zwei\nZeilen", "5", "16", "47"]
        named = lambda name: [name, *row[1:]]
        bad = [(["AT_1", *row[1:]], "id 'AT_1' is given twice"), ([""] + row[1:], "is empty"),
               (row[:5] + ["-5"] + row[6:], "'-5' is not a whole"),
               (row[:5] + ["many"] + row[6:], "'many' is not a whole"),
               (row[:5] + ["7.5"] + row[6:], "'7.5' is not a whole"),
               (named("AT_3")[:6] + ["181", "1"], "'181' is not on the globe"),
               (named("AT_4")[:6] + ["1", "north"], "'north' is not on the globe"),
               (named("AT_5")[:6] + ["1", "nan"], "one coordinate is missing"),
               (named("AT_6")[:7] + [""], "one coordinate is missing"), (row[:5], "5 fields instead of 8"),
               (row + ["9"], "9 fields instead of 8")]
        errors = self.assert_refused("in.csv", self.table(LAU + [cells for cells, _ in bad]))
        self.assertEqual(len(errors), len(bad))
        for i, (line, (_, problem)) in enumerate(zip(errors, bad)):
            # Two lines each, for the name has a line break; the refused row follows the LAU table.
            self.assertRegex(line, rf"^error: {self.folder}/in\.csv:{len(LAU) + 1 + 2 * i}(:[0-9]+)?: ")
            self.assertIn(problem, line)

    def test_broken_register(self):
        def spoil(name, change):
            """The small register with one row changed, or without it."""
            rows = [change(row) if row[7] == name else row for row in SHEET]
            return [row for row in rows if row]

        drop = lambda row: None
        for pattern, name, change in (
                ("record type '' is unknown", "Ostdorf", lambda row: [""] + row[1:]),
                ("Land '09' has no row above", "Bayern", drop),
                ("kind of administration '' of 091715101 is unknown", "VG Ost", drop),
                ("kind of municipality '99'", "Ostdorf", lambda row: ["60", "99"] + row[2:]),
                ("is incomplete", "Ostdorf", lambda row: row[:6] + [""] + row[7:])):
            with self.subTest(pattern):
                rows = spoil(name, change)
                errors = self.assert_refused(pattern, self.table(rows))
                line = [row[7] for row in rows].index("Ostdorf") + 1
                self.assertRegex(errors[0], rf"^error: {self.folder}/in\.csv:{line}(:[0-9]+)?: ")

    def test_output(self):
        source = self.table(SHEET)
        self.assert_refused("no folder", source, out=self.folder / "none" / "out.csv")
        self.assert_refused("is a folder", source, "--force", out=self.folder)
        self.assert_refused("it is what this command reads", source, "--force", out=source)
        self.out.write_text("dear")
        self.assert_refused("exists", source)
        self.assertEqual(len(self.units(source)), len(ADMINISTRATIONS))  # with --force
        self.assertEqual({path.name for path in self.folder.iterdir()}, {"in.csv", "out.csv"})
        self.assert_refused("invalid choice", source, "--unit", "village")


@unittest.skipUnless((DATA / "AuszugGV3Q_2021.xlsx").is_file(), f"no registers in {DATA}")
class RealRegisters(Case):
    REGISTER = DATA / "AuszugGV3Q_2021.xlsx"
    PREPARED = DATA / "gemeinden_de_2021.csv"
    # Administrations by Land as counted independently from the same register.
    UNITS = {"Schleswig-Holstein": 170, "Hamburg": 1, "Niedersachsen": 405, "Bremen": 2,
             "Nordrhein-Westfalen": 396, "Hessen": 422, "Rheinland-Pfalz": 170,
             "Baden-Württemberg": 1101, "Bayern": 1385, "Saarland": 52, "Berlin": 1,
             "Brandenburg": 195, "Mecklenburg-Vorpommern": 116, "Sachsen": 309,
             "Sachsen-Anhalt": 122, "Thüringen": 192}

    def test_germany(self):
        municipalities = self.units(self.REGISTER, "--fiscal", self.PREPARED,
                                    "--unit", "municipality")
        administrations = self.units(self.REGISTER, "--fiscal", self.PREPARED)
        self.assertIn("inhabited (3,224 people): Niedersachsen 2", self.report)
        self.assertEqual((len(municipalities), len(administrations)), (10_790, 5_039))
        for rows in municipalities, administrations:
            people = [int(row["population"]) for row in rows]
            self.assertEqual(sum(people), 83_151_807)
            mean = math.fsum(n * float(row["fiscal"]) for n, row in zip(people, rows)) / sum(people)
            self.assertAlmostEqual(mean, 1, delta=1e-8)
            self.assertTrue(all(row["lon"] and row["lat"] for row in rows))
        by_land = defaultdict(int)
        for row in administrations:
            by_land[row["land"]] += 1
        self.assertEqual(by_land, self.UNITS)
        self.assert_same_units(municipalities, administrations)

    def test_agrees_with_the_prepared_file(self):
        with open(self.PREPARED, encoding="utf-8", newline="") as file:
            expected = {row["ags"]: row for row in csv.DictReader(file)}
        rows = self.units(self.REGISTER, "--unit", "municipality")
        self.assertEqual({row["id"] for row in rows}, expected.keys())
        for row in rows:
            other = expected[row["id"]]
            self.assertEqual([row[name] for name in ("name", "land", "region", "population")],
                             [" ".join(other[name].split())
                              for name in ("name", "land", "kreis_key", "population")])
            # Rain has no coordinates in the register; the mean of its Kreis is 22 km off.
            distance = 0.3 if row["id"] == "09779201" else 1e-6
            self.assertAlmostEqual(float(row["lon"]), float(other["lon"]), delta=distance)
            self.assertAlmostEqual(float(row["lat"]), float(other["lat"]), delta=distance)

    def test_fiscal_strength_of_kreise(self):
        by_ags = self.units(self.PREPARED, "--fiscal", self.PREPARED)
        by_kreis = self.units(self.PREPARED, "--fiscal", DATA / "kreise_inkar_1995_2022.csv")
        self.assertEqual(len(by_ags), 5_039)
        self.assertEqual(by_ags, by_kreis)

    def test_europe(self):
        rows = self.units(DATA / "lau_europe_2020.csv")
        self.assertEqual(len(rows), 98_043)
        self.assertEqual(sum(not row["lon"] for row in rows), 34_961)
        self.assertEqual({row["land"] for row in rows if not row["lon"]}, {"FR"})
        self.assertIn("left out: no population figure: IS 72, CH 44", self.report)


if __name__ == "__main__":
    unittest.main(verbosity=2)  # names what is skipped, and why

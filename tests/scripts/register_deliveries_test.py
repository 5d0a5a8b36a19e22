#!/usr/bin/python3
"""Registers as offices and spreadsheets really deliver them: converted, or left out and told, or refused with the reason;
never a wrong place. What the files look like was read in published ones: GV-ISys of 2009 to 2021, Eurostat's lists LAU –
NUTS of 2011 to 2021, GISCO's tables."""

import datetime
import re
import unittest

import openpyxl

from import_register_test import SHEET, Case

PLAIN = [["Satz-art", "Text-kenn-zeichen", "Land", "RB", "Kreis", "VB", "Gem", "Gemeindename", "insgesamt", "Längengrad",
          "Breitengrad"],
         ["10", "", "05", "", "", "", "", "Nordrhein-Westfalen", "", "", ""]]


def town(number, population="1000", lon="6,374152", lat="51,456521", name=None, association="0000"):
    name = name or f"Ort {number}"
    key = ["05", "1", "54", association if association != "0000" else f"0{number:03}"]
    return [["50", "50", *key, "", name, "", "", ""],
            ["60", "64", *key, f"{number:03}", name, population, lon, lat]]


def towns(*rows):
    return PLAIN + [line for row in rows for line in row]


class Deliveries(Case):
    def places(self, rows, *arguments, **more):
        """{id: (lon, lat)} of what is written."""
        return {row["id"]: (float(row["lon"]), float(row["lat"])) if row.get("lon") else None
                for row in self.units(self.table(rows, delimiter=";", **more), *arguments)}

    def assert_refused(self, *arguments, **more):
        self.out.unlink(missing_ok=True)
        return super().assert_refused(*arguments, **more)

    def assert_at(self, point, lon, lat):
        self.assertAlmostEqual(point[0], lon, delta=1e-6)
        self.assertAlmostEqual(point[1], lat, delta=1e-6)


class Figures(Deliveries):
    def test_every_sign_for_no_figure_leaves_the_row_out(self):
        for sign in ("-", "–", "—", ".", "...", "…", "/", "x", "X", "( )", "()", ":", ": c", "n.a.", "n/a", "#N/A", "#NV",
                     "k. A.", "/ 1)", ".2)", "", "nan", "-9999", "·", "•"):
            with self.subTest(sign):
                rows = self.units(self.table(towns(town(1, sign), town(2, "12345"))))
                self.assertEqual([row["population"] for row in rows], ["12345"])
                self.assertIn("1  left out: no population figure: Nordrhein-Westfalen 1", self.report)

    def test_marks_and_flags_are_no_part_of_a_figure(self):
        for text, people in (("12 345 1)", 12345), ("12.3451)", 12345), ("12 345²⁾", 12345), ("12345*", 12345),
                             ("12345 r", 12345), ("12345p", 12345), ("12'345", 12345), ("83151,0", 83151),
                             ("12\u00a0345", 12345), ("12\u202f345", 12345), (" 88 502", 88502)):
            with self.subTest(text):
                rows = self.units(self.table(towns(town(1, text)), delimiter=";"))
                self.assertEqual([int(row["population"]) for row in rows], [people])

    def test_figures_in_parentheses_are_used_and_told(self):
        rows = self.units(self.table(towns(town(1, "(950)"), town(2, "(1 200)1)"), town(3))))
        self.assertEqual([row["population"] for row in rows], ["950", "1200", "1000"])
        self.assertIn("2  with a number of inhabitants that its office calls uncertain", self.report)

    def test_figures_that_leave_a_doubt_are_refused(self):
        for text, why in (("123451)", "where it ends and a footnote mark begins is not clear"),
                          ("1.2E+04", "a spreadsheet has shortened it"), ("Mrz 05", "a spreadsheet made a date of it"),
                          ("2005-03-01", "a spreadsheet made a date of it"), ("88.5", "it counts people"), ("12.34.567", "it counts people"),
                          ("123 456)", "it counts people"), ("-5", "it counts people")):
            with self.subTest(text):
                self.assert_refused(rf"in.csv:4: population '{re.escape(text)}' is not a whole number \({why}",
                                    self.table(towns(town(1, text)), delimiter=";"))

    def test_names_lose_their_marks_and_keep_their_parentheses(self):
        for text, name in (("Ort A4)", "Ort A"), ("Ort B 12)", "Ort B"), ("Ort C¹⁾", "Ort C"), ("Ort D*", "Ort D"),
                           ("Ort E 1) 2)", "Ort E"), ("Neustadt (Dosse)", "Neustadt (Dosse)"), ("Burg (Teil 2)", "Burg (Teil 2)"),
                           ("Storkow (Mark), Stadt1)", "Storkow (Mark), Stadt")):
            with self.subTest(text):
                self.assertEqual([row["name"] for row in self.units(self.table(towns(town(1, name=text)), delimiter=";"))], [name])


class Coordinates(Deliveries):
    def test_notations(self):
        for lon, lat in (("6,374152", "51,456521"), ("6.374152", "51.456521"), ("6.374152°", "51.456521°"),
                         ("6°22'26,9472\"", "51°27'23,4756\""), ("6° 22′ 26.9472″ E", "51° 27′ 23.4756″ N"),
                         ("6:22:26.9472", "51:27:23.4756"), ("E 6,374152", "N 51,456521"), ("6°22'26.9472'' Ost", "51°27'23.4756'' Nord"),
                         ("51,456521 N", "6,374152 O"), ("6 22 26,9472", "51 27 23,4756"), ("6°22,44912'", "51°27,39126'"),
                         ("6,374152 1)", "51,456521 1)"), ("51,456521", "6,374152")):
            with self.subTest(f"{lon} {lat}"):
                self.assert_at(self.places(towns(town(1, lon=lon, lat=lat)))["05154001"], 6.374152, 51.456521)
        self.assertIn("1  had longitude and latitude swapped, put right: 05154001", self.report)

    def test_degrees_minutes_and_seconds_in_one_number(self):
        """As in GV-ISys of 31.12.2009: Flensburg is at 9,2615 54,4657, which is 9°26'15" 54°46'57"; a spreadsheet has
        dropped zeros at the end."""
        real = [("9,2615", "54,4657"), ("10,0814", "54,1918"), ("10,4111", "53,5201"), ("9,591", "54,0423"), ("9,072", "53,594")]
        found = self.places(towns(*(town(i, lon=lon, lat=lat) for i, (lon, lat) in enumerate(real, 1))))
        self.assert_at(found["05154001"], 9 + 26 / 60 + 15 / 3600, 54 + 46 / 60 + 57 / 3600)
        self.assert_at(found["05154005"], 9 + 7 / 60 + 20 / 3600, 53 + 59 / 60 + 40 / 3600)
        self.assertIn("5  coordinates were degrees, minutes and seconds in one number", self.report)
        # one fraction that is no minutes and seconds: they are decimal
        found = self.places(towns(*(town(i, lon=lon, lat=lat) for i, (lon, lat) in enumerate([*real, ("9,7743", "53,5940")], 1))))
        self.assert_at(found["05154001"], 9.2615, 54.4657)
        # too few to tell
        few = self.table(towns(town(1, lon="9,2615", lat="54,4657")), delimiter=";")
        self.assert_refused(r"in.csv: the coordinates may be decimal degrees, or .* say which: --coordinates decimal or", few)
        self.assert_at(self.places(towns(town(1, lon="9,2615", lat="54,4657")), "--coordinates", "packed")["05154001"],
                       9.4375, 54.7825)
        self.assert_at(self.places(towns(town(1, lon="9,2615", lat="54,4657")), "--coordinates", "decimal")["05154001"],
                       9.2615, 54.4657)

    def test_what_is_no_place_is_refused(self):
        for lon, lat, why in (("345678,9", "5700123,4", "metres of a map projection, UTM or Gauß-Krüger"),
                              ("32345678", "5700123", "metres of a map projection"), ("3456789", "5700123", "metres"),
                              ("6374152", "51456521", "or have lost their decimal point"),
                              ("2,35", "48,85", "is not in Germany"), ("63,74152", "51,456521", "is not in Germany"),
                              ("6°72'00\"", "51°27'00\"", "is not on the globe"), ("6.374.152", "51.456.521", "is not on the globe"),
                              ("6,37 N", "51,45 N", "one axis twice"), ("6,37", "", "one coordinate is missing")):
            with self.subTest(f"{lon} {lat}"):
                self.assert_refused(why, self.table(towns(town(1, lon=lon, lat=lat), town(2)), delimiter=";"))

    def test_many_projected_rows_are_one_message(self):
        rows = towns(*(town(i, lon="345678", lat="5700123") for i in range(1, 30)))
        self.assertEqual(len(self.assert_refused("29 rows", self.table(rows, delimiter=";"))), 1)

    def test_zero_zero_is_no_place(self):
        found = self.places(towns(town(1), town(2, lon="0", lat="0"), town(3, lon="6,38", lat="51,46")))
        self.assertIn("1  had coordinates 0, 0, which stand for none: 05154002", self.report)
        self.assertGreater(found["05154002"][0], 6)  # the mean of its region

    def test_a_place_of_the_same_name_far_away(self):
        """Lehe in Dithmarschen is at 7°20'37" 53°00'10" in GV-ISys of 2009, which is Lehe in the Emsland."""
        found = self.places(towns(town(1), town(2), town(3), town(4, lon="13,374152", lat="52,5")))
        self.assert_at(found["05154004"], 6.374152, 51.456521)
        self.assertIn("1  lay more than 150 km from the middle of their Kreis", self.report)

    def test_a_register_without_coordinates(self):
        rows = [row[:9] for row in towns(town(1), town(2))]
        self.assertEqual(self.places(rows), {"05154001": None, "05154002": None})


class Keys(Deliveries):
    def test_keys_that_a_spreadsheet_changed(self):
        for column, text, why in ((5, "Mrz 05", "is a date"), (5, "2005-03-01 00:00:00", "is a date"), (6, "01.03.2005", "is a date"),
                                  (5, "5,16E+03", "is a shortened number"), (6, "1.5", "is no key"), (4, "#WERT!", "is no key")):
            with self.subTest(text):
                rows = towns(town(1), town(2))
                rows[-1][column] = text
                self.assert_refused(f"in.csv:6: .*{why}", self.table(rows, delimiter=";"))
        rows = towns(town(1))
        rows[-1][0], rows[-1][1], rows[-1][6] = "60.0", "64.0", "1.0"  # a data frame's floats
        self.assertEqual(list(self.places(rows)), ["05154001"])

    def test_dates_in_a_workbook(self):
        path = self.workbook(SHEET)
        book = openpyxl.load_workbook(path)
        book["Gemeinden"].cell(8, 6).value = datetime.datetime(2005, 3, 1)
        book.save(path)
        self.assert_refused("'vb' of the key '2005-03-01 00:00:00' is a date", path)

    def test_prepared_keys(self):
        head = ["ags", "name", "type_code", "land", "verband_key", "verband_type", "population"]
        good = ["5154028", "Ort", "64", "NRW", "51540028", "50", "10"]
        self.assertEqual(list(self.places([head, good])), ["05154028"])
        for cell, text, why in ((0, "5.15E+06", "is a shortened number"), (0, "154028", "begins with no Land"),
                                (4, "5,2E+07", "is a shortened number"), (0, "05154O28", "is not of digits")):
            with self.subTest(text):
                row = list(good)
                row[cell] = text
                self.assert_refused(why, self.table([head, row], delimiter=";"))

    def test_fiscal_keys_and_figures(self):
        register = self.table(towns(town(1), town(2), town(3)), delimiter=";")
        def refused(pattern, *rows):
            self.assert_refused(pattern, register, "--fiscal", self.table([["ags", "fiscal"], *rows], "fiscal.csv", ";"))
        refused("fiscal.csv:3: fiscal '1.050' is a thousandth of the others", ["05154001", "980"], ["05154002", "1.050"],
                ["05154003", "910"])
        refused("key 'Mai 54' is a date", ["Mai 54", "980"])
        rows = [["ags", "fiscal"], ["5154001", "980 r"], ["05154002", "1050,5"], ["05154003", "910 1)"], ["05154009", "/"]]
        units = self.units(register, "--fiscal", self.table(rows, "fiscal.csv", ";"))
        self.assertAlmostEqual(float(units[1]["fiscal"]) / float(units[0]["fiscal"]), 1050.5 / 980, delta=1e-6)


class Layouts(Deliveries):
    def test_other_headings_of_the_german_register(self):
        self.units(self.table(SHEET))
        expected = self.out.read_bytes()
        for old, new in (("Gem", "Gemeinde"), ("VB", "Verband"), ("RB", "Reg.-Bez."), ("Längengrad", "Geografische Länge"),
                         ("Breitengrad", "Geografische Breite"), ("insgesamt", "Einwohner1)")):
            with self.subTest(new):
                self.units(self.table([[new if cell == old else cell for cell in row] for row in SHEET]))
                self.assertEqual(self.out.read_bytes(), expected)

    def test_a_heading_that_stands_twice(self):
        rows = [list(row) for row in SHEET]
        rows[2][11] = "insgesamt"
        self.assert_refused(r"heading 'insgesamt' stands above columns 10 and 12 \(which one counts\?\)", self.table(rows))

    def test_files_of_other_kinds(self):
        for name, content, why in (("old.xls", b"\xd0\xcf\x11\xe0" + bytes(600), "a workbook of the old kind"),
                                   ("wide.csv", "\ufeffSatz-art;".encode("utf-16"), "text in UTF-16"),
                                   ("GV100AD.asc", b"10" + b"20211231" + b"01      " + b" " * 100, "of fixed width, GV100")):
            with self.subTest(name):
                (self.folder / name).write_bytes(content)
                self.assert_refused(why, self.folder / name)


LAU_ROWS = {"AT": [["AT112", 10101, "Eisenstadt", "Eisenstadt", "", 14816]], "EE": [["EE001", 130, "Harku vald", "", "no", 15000]],
            "ES": [["ES211", "1001", "Alegría-Dulantzi", "Alegria", "", "2,975"], ["ES211", "01002", "Amurrio", "", "", "n.a."]],
            "RO": [["RO213", "1017", "Alba Iulia", "", "", 74233]]}


class EuropeanLists(Deliveries):
    def lists(self, head, sheets, name="in.xlsx"):
        book = openpyxl.Workbook()
        book.active.title = "Read me"
        book.active.append(["Local administrative units"])
        for country, rows in sheets.items():
            sheet = book.create_sheet(country)
            for row in [head, *rows]:
                sheet.append(row)
        book.save(self.folder / name)
        return self.folder / name

    def test_a_sheet_for_each_country_under_the_headings_of_any_year(self):
        for head in (["NUTS 3 CODE", "LAU CODE", "LAU NAME NATIONAL", "LAU NAME LATIN", "CHANGE (Y/N)", "POPULATION"],
                     ["NUTS 3 CODE 2016", "LAU CODE ", "LAU NAME NATIONAL", "LAU NAME alternative", "CHANGE", "POPULATION 2019"],
                     ["NUTS_3", "LAU2_NAT_CODE", "NAME_1", "NAME_2_LAT", "CHANGE", "POP"],
                     ["NUTS3_13", "LAU2_CODE", "NAME_1", "NAME_2_LAT", "CHANGE", "POP 2015"],
                     ["NUTS_3_2013_CODE", "LAU 2 CODE", "LAU2_NAME_1", "LAU2_NAME_2_LAT", "CHANGE", "GRD_POPL"]):
            with self.subTest(head[0]):
                rows = self.units(self.lists(head, LAU_ROWS | {"EL": []}))
                self.assertEqual([(row["id"], row["name"], row["land"], row["region"], row["population"]) for row in rows],
                                 [("AT_10101", "Eisenstadt", "AT", "AT112", "14816"), ("EE_0130", "Harku vald", "EE", "EE001", "15000"),
                                  ("ES_01001", "Alegría-Dulantzi", "ES", "ES211", "2975"),
                                  ("RO_1017", "Alba Iulia", "RO", "RO213", "74233")])
                self.assertIn("1  keys without their leading zeros, put back: 01001", self.report)
                self.assertIn("left out: no population figure: ES 1", self.report)

    def test_a_country_is_never_lost(self):
        head = ["NUTS 3 CODE", "LAU CODE", "LAU NAME NATIONAL", "LAU NAME LATIN", "CHANGE (Y/N)", "POPULATION"]
        path = self.lists(head, LAU_ROWS)
        book = openpyxl.load_workbook(path)
        book["RO"].cell(1, 6).value = "INHABITANTS"
        book.save(path)
        self.assert_refused("sheet RO has other headings than AT .a country would be lost", path)

    def test_one_sheet_of_all_beside_those_of_countries_counts_once(self):
        head = ["NUTS 3 CODE", "LAU CODE", "LAU NAME NATIONAL", "LAU NAME LATIN", "CHANGE (Y/N)", "POPULATION"]
        rows = self.units(self.lists(head, LAU_ROWS | {"Combined": [row for rows in LAU_ROWS.values() for row in rows]}))
        self.assertEqual(len(rows), 4)

    def test_lists_with_centres(self):
        rows = [["gisco_id", "longitude", "latitude", "country", "nuts_2", "nuts_3", "lau_id", "lau_name", "population"],
                ["DE_01001000", "9.43", "54.78", "DE", "DEF0", "DEF01", "01001000", "Flensburg", "90164"]]
        self.assertEqual(self.places(rows), {"DE_01001000": (9.43, 54.78)})

    def test_tables_of_gisco_have_no_region(self):
        rows = [["GISCO_ID", "CNTR_CODE", "LAU_ID", "LAU_NAME", "POP_2020", "POP_DENS_2020", "AREA_KM2", "YEAR"],
                ["DE_01001000", "DE", "01001000", "Flensburg", "90164", "1", "1", "2020"]]
        self.assert_refused("nearest is the form LAU, without nuts3, the region .* GISCO's tables of attributes have none",
                            self.table(rows, delimiter=";"))
        self.assertEqual(self.places([rows[0] + ["NUTS_3"], rows[1] + ["DEF01"]]), {"DE_01001000": None})

    def test_the_newest_of_several_years_is_told(self):
        rows = [["GISCO_ID", "NUTS3", "NAME", "POP_2011", "POP_2021", "POP_2001"], ["AT_1", "AT111", "Eins", "1", "3", "2"]]
        self.assertEqual([row["population"] for row in self.units(self.table(rows))], ["3"])
        self.assertIn("column read for population: 'pop_2021' (not 'pop_2011', 'pop_2001')", self.report)

    def test_swapped_coordinates_of_a_country(self):
        head = ["gisco_id", "country", "nuts3", "name", "population", "lon", "lat"]
        at = [["AT_1", "AT", "AT111", "Eins", "5", "47.5", "16.5"], ["AT_2", "AT", "AT111", "Zwei", "5", "47.2", "9.7"]]
        cy = [["CY_1", "CY", "CY000", "Drei", "5", "33.4", "35.1"]]
        found = self.places([head, *at, *cy])
        self.assertEqual(found, {"AT_1": (16.5, 47.5), "AT_2": (9.7, 47.2), "CY_1": (33.4, 35.1)})
        self.assertIn("2  had longitude and latitude swapped, put right: AT_1", self.report)
        at[1][5:] = ["9.7", "47.2"]
        self.assert_refused("in.csv:2: longitude and latitude of 'Eins' seem to be swapped .others of AT are not",
                            self.table([head, *at], delimiter=";"))
        self.assert_refused("is not clear .'O' is east in German, west in French", self.table(
            [head, ["FR_1", "FR", "FR101", "Un", "5", "2,35 O", "48,85 N"]], delimiter=";"))

    def test_overseas(self):
        head = ["gisco_id", "country", "nuts3", "name", "population", "lon", "lat"]
        where = {"FR_97411": (55.45, -20.88), "FR_97105": (-61.73, 16.0), "FR_97302": (-52.33, 4.93), "ES_35016": (-15.43, 28.1),
                 "PT_430101": (-27.22, 38.65), "FI_890": (27.03, 69.9)}
        rows = [[key, key[:2], key[:2] + "000", "Ort", "5", *map(str, point)] for key, point in where.items()]
        self.assertEqual(self.places([head, *rows]), where)


if __name__ == "__main__":
    unittest.main(verbosity=1)

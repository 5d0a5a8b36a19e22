#!/usr/bin/python3
"""Draws, population, network and series of the reference: known answers and exact properties."""

import math
import random
import tempfile
import unittest
from collections import Counter

import philox
import population
from model_folder import in_file, resolve
from reference import simulate
from world import World


class Draws(unittest.TestCase):
    def test_known_answers_of_random123(self):
        for counter, key, words in (
                ((0,) * 4, (0,) * 2, (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)),
                ((philox.MASK,) * 4, (philox.MASK,) * 2,
                 (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD)),
                ((0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344), (0xA4093822, 0x299F31D0),
                 (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1))):
            self.assertEqual(philox.philox4x32(counter, key), words)

    def test_a_draw_depends_on_its_name_only(self):
        draws, again = philox.Draws((1, 2)), philox.Draws((1, 2))
        names = [(26, e, s, t) for t in range(3) for e in range(5) for s in range(9)]
        values = {name: draws.uniform(*name) for name in names}
        for name in random.Random(1).sample(names, len(names)):
            self.assertEqual(again.uniform(*name), values[name])
        self.assertEqual(len(set(values.values())), len(names))
        word = philox.philox4x32((3, 1, 2, 26), (1, 2))[2]
        self.assertEqual(values[26, 3, 6, 2], (word + 0.5) / 2**32)

    def test_keys_differ_by_replicate_point_and_world(self):
        keys = {philox.run_key(2**40 + 7, point, replicate)
                for point in range(3) for replicate in range(3)} | {philox.world_key(2**40 + 7)}
        self.assertEqual(len(keys), 10)
        self.assertNotIn(philox.run_key(7, 0, 0), keys)  # the high word of the seed counts

    def test_normal_has_mean_0_and_variance_1(self):
        draws, count = philox.Draws((5, 6)), 20_000
        values = [draws.normal(3, entity, 0, 0) for entity in range(count)]
        self.assertLess(abs(sum(values) / count), 4 / math.sqrt(count))
        variance = sum(z * z for z in values) / count
        self.assertLess(abs(variance - 1), 4 * math.sqrt(2 / count))

    def test_rounding_is_half_away_from_zero(self):
        for x, nearest in ((2.5, 3), (-2.5, -3), (0.49999999999999994, 0), (-0.5, -1), (7.0, 7)):
            self.assertEqual(population.round_half_away(x), nearest)


class Population(unittest.TestCase):
    def test_full_table_is_met_exactly(self):
        recipe = resolve()["model"]["population"]
        for kind, column in (("administration", "administrations"),
                             ("municipality", "municipalities")):
            units = population.synthetic_units(recipe, kind, None, 1)
            self.assertEqual(len(units), recipe["national_units"][kind])
            bounds = recipe["size_bounds"]
            found = Counter((unit.land, sum(unit.population >= b for b in bounds) - 1)
                            for unit in units)
            expected = {(land["name"], c): count for land in recipe["land"]
                        for c, count in enumerate(land[column]) if count}
            self.assertEqual(found, expected)

    def test_regions_of_the_full_table(self):
        recipe = resolve()["model"]["population"]
        units = population.synthetic_units(recipe, "administration", None, 1)
        size = Counter(unit.region for unit in units)
        for unit in units:
            if unit.population >= population.LARGE_TOWN:
                self.assertEqual(size[unit.region], 1)
        for land in recipe["land"]:
            regions = {unit.region for unit in units if unit.land == land["name"]}
            towns = sum(land["administrations"][-2:])
            others = sum(land["administrations"][:-2])
            self.assertEqual(len(regions),
                             towns + min(others, max(1, land["kreise"] - towns)))

    def test_largest_remainder(self):
        self.assertEqual(population.share_out([1, 1, 1], 2), [1, 1, 0])
        self.assertEqual(population.share_out([50, 30, 20], 7), [4, 2, 1])

    def test_neighbours(self):
        world = World(resolve(units=200))
        ranked = sorted(range(200), key=lambda i: (world.units[i].population, i))
        for i, unit in enumerate(world.units):
            region = world.regions[world.region_of[i]]
            near = min(4, len(region) - 1)
            self.assertNotIn(i, unit.neighbours)
            self.assertEqual(len(set(unit.neighbours)), near + 4)
            self.assertTrue(set(unit.neighbours[:near]) <= set(region))
            low = min(max(ranked.index(i) - 4, 0), 200 - 16)
            for peer in unit.neighbours[near:]:
                self.assertTrue(low <= ranked.index(peer) < low + 16)

    def test_nearest_by_coordinates(self):
        rows = [(f"u{k}", "A", f"R{k % 2}", 1000 + k, 0.0, k * k / 100) for k in range(12)]
        with tempfile.TemporaryDirectory() as folder:
            world = World(in_file(resolve(), "id,land,region,population,lon,lat", rows, folder),
                          folder)
        by_id = {unit.id: unit for unit in world.units}
        self.assertEqual([world.units[j].id for j in by_id["u0"].neighbours[:4]],
                         ["u1", "u2", "u3", "u4"])
        self.assertEqual([world.units[j].id for j in by_id["u5"].neighbours[:4]],
                         ["u4", "u6", "u3", "u2"])

    def test_one_administration_is_one_unit(self):
        rows = [("b2", "small", "A", "R", 1000, "joint", 2.0), ("b1", "large", "A", "R", 3000,
                "joint", 1.0), ("a", "alone", "A", "R", 500, "", 1.5)]
        header = "id,name,land,region,population,administration,fiscal"
        with tempfile.TemporaryDirectory() as folder:
            resolved = in_file(resolve(), header, rows, folder)
            world = World(resolved, folder)
            resolved["population"]["unit"] = "municipality"
            single = World(resolved, folder)
        self.assertEqual([(u.id, u.name, u.population, u.fiscal) for u in world.units],
                         [("a", "alone", 500, 1.5), ("joint", "large", 4000, 1.25)])
        self.assertEqual([(u.id, u.entity) for u in single.units], [("a", 0), ("b1", 1), ("b2", 2)])

    def test_row_order_is_irrelevant_and_selection_keeps_everybodys_luck(self):
        rows = [(f"{k:02}", "AB"[k % 2], f"R{k % 3}", 900 * (k + 2)) for k in range(30)]
        header = "id,land,region,population"
        with tempfile.TemporaryDirectory() as folder:
            run = simulate(in_file(resolve(quarters=16), header, rows, folder), 0, folder=folder)
            random.Random(3).shuffle(rows)
            resolved = in_file(resolve(quarters=16), header, rows, folder)
            shuffled = simulate(resolved, 0, folder=folder)
            resolved["population"]["select"] = {"land": ["B"]}
            selected = simulate(resolved, 0, folder=folder)
        self.assertEqual((run.stage, run.reserve, run.data),
                         (shuffled.stage, shuffled.reserve, shuffled.data))
        self.assertEqual(selected.start["data"], run.start["data"][1::2])
        self.assertEqual(selected.start["innov"], run.start["innov"][1::2])

    def test_series_are_calendar_values(self):
        resolved = resolve(quarters=120, start="2023-Q1")
        resolved["series"] = {"macro_factor": 0.9, "compliance_from": "2024-Q1"}
        world = World(resolved)
        self.assertEqual(world.macro_factor, [0.9] * 120)
        self.assertEqual(world.compliance, [0.0] * 4 + [1.0] * 116)
        self.assertAlmostEqual(world.grid_intensity[0], 350 - 300 * 8 / 99)
        self.assertEqual(world.grid_intensity[91:], [50] * 29)


if __name__ == "__main__":
    unittest.main()

#!/usr/bin/python3
"""Worlds drawn anew: the units stay, their sizes, fiscal strength and network do not; every run is paired within its
own world, and whatever reads a run reads the world that it was in."""

import json
import unittest

import harness
import studies

harness.skip_without("h5py", "numpy", "pandas", "xarray", "scipy")
import numpy as np  # noqa: E402

import rathaus  # noqa: E402

# Municipalities: inhabitants of a class differ between worlds (those of administrations never do).
EXPERIMENT = """title = "redraw"
model = "germany"
doubt = "none"
[population]
units = 80
unit = "municipality"
{redraw}
[time]
quarters = 24
[replicates]
at_least = 2
[random]
seed = 12
[output]
groups = ["land"]
[uncertain]
beta_peer = {{ uniform = [1, 3] }}
[design]
method = "latin_hypercube"
points = 3
""" + studies.ADVICE.replace("{", "{{").replace("}", "}}")
POINT, REPLICATE = 'redraw = "point"', 'redraw = "replicate"'


class Redraw(harness.InFolder):
    def run_with(self, name, redraw, *more):
        self.write(f"{name}.toml", EXPERIMENT.format(redraw=redraw))
        self.rathaus("run", f"{name}.toml", "--quiet", *more)
        return rathaus.open(self.folder / f"{name}.h5")

    def test_units_stay_and_their_sizes_do_not(self):
        with self.run_with("point", POINT) as point, self.run_with("never", "") as never:
            worlds = point.raw("municipalities/unit_population_by_world")
            self.assertEqual(worlds.shape, (3, 80))
            np.testing.assert_array_equal(worlds[0], never.raw("municipalities/unit_population"))
            np.testing.assert_array_equal(worlds[0], point.raw("municipalities/unit_population"))
            self.assertGreater((worlds[1] != worlds[0]).mean(), 0.9)
            bounds = [5_000, 20_000, 100_000]
            for world in worlds:
                np.testing.assert_array_equal(np.digitize(world, bounds), np.digitize(worlds[0], bounds))
            np.testing.assert_array_equal(point.raw("run_world"), point.raw("run_point"))
            fiscal = point.raw("municipalities/unit_fiscal_by_world")
            self.assertGreater(np.abs(fiscal[1] - fiscal[0]).min(), 0)
            # the first world is that of a study that draws no other, to the bit
            first = point.raw("run_point") == 0
            for name in ("adopters", "own_spending", "trust", "morans_i"):
                np.testing.assert_array_equal(point.raw(name)[first], never.raw(name)[first], name)
                self.assertFalse(np.array_equal(point.raw(name)[~first], never.raw(name)[~first], equal_nan=True), name)

    def test_a_replicate_may_have_a_world_of_its_own(self):
        with self.run_with("replicate", REPLICATE) as result:
            worlds = result.raw("municipalities/unit_population_by_world")
            self.assertEqual(len({world.tobytes() for world in worlds}), 6)
            np.testing.assert_array_equal(result.raw("run_world"),
                                          result.raw("run_point") + 3 * result.raw("run_replicate"))
        # more replicates change no world that was there
        self.write("more.toml", EXPERIMENT.format(redraw=REPLICATE).replace("at_least = 2", "at_least = 3"))
        self.rathaus("run", "more.toml", "--quiet")
        with rathaus.open(self.folder / "more.h5") as more:
            np.testing.assert_array_equal(more.raw("municipalities/unit_population_by_world")[:6], worlds)

    def test_shares_are_of_the_runs_own_world(self):
        with self.run_with("point", POINT) as result:
            own = result.raw("run_inhabitants")
            population = result.raw("municipalities/unit_population_by_world")
            self.assertFalse(np.array_equal(own[0], own[-1]))
            np.testing.assert_array_equal(own.sum(axis=1), population[result.raw("run_world")].sum(axis=1))
            np.testing.assert_array_equal(own.sum(axis=1), result.raw("run_inhabitants_by_land").sum(axis=1))
            reached = result.raw("adopter_inhabitants")
            share = reached[:, -1].sum(axis=1) / own.sum(axis=1)
            shown = result.level("share_of_inhabitants").isel(time=-1)
            divided = result.level("adopter_inhabitants", per="inhabitants").isel(time=-1)
            for run, (scenario, point, replicate) in enumerate(zip(*(
                    result.raw(f"run_{name}") for name in ("scenario", "point", "replicate")))):
                at = dict(scenario=scenario, point=point, replicate=replicate, theory=0)
                self.assertAlmostEqual(float(shown.isel(at)), share[run], places=12)
                self.assertAlmostEqual(float(divided.isel(at)), share[run], places=12)
            answer = json.loads(self.told("compare", "point.h5", "--metric", "share_of_inhabitants", "--group",
                                        "size_class=<5k", "--quarter", "2026-Q4", "--format", "json"))["answer"]
            small = reached[:, -1, 0] / own[:, 0]
            points = [small[(result.raw("run_scenario") == 1) & (result.raw("run_point") == point)].mean() for point in range(3)]
            level = answer["designs"][1]["level"]
            for end, value in zip(("low", "middle", "high"), sorted(points)):
                self.assertAlmostEqual(level[end], value, places=12)

    def test_any_order_gives_the_same_bits_and_a_story_is_of_its_own_world(self):
        with self.run_with("whole", POINT) as result:
            run = int(np.flatnonzero(result.raw("run_world") == 2)[-1])
            expected = result.raw("municipalities/unit_population_by_world")[2]
            unit = result.raw("municipalities/unit_id")[7]
        unit = unit.decode() if isinstance(unit, bytes) else str(unit)
        self.assertIn(f" {expected[7]:,} inhabitants", self.told("trace", "whole.h5", "--run", run, "--unit", unit))
        self.write("shards.toml", EXPERIMENT.format(redraw=POINT))
        for shard in (1, 2):
            self.rathaus("run", "shards.toml", "--quiet", "--shard", f"{shard}/2")
        self.rathaus("merge", *sorted((self.folder / "shards.h5.shards").iterdir()), "-o", "merged.h5", "--quiet")
        self.assertEqual(self.digest("merged.h5"), self.digest("whole.h5"))

    def test_what_cannot_be_redrawn_is_told(self):
        def refusal(text):
            self.write("bad.toml", text)
            return self.refused("check", "bad.toml")

        text = EXPERIMENT.format(redraw=POINT)
        self.assertIn("shares chance between its points", refusal(
            text.replace('"latin_hypercube"', '"morris"').replace("points = 3", "trajectories = 3")))
        self.assertIn("select by a bound of the recipe: ", refusal(
            text.replace(POINT, POINT + "\nselect = { population = { below = 7_777 } }")))
        self.assertIn("redraw", refusal(text.replace(POINT, 'redraw = "always"')))
        shipped = text[:text.index("[uncertain]")].replace(POINT, "").replace('doubt = "none"', "doubt = { worlds = true }")
        self.write("shipped.toml", shipped)
        self.assertIn("48 points", self.told("check", "shipped.toml"))
        self.assertIn("doubt.worlds cannot go with a selection by 7777 inhabitants", refusal(
            shipped.replace("units = 80", "units = 80\nselect = { population = { below = 7_777 } }")))
        self.write("towns.csv", "id,name,land,region,population\na,A,L,R,100\nb,B,L,R,7000\n")
        self.write("file.toml", text.replace("units = 80", 'file = "towns.csv"'))
        self.assertIn("there is nothing to redraw", self.rathaus("check", "file.toml").stderr)


if __name__ == "__main__":
    unittest.main()

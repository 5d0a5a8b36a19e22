#!/usr/bin/python3
"""Files that are not what they claim: every command that reads them says so and ends, in bounded time and memory."""

import importlib
import random
import shutil
import sys
import tempfile
import unittest
from pathlib import Path

try:
    h5py, np = importlib.import_module("h5py"), importlib.import_module("numpy")
except ImportError as missing:
    print(f"skipped: {missing}")
    sys.exit(77)

import change_bytes  # noqa: E402
import samples  # noqa: E402


class Damage(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.temporary = tempfile.TemporaryDirectory()
        cls.folder = Path(cls.temporary.name)
        samples.make(cls.folder)

    @classmethod
    def tearDownClass(cls):
        cls.temporary.cleanup()

    def damaged(self, name, change):
        """A folder with all files, of which one was changed through h5py."""
        folder = self.folder / "damaged"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        for path in self.folder.iterdir():
            if path.is_file():
                shutil.copy(path, folder)
        with h5py.File(folder / name, "r+") as file:
            change(file)
        return folder

    def assert_refused(self, command, name, part, change):
        folder = self.damaged(name, change)
        done = samples.run(folder, *samples.words_for(command, name), preexec_fn=samples.limited)
        self.assertIn(done.returncode, (1, 2), f"{command}: {done.stdout[-300:]}")
        self.assertIn(part, done.stderr)

    @staticmethod
    def replaced(path, values, axes=True):
        """Puts other values in the place of a variable, along the same dimensions."""
        def change(file):
            scales = [list(dimension.values()) for dimension in file[path].dims]
            attributes = {k: v for k, v in file[path].attrs.items() if k not in ("DIMENSION_LIST",)}
            dtype = file[path].dtype
            new = np.asarray(values(file[path][()]), dtype)
            del file[path]
            made = file.create_dataset(path, data=new)
            for key, value in attributes.items():
                made.attrs[key] = value
            for axis, known in enumerate(scales[:made.ndim] if axes else []):
                for scale in known:
                    made.dims[axis].attach_scale(scale)
        return change

    @staticmethod
    def first_becomes(path, value):
        def change(file):
            values = file[path][()]
            values.flat[0] = np.asarray(value).astype(values.dtype)   # as a machine would: it wraps
            file[path][...] = values
        return change

    def test_sound_files_are_read(self):
        for name, commands in samples.COMMANDS.items():
            for command in commands:
                done = samples.run(self.folder, *samples.words_for(command, name))
                status = 1 if name == "posterior.h5" and command == ["compare"] else 0
                self.assertEqual(done.returncode, status, f"{command} {name}: {done.stderr}")

    def test_columns_of_other_lengths(self):
        short = {"run_scenario": lambda v: v[:-1], "adopters": lambda v: v[:, :-1], "units": lambda v: v[:-1],
                 "quarter_label": lambda v: v[:2], "strata/horizon_quarter": lambda v: np.append(v, 0),
                 "vendors/vendor_openness": lambda v: np.append(v, 0.5), "services": lambda v: v[:3],
                 "targets/target_by": lambda v: np.append(v, 1), "parameters/unit_cube": lambda v: v[:, :1]}
        for path, cut in short.items():
            for command in (["info"], ["compare"]):
                self.assert_refused(command, "result.h5", "is damaged", self.replaced(path, cut))

    def test_columns_without_dimensions(self):
        for path in ("run_scenario", "adopters", "vendor_base", "strata/count"):
            self.assert_refused(["compare", "--full"], "result.h5", "is damaged",
                                self.replaced(path, lambda v: v[:1], axes=False))

    def test_places_beyond_their_axis(self):
        for path in ("run_scenario", "run_alternative", "run_point", "run_replicate", "run_fixed_demand"):
            for value in (-1, 2_000_000_000 if path != "run_fixed_demand" else 100):
                change = self.first_becomes(path, value)
                self.assert_refused(["compare"], "result.h5", "is damaged", change)
                self.assert_refused(["trace", "--run", "0", "--unit", "S01"], "result.h5", "is damaged", change)
        self.assert_refused(["compare", "--full"], "result.h5", "is damaged",
                            self.first_becomes("targets/target_by", 30_000))
        for full in ([], ["--full"]):
            self.assert_refused(["compare", *full], "result.h5", "is damaged",
                                self.first_becomes("strata/horizon_quarter", 30_000))
            self.assert_refused(["compare", *full], "result.h5", "is damaged",
                                self.first_becomes("strata/horizon_years", np.nan))
        self.assert_refused(["sensitivity", "--indicator", "adopters"], "result.h5", "is damaged",
                            self.first_becomes("parameters/unit_cube", np.nan))

    def test_runs_twice(self):
        def change(file):
            for name in ("scenario", "alternative", "point", "replicate", "fixed_demand"):
                file[f"run_{name}"][0] = file[f"run_{name}"][1]
        self.assert_refused(["compare"], "result.h5", "twice", change)

    def test_a_damaged_result_gets_no_more_replicates(self):
        def twice(file):
            for name in ("scenario", "alternative", "point", "replicate", "fixed_demand"):
                file[f"run_{name}"][0] = file[f"run_{name}"][1]
        for change in (twice, self.first_becomes("run_point", 1_000_000), self.first_becomes("run_replicate", -1)):
            folder = self.damaged("result.h5", change)
            before = (folder / "result.h5").read_bytes()
            done = samples.run(folder, "run", "study.toml", "-o", "result.h5", "--resume", "--quiet",
                               "--set", "replicates.at_least=3", preexec_fn=samples.limited)
            self.assertEqual(done.returncode, 2, done.stderr)
            self.assertIn("is damaged", done.stderr)
            self.assertEqual((folder / "result.h5").read_bytes(), before)

    def test_posteriors(self):
        for path, value in (("weight", np.nan), ("weight", 0.0), ("weight", -1.0), ("value", np.nan),
                            ("value", np.inf)):
            def change(file, path=path, value=value):
                file[path][-1, 0] = value
            self.assert_refused(["ensemble"], "posterior.h5", "is damaged", change)
        for path in ("weight", "value"):
            self.assert_refused(["ensemble"], "posterior.h5", "is damaged",
                                self.replaced(path, lambda v: v[:, :-1]))

    def test_values_in_another_file(self):
        def change(file):
            data = file["units"][()]
            scale = file["size_class"]
            del file["units"]
            made = file.create_dataset("units", shape=data.shape, dtype=data.dtype,
                                       external=[("study.toml", 0, data.nbytes)])
            made.dims[0].attach_scale(scale)
        self.assert_refused(["info"], "result.h5", "lie in another file", change)

    def test_a_group_that_holds_itself(self):
        def change(file):
            file["strata/again"] = file["strata"]
        self.assert_refused(["info"], "result.h5", "is damaged", change)

    def test_two_bytes_that_keep_the_library_busy_for_ever(self):
        """An empty piece of size nothing in a heap of texts: HDF5 1.10 steps over it without a step."""
        for name in ("result.h5", "posterior.h5"):
            folder = self.damaged(name, lambda file: None)
            data = bytearray((folder / name).read_bytes())
            heaps = 0
            at = data.find(b"GCOL")
            while at >= 0:
                piece = at + 16
                data[piece:piece + 2] = bytes(2)        # its number: none
                data[piece + 8:piece + 16] = bytes(8)   # its size
                heaps += 1
                at = data.find(b"GCOL", at + 1)
            self.assertGreater(heaps, 0)
            (folder / name).write_bytes(data)
            for command in samples.COMMANDS[name]:
                done = samples.run(folder, *samples.words_for(command, name), preexec_fn=samples.limited)
                self.assertEqual(done.returncode, 1, f"{command}: {done.stderr}")
                self.assertIn("is damaged", done.stderr)
                break   # each takes the whole limit of time: once is enough

    def test_changed_bytes(self):
        tries, found = change_bytes.loop(self.folder, random.Random(20261129), lambda n: n < 40, None)
        self.assertEqual((tries, found), (40, []))


if __name__ == "__main__":
    unittest.main(verbosity=2)  # names what is skipped, and why

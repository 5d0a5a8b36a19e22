"""rathaus_engine alone computes what the program computes: the digest of all variables of the first two replicates."""

import hashlib
import os
import pathlib
import subprocess
import tempfile
import unittest

import h5py
import numpy as np

PROGRAM, ENGINE = os.environ["RATHAUS"], os.environ["RATHAUS_ENGINE_RUN"]
SOURCE = pathlib.Path(os.environ["RATHAUS_SOURCE"])


def digest(file, run, variables):
    """Of one run of a result file, as Engine::digest."""
    total = hashlib.sha256()
    for path in variables:
        held = file[path]
        by_run = held.ndim > 0 and held.dims[0].keys() == ["run"]
        values = np.asarray(held[run] if by_run else held[()])
        if values.dtype.kind == "f":
            values = np.where(np.isnan(values), np.array(np.nan, values.dtype), values)
        total.update(path.encode())
        total.update(values.tobytes())
    return total.hexdigest()


class Engine(unittest.TestCase):
    def test_agrees_with_the_program(self):
        for name in ("own_share", "rebound", "calls"):
            with self.subTest(name), tempfile.TemporaryDirectory() as folder:
                result = pathlib.Path(folder) / "result.h5"
                subprocess.run([PROGRAM, "run", SOURCE / "experiments" / f"{name}.toml", "-o", result, "--quiet",
                                "--set", "replicates.at_least=2"], check=True)
                lines = subprocess.run([ENGINE, SOURCE, f"experiments/{name}.toml", "2"], check=True,
                                       capture_output=True, text=True).stdout.split("\n")
                variables = [line.split(" ")[1] for line in lines if line.startswith("variable ")]
                digests = {tuple(map(int, line.split(" ")[1:5])): line.split(" ")[5]
                           for line in lines if line.startswith("run ")}
                self.assertGreater(len(variables), 35)
                compared = 0
                with h5py.File(result) as file:
                    columns = [file[f"run_{key}"][:] for key in ("scenario", "alternative", "point", "replicate")]
                    for run, twin in enumerate(file["run_fixed_demand"][:]):
                        which = tuple(int(column[run]) for column in columns)
                        if twin or which not in digests:
                            continue
                        self.assertEqual(digest(file, run, variables), digests[which], f"{name}, run {which}")
                        compared += 1
                self.assertEqual(compared, len(digests))

    def test_links_nothing_else(self):
        linked = subprocess.run(["ldd", ENGINE], capture_output=True, text=True, check=True).stdout
        for library in ("libtbb", "libhdf5", "libOT"):
            self.assertNotIn(library, linked)


if __name__ == "__main__":
    unittest.main()

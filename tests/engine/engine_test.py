"""rathaus_engine alone computes what the program computes, bit for bit."""

import os
import subprocess
import tempfile
import unittest

import agreement

ENGINE = os.environ["RATHAUS_ENGINE_RUN"]


class Engine(unittest.TestCase):
    def test_agrees_with_the_program(self):
        for name in ("own_share", "rebound", "calls", "survives"):
            with tempfile.TemporaryDirectory() as folder:
                agreement.compare(self, f"experiments/{name}.toml", {"native": agreement.command(ENGINE, agreement.SOURCE)}, folder)

    def test_links_nothing_else(self):
        linked = subprocess.run(["ldd", ENGINE], capture_output=True, text=True, check=True).stdout
        for library in ("libtbb", "libhdf5", "libOT"):
            self.assertNotIn(library, linked)


if __name__ == "__main__":
    unittest.main()

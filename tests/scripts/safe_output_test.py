#!/usr/bin/python3
"""What the Python side writes: never over anything it should not, whole or not at all, and told where it was not."""

import os
import socket
import stat
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path
from unittest import mock

sys.dont_write_bytecode = True
from rathaus import safe_output
from rathaus.errors import InputError, RunFailed
from rathaus.safe_output import Outputs


class Folder(unittest.TestCase):
    def setUp(self):
        self.temporary = tempfile.TemporaryDirectory()
        self.folder = Path(self.temporary.name)
        self.old = self.folder / "old"
        self.old.write_text("dear")

    def tearDown(self):
        self.temporary.cleanup()

    def names(self):
        return sorted(path.name for path in self.folder.iterdir())


class Files(Folder):
    def refused(self, *paths, inputs=(), force=True):
        outputs = Outputs(inputs, force)
        for path in paths:
            outputs.file(path)
        before = self.names()
        with self.assertRaises(InputError) as caught:
            outputs.check()
        self.assertEqual(self.names(), before)
        for message in caught.exception.args:
            self.assertRegex(message, r"\A.+: .+ \(.+\) .+\Z")
        return "\n".join(caught.exception.args)

    def test_what_is_read_is_never_written_by_whatever_name(self):
        (self.folder / "link").symlink_to("old")
        os.link(self.old, self.folder / "twin")
        for name in ("old", "link", "twin", "../" + self.folder.name + "/old"):
            self.assertIn("what this command reads", self.refused(self.folder / name, inputs=[self.old]))

    def test_two_outputs_of_one_name(self):
        (self.folder / "link").symlink_to("new")
        for other in ("new", "link"):
            self.assertIn("two outputs", self.refused(self.folder / "new", self.folder / other))
        outputs = Outputs(force=True)
        outputs.file(self.folder / "new")
        outputs.write(self.folder / "new", "a")
        with self.assertRaises(InputError):
            outputs.file(self.folder / "link")
            outputs.check()

    def test_what_is_no_file_is_never_replaced(self):
        os.mkfifo(self.folder / "fifo")
        (self.folder / "folder").mkdir()
        server = socket.socket(socket.AF_UNIX)
        self.addCleanup(server.close)
        server.bind(str(self.folder / "socket"))
        (self.folder / "to_fifo").symlink_to("fifo")
        for name in ("fifo", "socket", "to_fifo"):
            self.assertIn("is no file", self.refused(self.folder / name))
        self.assertIn("is no file", self.refused("/dev/null"))
        self.assertIn("is a folder", self.refused(self.folder / "folder"))
        self.assertTrue(stat.S_ISFIFO(os.stat(self.folder / "fifo").st_mode))

    def test_all_problems_are_told_at_once(self):
        told = self.refused(self.old, self.folder / "none" / "x", force=False)
        self.assertIn("exists already", told)
        self.assertIn("no folder", told)

    def test_a_link_is_written_through(self):
        (self.folder / "deep").mkdir()
        (self.folder / "deep" / "target").write_text("dear")
        (self.folder / "link").symlink_to("deep/target")
        safe_output.write(self.folder / "link", b"new", force=True)
        self.assertTrue((self.folder / "link").is_symlink())
        self.assertEqual((self.folder / "deep" / "target").read_text(), "new")
        (self.folder / "ahead").symlink_to("deep/later")
        safe_output.write(self.folder / "ahead", b"new")
        self.assertEqual((self.folder / "deep" / "later").read_text(), "new")

    def test_rights(self):
        for mask, mode in ((0o022, 0o644), (0o077, 0o600), (0o002, 0o664)):
            before = os.umask(mask)
            try:
                safe_output.write(self.folder / f"new{mask}", b"x")
                self.assertEqual(stat.S_IMODE((self.folder / f"new{mask}").stat().st_mode), mode)
                self.old.chmod(0o640)
                safe_output.write(self.old, b"x", force=True)
                self.assertEqual(stat.S_IMODE(self.old.stat().st_mode), 0o640)
            finally:
                os.umask(before)

    def test_a_file_that_came_meanwhile_is_not_overwritten(self):
        with mock.patch("os.link", side_effect=PermissionError(1, "not permitted")):
            for links in (False, True):
                with self.assertRaisesRegex(InputError, "meanwhile"):
                    safe_output.write(self.old, b"new")
        with self.assertRaisesRegex(InputError, "meanwhile"):
            safe_output.write(self.old, b"new")
        self.assertEqual(self.old.read_text(), "dear")
        self.assertEqual(self.names(), ["old"])

    def test_nothing_is_half_written(self):
        for where in ("os.fsync", "os.replace"):
            for error in (KeyboardInterrupt, OSError(28, "No space left on device"), OSError(5, "Input/output error")):
                with mock.patch(where, side_effect=error), self.assertRaises((KeyboardInterrupt, RunFailed)):
                    safe_output.write(self.old, b"new", force=True)
        self.assertEqual((self.old.read_text(), self.names()), ("dear", ["old"]))


class Printing(Folder):
    """A script of two lines, with outputs that cannot take what it prints."""

    def run_script(self, lines, redirect, status):
        text = ("import sys; sys.dont_write_bytecode = True\n"
                "from rathaus.safe_output import *\n"
                f"def main():\n {lines}\nsys.exit(ending(main))\n")
        (self.folder / "s.py").write_text(text)
        ended = subprocess.run(["bash", "-c", f'"{sys.executable}" s.py {redirect}'], cwd=self.folder,
                               capture_output=True, text=True)
        self.assertEqual(ended.returncode, status, ended.stderr)
        return ended.stderr

    def test_standard_output_that_cannot_be_written(self):
        for lines in ("print('a')", "print('a' * 100000)"):
            self.assertIn("No space left on device", self.run_script(lines, ">/dev/full", 2))
            self.assertIn("Bad file descriptor", self.run_script(lines, ">&-", 2))
        self.assertEqual(self.run_script("print('a' * 1000000)", "| head -c 1; exit ${PIPESTATUS[0]}", 2), "")
        self.run_script("pass", ">&-", 0)

    def test_standard_error_that_cannot_be_written(self):
        for redirect in ("2>/dev/full", "2>&-"):
            self.run_script("tell('a'); print('a')", redirect, 0)
            self.run_script("raise InputError('a')", redirect, 1)
            self.run_script("raise RunFailed('a')", redirect, 2)

    def test_a_closed_output_does_not_become_the_file(self):
        self.run_script("print('words'); tell('words'); write('new', b'mine')", ">&- 2>&-", 2)
        self.assertEqual((self.folder / "new").read_text(), "mine")

    def test_a_limit_on_file_sizes_is_told(self):
        (self.folder / "limited").write_text("dear")
        told = self.run_script("import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000)); "
                               "write('limited', b'x' * 5000, True)", "", 2)
        self.assertIn("limited: cannot be written (File too large) make room", told)
        self.assertEqual((self.folder / "limited").read_text(), "dear")
        self.assertEqual(self.names(), ["limited", "old", "s.py"])

    def test_what_is_printed_to_is_no_output(self):
        told = self.run_script("o = Outputs(force=True); o.file('here'); o.check()", "> here", 1)
        self.assertIn("this command prints into it", told)


if __name__ == "__main__":
    unittest.main()

"""The one way in which the Python side writes: files, standard output, what is told on standard error.

A file is never written over what the command reads, over another of its outputs, over anything that is no
regular file (a device, a FIFO, a socket, a folder), or, unless asked to, over anything. It gets its name once
all of it is on the disk; until then it stands beside it, hidden, as .NAME.*.part. A symbolic link is written
through: it stays, and the file that it leads to is replaced. A new file has the rights that the umask leaves,
a replaced one keeps its own.
"""

import errno
import os
import stat
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

from rathaus.errors import Error, InputError, RunFailed, said, told

MACHINE = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.ENOMEM, errno.EMFILE, errno.ENFILE}


def problem_of(path, error):
    """An OSError about a path, as whose it is to mend."""
    kind = RunFailed if error.errno in MACHINE else InputError
    return kind(f"cannot be written ({error.strerror}) "
                + ("make room and do it again" if kind is RunFailed else "choose another place"), file=path)


def identity(path):
    """Which file it is, whatever its name: nothing if there is none."""
    try:
        status = os.stat(path)
    except OSError:
        return None
    return status.st_dev, status.st_ino


class Outputs:
    """All that a command writes. Name every file and folder first and check() them together, before the work."""

    def __init__(self, inputs=(), force=False):
        self.force = force
        self.inputs = {identity(path): path for path in inputs if identity(path)}
        self.places, self.folders, self.problems = {}, set(), []

    def file(self, path):
        """Names a file that is to be written."""
        path = Path(path)
        place = os.path.realpath(path)
        if problem := self._problem(path, place):
            self.problems.append(said(problem, file=path))
        self.places[place] = path

    def folder(self, path):
        """Names a folder for files that are known later, with file()."""
        path = Path(path)
        if path.exists() and not path.is_dir():
            self.problems.append(said("is a file (a folder is needed) choose another name", file=path))
        elif path.is_dir() and any(path.iterdir()) and not self.force:
            self.problems.append(said("is not empty (nothing is overwritten unasked) "
                                 "choose another folder or add --force", file=path))
        elif path.is_dir() and not os.access(path, os.W_OK | os.X_OK):
            self.problems.append(said("cannot be written to (no permission) choose another folder", file=path))
        self.folders.add(os.path.realpath(path))

    def check(self):
        """InputError with all problems, if there are any."""
        if self.problems:
            raise InputError(*self.problems)

    def write(self, path, data):
        """All of it or nothing; text is written as UTF-8."""
        place = os.path.realpath(path)
        if place not in self.places:
            self.file(path)
            self.check()
        if os.path.dirname(place) in self.folders:
            os.makedirs(os.path.dirname(place), exist_ok=True)
        write(path, data.encode() if isinstance(data, str) else data, self.force)

    def _problem(self, path, place):
        parent = os.path.dirname(place)
        if place in self.places:
            return "is named for two outputs (the second would overwrite the first) choose another name"
        if not os.path.isdir(parent) and parent not in self.folders:
            return f"cannot be written (no folder '{path.parent}') create it first"
        if os.path.isdir(place):
            return "is a folder (a file is needed) name a file in it"
        if not os.path.lexists(place):
            if os.path.isdir(parent) and not os.access(parent, os.W_OK | os.X_OK):
                return f"cannot be written (no permission for folder '{path.parent}') choose another place"
            return None
        if not os.path.isfile(place):
            return "is no file (a device, pipe or socket is never replaced) choose another name"
        if identity(place) in self.inputs:
            return "would be overwritten (it is what this command reads) choose another name"
        if identity(place) in printed_to():
            return "is named for two outputs (this command prints into it) choose another name"
        if not self.force:
            return "exists already (nothing is overwritten unasked) choose another name or add --force"
        if not os.access(place, os.W_OK):
            return "cannot be written (no permission) choose another name"
        return None


def printed_to():
    """The files that standard output and standard error go to."""
    found = set()
    for number in (1, 2):
        try:
            status = os.fstat(number)
        except OSError:
            continue
        if stat.S_ISREG(status.st_mode):
            found.add((status.st_dev, status.st_ino))
    return found


def write(path, data, force=False):
    """All of it or nothing; callers that know their inputs use Outputs, which refuses before the work."""
    with opened(path, force) as file:
        file.write(data)


@contextmanager
def opened(path, force=False):
    """The same for what comes piece by piece: a file for bytes, which gets its name at the end of the block."""
    place = os.path.realpath(path)
    part = None
    try:
        handle, part = tempfile.mkstemp(prefix=f".{os.path.basename(place)}.", suffix=".part",
                                        dir=os.path.dirname(place))
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            _give_rights(file.fileno(), place)
            os.fsync(file.fileno())
        if force:
            os.replace(part, place)
        else:
            _name_new(part, place)
    except FileExistsError:
        _remove(part)
        raise InputError("exists already (another process has written it meanwhile) choose another name "
                         "or add --force", file=path) from None
    except OSError as error:
        _remove(part)
        raise problem_of(path, error) from error
    except BaseException:
        _remove(part)
        raise


def _give_rights(handle, place):
    try:
        old = os.stat(place)
    except OSError:
        mask = os.umask(0o077)
        os.umask(mask)
        os.fchmod(handle, 0o666 & ~mask)
        return
    try:
        os.fchown(handle, old.st_uid, old.st_gid)
    except OSError:
        pass    # only root gives files away
    os.fchmod(handle, stat.S_IMODE(old.st_mode))


def _name_new(part, place):
    """Renames, but never over a file that came meanwhile."""
    try:
        os.link(part, place)
    except FileExistsError:
        raise
    except OSError:     # a file system without hard links
        if os.path.lexists(place):
            raise FileExistsError(errno.EEXIST, "exists", place) from None
        os.replace(part, place)
    else:
        os.unlink(part)


def _remove(part):
    if part:
        Path(part).unlink(missing_ok=True)


def tell(*lines):
    """To standard error, which may be full or closed: what was computed is no worse for it."""
    try:
        for line in lines:
            print(line, file=sys.stderr, flush=True)
    except (OSError, ValueError, AttributeError):
        pass


class Printed:
    """Standard output that remembers what could not be written; `print` goes on, ending() tells."""

    def __init__(self, stream):
        self.stream, self.error = stream, None

    def write(self, text):
        if self.stream is None and text:
            self.error = OSError(errno.EBADF, os.strerror(errno.EBADF))
        return self._try(lambda: self.stream.write(text)) or len(text)

    def flush(self):
        self._try(lambda: (self.stream.flush(), os.close(os.dup(1))))   # some file systems tell only on closing

    def _try(self, action):
        try:
            return action() if self.error is None and self.stream is not None else None
        except OSError as error:
            self.error = error

    def __getattr__(self, name):
        return getattr(self.stream, name)


def asked_for_json():
    """--diagnostics json, wherever it stands, so that mistakes of the command line are told so, too."""
    words = sys.argv
    return "--diagnostics=json" in words or ("--diagnostics", "json") in zip(words, words[1:])


def ending(main):
    """What a script ends with: the status of main(), that of its Error, or 2 if what it printed could not be written.
    `sys.exit(ending(main))`"""
    while (null := os.open(os.devnull, os.O_RDWR)) <= 2:    # else the next file would be taken for a closed one
        pass
    os.close(null)
    out = sys.stdout = Printed(sys.stdout)
    try:
        status = main() or 0
    except SystemExit as end:       # the command line is wrong, or --help
        if isinstance(end.code, str):
            tell(end.code)
        status = end.code if isinstance(end.code, int) else 0 if end.code is None else 1
    except KeyboardInterrupt:
        status = 3
    except Error as error:
        tell(*(told(finding, asked_for_json()) for finding in error.diagnostics))
        status = error.status
    except MemoryError:
        tell("failed: out of memory")
        status = 2
    out.flush()
    if out.error is None:
        return status
    if out.error.errno != errno.EPIPE:      # a reader that has seen enough (| head) needs no words
        tell(f"failed: standard output cannot be written ({out.error.strerror})")
    if out.stream is not None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)    # what is left goes there as Python ends
    return 2

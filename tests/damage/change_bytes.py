#!/usr/bin/python3
"""Changes a few bytes of results, posteriors and case logs, and asks every command that reads them: each ends
by itself, with status 0, 1 or 2, and a word if it fails.

change_bytes.py [--seconds S | --count N] [--seed N] [--keep DIR]: what fails is kept in DIR.
"""

import argparse
import random
import shutil
import sys
import tempfile
import time
from pathlib import Path

import samples

# Where HDF5 keeps its books; a change there tells more than one in the middle of numbers.
MARKS = (b"\x89HDF", b"GCOL", b"TREE", b"OHDR", b"OCHK", b"FRHP", b"FHDB", b"BTHD", b"BTLF", b"SNOD", b"HEAP")


def places_of(data):
    """Offsets of the marks of a file."""
    places = []
    for mark in MARKS:
        at = data.find(mark)
        while at >= 0:
            places.append(at)
            at = data.find(mark, at + 1)
    return places or [0]


def changed(data, marks, luck):
    """Bytes with one to four of them changed, or the end cut off."""
    data = bytearray(data)
    if luck.random() < 0.03:
        return bytes(data[:luck.randrange(len(data))])
    for _ in range(luck.choice((1, 1, 2, 2, 4))):
        near = luck.random() < 0.7
        at = luck.choice(marks) + luck.randrange(160) if near else luck.randrange(len(data))
        at = min(at, len(data) - 1)
        data[at] = luck.choice((0, 1, 255, luck.randrange(256), data[at] ^ (1 << luck.randrange(8))))
    return bytes(data)


def loop(folder, luck, going_on, keep):
    """Number of tries, and complaints."""
    names = sorted(samples.COMMANDS)
    sound = {name: (folder / name).read_bytes() for name in names}
    marks = {name: places_of(data) for name, data in sound.items()}
    tries, found = 0, []
    while going_on(tries):
        name = luck.choices(names, weights=[2 if n.startswith("posterior") else 6 if n == "result.h5" else 1
                                            for n in names])[0]
        commands = samples.COMMANDS[name]
        command = luck.choices(commands, weights=[0.2 if c[0] == "report" else 1 for c in commands])[0]
        (folder / name).write_bytes(changed(sound[name], marks[name], luck))
        tries += 1
        if told := samples.complaint(folder, command, name):
            found.append(told)
            print(f"try {tries}: {told}", flush=True)
            if keep:
                keep.mkdir(parents=True, exist_ok=True)
                shutil.copy(folder / name, keep / f"{tries}-{command[0]}-{name}")
        (folder / name).write_bytes(sound[name])
    return tries, found


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float)
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--seed", type=int, default=time.time_ns() % 1_000_000)
    parser.add_argument("--keep", type=Path)
    options = parser.parse_args()
    deadline = time.monotonic() + options.seconds if options.seconds else None
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        samples.make(folder)
        tries, found = loop(folder, random.Random(options.seed),
                            lambda n: time.monotonic() < deadline if deadline else n < options.count,
                            options.keep)
    print(f"{tries} changed files (seed {options.seed}): {len(found)} findings")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())

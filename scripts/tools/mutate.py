#!/usr/bin/python3
"""Plants faults in src/rules and src/model, one at a time, and asks the tests to find them.

  scripts/tools/mutate.py --count 100 --seed 1    draws faults, spread over operators and files
  scripts/tools/mutate.py --jobs 2                the same, two at a time
  scripts/tools/mutate.py --list                  numbers every fault that could be drawn
  scripts/tools/mutate.py --only 17 42            plants these, by their numbers in --list
  scripts/tools/mutate.py --fixed                 the five of continuous integration; all must be caught

It needs a tree that is built and up to date (--build, by default build/dev) and changes nothing in
it: the faulty file is a copy, compiled by the tree's own commands less -Werror, and linked before
the archives, so that its symbols win. Tests run quickest first, by the times that ctest has noted,
until one fails. In a draw, a fault that does not compile is replaced by the next. Before the first
fault all tests must pass without one (not with --only). Exit code: 0 if every fault was caught, 1 if
one survived, 2 if nothing could be tried.
"""

import argparse
import json
import random
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from pathlib import Path

sys.dont_write_bytecode = True
from mutation.bench import Bench, DoesNotCompile, Tree
from mutation.operators import fixed_faults, possible_faults

SOURCE = Path(__file__).resolve().parents[2]
SUITE = r"model/|properties/|config/|reference/agreement|reference/funding|limits$|cli$|cli/trace"
QUICK_SUITE = r"model/conservation|reference/agreement, Agreement.test_as_it_is$"


def verdict(tree, fault, tests):
    """What became of one fault: a line of the table."""
    start = time.monotonic()
    line = {**fault._asdict(), "outcome": "survived", "by": ""}
    with tempfile.TemporaryDirectory(prefix="rathaus-mutation-") as scratch:
        bench = Bench(tree, Path(scratch))
        try:
            bench.plant(fault)
            for test in tests:
                if reason := bench.fails(test):
                    line |= {"outcome": "caught", "by": test[1] + (" never ends" if reason != "fails" else "")}
                    break
        except DoesNotCompile:
            line["outcome"] = "does not compile"
    line["seconds"] = round(time.monotonic() - start, 1)
    return line


def verdicts(tree, faults, tests, count, jobs):
    """The lines of `count` faults that compile, as they come, `jobs` at a time."""
    faults, running, tried = iter(faults), set(), 0
    with ThreadPoolExecutor(jobs) as pool:
        while True:
            while len(running) < min(jobs, count - tried) and (fault := next(faults, None)):
                running.add(pool.submit(verdict, tree, fault, tests))
            if not running:
                return
            done, running = wait(running, return_when=FIRST_COMPLETED)
            for line in (future.result() for future in done):
                tried += line["outcome"] != "does not compile"
                yield line


def drawn(faults, seed):
    """All faults in the order of a draw: operators in turn, a file at random, a fault at random."""
    luck = random.Random(seed)
    heaps = {}
    for fault in luck.sample(faults, len(faults)):
        heaps.setdefault(fault.operator, {}).setdefault(fault.file, []).append(fault)
    while heaps:
        for operator in sorted(heaps):
            file = luck.choice(sorted(heaps[operator]))
            yield heaps[operator][file].pop()
            if not heaps[operator][file]:
                del heaps[operator][file]
            if not heaps[operator]:
                del heaps[operator]


def short(text):
    text = " ".join(text.split())
    return text if len(text) < 70 else text[:33] + " ... " + text[-33:]


def show(line):
    print(f"{line['number']:>5}  {line['operator']:<13} {line['file'] + ':' + str(line['line']):<30} "
          f"{short(line['before'])} -> {short(line['after'])}\n{'':7}{line['outcome']} {line['by']} "
          f"({line['seconds']} s)", flush=True)


def summary(lines):
    counted = [line for line in lines if line["outcome"] != "does not compile"]
    print(f"\n{'operator':<15}{'planted':>8}{'caught':>8}{'survived':>10}")
    tally = Counter((line["operator"], line["outcome"]) for line in counted)
    for operator in sorted({line["operator"] for line in counted}):
        caught, survived = tally[operator, "caught"], tally[operator, "survived"]
        print(f"{operator:<15}{caught + survived:>8}{caught:>8}{survived:>10}")
    caught = sum(line["outcome"] == "caught" for line in counted)
    print(f"{'all':<15}{len(counted):>8}{caught:>8}{len(counted) - caught:>10}")
    return 2 if not counted else int(caught < len(counted))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--count", type=int, default=100, help="faults to plant")
    parser.add_argument("--seed", type=int, default=1, help="of the draw")
    parser.add_argument("--list", action="store_true", help="print every fault, plant none")
    parser.add_argument("--only", type=int, nargs="+", metavar="N", help="plant these")
    parser.add_argument("--fixed", action="store_true", help="plant the five of operators.py")
    parser.add_argument("--build", type=Path, default=SOURCE / "build" / "dev", help="the built tree")
    parser.add_argument("--jobs", type=int, default=1, help="faults tried at a time")
    parser.add_argument("--tests", help="pattern of the names of tests to run")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the table here")
    options = parser.parse_args()

    faults = fixed_faults(SOURCE / "src") if options.fixed else possible_faults(SOURCE / "src")
    if options.list:
        for fault in faults:
            print(f"{fault.number:>5}  {fault.operator:<13} {fault.file}:{fault.line}  "
                  f"{short(fault.before)} -> {short(fault.after)}")
        return 0
    if options.only:
        faults = [faults[number] for number in options.only]
    chosen = options.only or options.fixed
    tree = Tree(options.build.resolve())
    tests = tree.tests(options.tests or (QUICK_SUITE if options.fixed else SUITE))
    if not options.only:  # a suite that fails anyway would catch everything
        nothing = faults[0]._replace(operator="no fault", after=faults[0].before)
        control = verdict(tree, nothing, tests)
        print(f"control: the same without a fault {control['outcome']} {control['by']} "
              f"({control['seconds']} s for {len(tests)} tests)", flush=True)
        if control["outcome"] != "survived":
            return 2
    lines = []
    count = len(faults) if chosen else options.count
    order = faults if chosen else drawn(faults, options.seed)
    for line in verdicts(tree, order, tests, count, options.jobs):
        lines.append(line)
        show(line)
        if options.json:
            options.json.write_text(json.dumps(lines, indent=1))
    return summary(lines)


if __name__ == "__main__":
    sys.exit(main())

"""Where faults are planted: a scratch folder beside a built tree that it only reads."""

import json
import os
import re
import resource
import shlex
import shutil
import signal
import subprocess
import sys
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[3]
MEMORY = 8 << 30  # bytes; a fault may fill a vector for ever, and only sanitizers need more
COMPARISONS = ("reference/agreement", "reference/funding")  # many worlds each, compared one by one
FLAGS = "-O1 -g0 -w -D_GLIBCXX_ASSERTIONS"  # quick; an index out of range is noticed

NAMES = """import sys, unittest
for suite in unittest.TestLoader().loadTestsFromName(sys.argv[1]):
    for case in suite:
        print(case.id().split(".", 1)[1])"""


def time_limit(cost):
    """Seconds after which a test is in an endless loop: far beyond what a slow machine needs."""
    return 60 + 10 * cost


def comparisons(script, environment):
    """The cases of a test in Python that run the program, as its command line names them."""
    named = subprocess.run([sys.executable, "-c", NAMES, script.stem], cwd=script.parent, capture_output=True, text=True,
                           env=environment)
    if named.returncode:
        raise SystemExit(f"error: {script} cannot be loaded ({named.stderr.strip().splitlines()[-1]}) run with "
                         "/usr/bin/python3, for which scripts/ installs what the tests need")
    return [case for case in named.stdout.split() if "Agreement." in case]


def environment_of(properties):
    """The variables that CTest sets for a test; our tests change them by setting one and by appending a path."""
    environment = dict(value.split("=", 1) for value in properties.get("ENVIRONMENT", []))
    for change in properties.get("ENVIRONMENT_MODIFICATION", []):
        name, change = change.split("=", 1)
        operation, value = change.split(":", 1)
        if operation not in ("set", "path_list_append"):
            raise SystemExit(f"error: a test changes {name} by '{operation}' (only set and path_list_append are known) "
                             "teach scripts/tools/mutation/bench.py")
        environment[name] = value if operation == "set" else ":".join(filter(None, (environment.get(name), value)))
    return environment


class DoesNotCompile(Exception):
    pass


class Tree:
    """A built tree: how it compiles and links, which files an object was made from, its tests."""

    def __init__(self, build):
        self.build = build
        if not (build / "build.ninja").exists():
            raise SystemExit(f"error: no Ninja tree in {build} (faults are compiled by its commands) "
                             "run: cmake --preset dev && cmake --build build/dev")
        self.compile, self.link = {}, {}
        for line in self.ask("ninja", "-t", "commands").splitlines():
            if made := re.search(r" -o (\S+) -c \S+$", line):
                self.compile[made[1]] = line
            elif made := re.search(r" -o (\S+) ", line):
                self.link[made[1]] = line
        sanitized = any(" -fsanitize=" in line for line in self.compile.values())
        self.memory = resource.RLIM_INFINITY if sanitized else MEMORY
        self.made_from = {}
        for block in self.ask("ninja", "-t", "deps").split("\n\n"):
            head, *files = block.splitlines() or [""]
            # relative ones come from a compiler cache
            self.made_from[head.split(":")[0]] = {os.path.normpath(build / file.strip()) for file in files}

    def ask(self, *command):
        return subprocess.run(command, cwd=self.build, check=True, capture_output=True, text=True).stdout

    def users(self, path):
        """The objects that include or are compiled from `path`."""
        return [made for made in self.compile if str(path) in self.made_from.get(made, ())]

    def tests(self, suite):
        """(cost, name, target, command, environment) of the tests in `suite`, quickest first."""
        notes = self.build / "Testing" / "Temporary" / "CTestCostData.txt"
        notes = notes.read_text().split("---")[0].splitlines() if notes.exists() else []
        cost = {name: float(seconds) for name, _, seconds in map(str.split, notes)}
        tests = []
        for test in json.loads(self.ask("ctest", "--show-only=json-v1"))["tests"]:
            if "command" not in test:
                raise SystemExit(f"error: {test['name']} is not built in {self.build} (all tests have to be, "
                                 f"so that none is left out) run: cmake --build {self.build}")
            command = test["command"]
            properties = {p["name"]: p["value"] for p in test["properties"]}
            environment = environment_of(properties)
            own = self.build in Path(command[0]).parents  # a test program, not a script
            target = str(Path(command[0]).relative_to(self.build)) if own else "rathaus"
            command = command + ["--abort" if own else "--failfast"]
            seconds = cost.get(test["name"]) or (5.0 if own else 50.0)
            if test["name"] in COMPARISONS:  # each of their worlds is a test of its own
                cases = comparisons(Path(command[-2]), os.environ | environment)
                for case in cases:
                    first = case == "Agreement.test_as_it_is"  # it finds most faults
                    tests.append((0.0 if first else seconds / len(cases), f"{test['name']}, {case}", target,
                                  [*command[:-1], case], environment))
            else:
                tests.append((seconds, test["name"], target, command, environment))
        tests = [test for test in tests if re.match(suite, test[1])]
        return sorted(tests, key=lambda test: test[0])


class Bench:
    """A scratch folder with one fault at a time in it."""

    def __init__(self, tree, scratch):
        self.tree, self.scratch = tree, scratch
        self.programs = scratch / "build" / "mutant"  # two folders below the models, as a user builds
        for folder in ("models", "experiments", "scripts", "python"):
            (scratch / folder).symlink_to(SOURCE / folder)

    def plant(self, fault):
        self.clear()
        self.path = SOURCE / "src" / fault.file
        self.copy = self.scratch / "src" / fault.file
        self.copy.parent.mkdir(exist_ok=True)
        self.copy.write_text(fault.plant(self.path.read_text()))
        self.stale = self.tree.users(self.path)

    def clear(self):
        for folder in (self.programs, self.scratch / "src", self.scratch / "objects", self.scratch / "work"):
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)

    def shell(self, command):
        if subprocess.run(command, shell=True, cwd=self.tree.build, capture_output=True).returncode:
            raise DoesNotCompile

    def object(self, made):
        """Compiles one object with the fault in sight."""
        out = self.scratch / "objects" / made.replace("/", "_")
        if not out.exists():
            command = re.sub(r" -MD -MT \S+ -MF \S+ -o \S+ -c ", " -c ", self.tree.compile[made])
            command = command.replace(" -Werror", "").replace(f" -c {self.path}", f" -c {self.copy}")
            command = command.replace(" -I", f" -I{shlex.quote(str(self.scratch / 'src'))} -I", 1)
            self.shell(f"{command} {FLAGS} -o {shlex.quote(str(out))}")
        return str(out)

    def program(self, target):
        """Links one program: faulty objects in place of its own and before its archives."""
        out = self.programs / Path(target).name
        if out.exists():
            return str(out)
        command = self.tree.link[target].replace(f" -o {target} ", f" -o {shlex.quote(str(out))} ")
        for made in self.stale:
            if f" {made} " in command:
                command = command.replace(f" {made} ", f" {self.object(made)} ")
            elif " " + re.sub(r"CMakeFiles/(\w+)\.dir/.*", r"lib\1.a", made) in command:
                command = command.replace(" -o ", f" {self.object(made)} -o ", 1)
        self.shell(command)
        return str(out)

    def fails(self, test):
        """Why a test notices the fault, or None if it passes or skips itself."""
        cost, _, target, command, environment = test
        program = self.program(target)
        if command[0].endswith(target):
            command = [program, *command[1:]]
        environment = os.environ | environment | {"TMPDIR": str(self.scratch / "work"),
                                                  "RATHAUS": str(self.programs / "rathaus")}
        process = subprocess.Popen(
            command, cwd=self.scratch / "work", env=environment, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
        resource.prlimit(process.pid, resource.RLIMIT_AS, 2 * (self.tree.memory,))
        try:
            return None if process.wait(time_limit(cost)) in (0, 77) else "fails"
        except subprocess.TimeoutExpired:
            return "never ends"
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()

"""Small files of every kind that the commands read, and how a command is judged on a damaged one."""

import os
import resource
import subprocess
from pathlib import Path

SOURCE = Path(os.environ["RATHAUS_SOURCE"])
RATHAUS = os.environ["RATHAUS"]
MEMORY = 4 << 30    # [B] of address space; a sanitizer's is terabytes from the start
SECONDS = 120       # of processor time, under a sanitizer, too; a limit of the program itself comes first
STUCK = 1200        # of any clock, for one that waits without computing

STUDY = """title = "Damage"
question = "What is left?"
model = "germany"
[population]
units = 30
[time]
quarters = 30
[programme.grant]
from = "pilot_grant"
window = { first = "2024-Q1", length = 8 }
budget = { per_year = 1_000_000 }
award = { rule = "fcfs" }
[scenario.nothing]
baseline = true
programmes = []
[scenario.grant]
programmes = ["grant"]
[uncertain]
aware_p = "range"
lock_rate = "range"
[design]
method = "sobol"
points = 2
[replicates]
at_least = 2
[[target]]
indicator = "adopters"
group = { size_class = "<5k" }
share = true
by = "2026-Q4"
at_least = 0.1
"""

# A posterior of few particles in a world of few units, and the experiment that draws from it.
PATTERNS = """[[pattern]]
id = "early"
title = "share of adopters"
role = "calibration"
grade = "D"
source = "synthetic"
statistic = "ratio"
of = { sum = "adopters", per = "units" }
quarter = "2022-Q1"
target = 0.1
tolerance = 0.2
"""
CALIBRATION = f"""title = "Damage"
model = "{SOURCE}/models/verification/one_service"
[population]
units = 50
[time]
quarters = 8
[structure]
decision_rule = "bass"
funnel = "collapsed"
feasibility = false
vendor_capacity = false
peer_set = "global"
[uncertain]
aware_p = {{ log_uniform = [0.005, 0.1] }}
aware_q = {{ uniform = [0.0, 0.6] }}
[calibration]
patterns = "patterns.toml"
particles = 20
tolerance = 0.5
"""
ENSEMBLE = CALIBRATION.split("[uncertain]")[0] + """[uncertain]
ensemble = "posterior.h5"
[design]
method = "latin_hypercube"
points = 4
"""


def limited():
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    if not any(word in os.environ.get("RATHAUS_BUILD", RATHAUS) for word in ("asan", "tsan", "fuzz")):
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def run(folder, *words, **more):
    return subprocess.run([RATHAUS, *words], cwd=folder, capture_output=True, text=True, errors="replace",
                          timeout=STUCK, **more)


def make(folder):
    """result.h5, its halves half.cases and other.cases, patterns.toml, posterior.h5 and ensemble.toml."""
    for name, text in {"study.toml": STUDY, "patterns.toml": PATTERNS, "calibration.toml": CALIBRATION,
                       "ensemble.toml": ENSEMBLE}.items():
        (folder / name).write_text(text, encoding="utf-8")
    for words in (["run", "study.toml", "-o", "result.h5", "--quiet"],
                  ["run", "study.toml", "-o", "part.h5", "--shard", "1/2", "--quiet"],
                  ["run", "study.toml", "-o", "part.h5", "--shard", "2/2", "--quiet"],
                  ["calibrate", "calibration.toml", "-o", "posterior.h5", "--quiet"]):
        done = run(folder, *words)
        if done.returncode:
            raise RuntimeError(f"{' '.join(words)}: {done.stderr}")
    for k, name in ((1, "half.cases"), (2, "other.cases")):
        (folder / "part.h5.shards" / f"{k}-of-2.cases").rename(folder / name)


COMMANDS = {
    "result.h5": [["info"], ["info", "--digest"], ["compare"], ["compare", "--format", "json"],
                  ["trace", "--run", "1", "--unit", "S01"], ["sensitivity", "--indicator", "services_running"],
                  ["explain"], ["patterns", "--patterns", str(SOURCE / "models" / "germany" / "patterns.toml")],
                  ["report", "-o", "report.html", "--force", "--quiet"]],
    "posterior.h5": [["info"], ["info", "--digest"], ["explain"], ["compare"], ["ensemble"]],
    "half.cases": [["merge", "other.cases", "-o", "merged.h5", "--force", "--quiet"]],
}


def words_for(command, name):
    if command == ["ensemble"]:     # the posterior as an input of an experiment
        return ["check", "ensemble.toml"]
    return [command[0], name, *command[1:]]


def complaint(folder, command, name):
    """What is wrong with how the command ended on the file, or nothing."""
    words = words_for(command, name)
    try:
        done = run(folder, *words, preexec_fn=limited)
    except subprocess.TimeoutExpired:
        return f"{' '.join(words)}: no end within {STUCK} s"
    said = done.stderr.strip()
    if done.returncode not in (0, 1, 2):
        return f"{' '.join(words)}: ended with {done.returncode}: {said[-2000:]}"
    if done.returncode and not said:
        return f"{' '.join(words)}: ended with {done.returncode} and no word"
    if "Traceback" in said or "Sanitizer" in said or "runtime error" in said:
        return f"{' '.join(words)}: {said[-2000:]}"
    return None

#!/usr/bin/python3
"""Prints the figures of scripts/benchmark.sh as a Markdown table; measures start-up and memory of the program.

  scripts/tools/benchmark_table.py BENCHMARKS.json RATHAUS

Of repeated measurements the least counts: other work on the machine can only add to it.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2]


def least(figures):
    """Least value and the counters of its run, by name of the benchmark."""
    best = {}
    for run in json.loads(Path(figures).read_text())["benchmarks"]:
        value = next((run[key] for key in run if key.startswith("ns_per_")), None)
        if run["run_type"] != "iteration" or value is None:
            continue
        name = run["run_name"].removesuffix("/real_time").removesuffix("/iterations:1/repeats:1")
        if name not in best or value < best[name][0]:
            best[name] = (value, run)
    return best


def start_up(program):
    """Seconds of `rathaus check` on the first experiment, the least of ten."""
    times = []
    for _ in range(10):
        start = time.perf_counter()
        subprocess.run([program, "check", SOURCE / "experiments/first_look.toml"], check=True,
                       capture_output=True)
        times.append(time.perf_counter() - start)
    return min(times)


def peak_memory(program, units):
    """Bytes of one run over twenty years, its result written, in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        command = [program, "run", SOURCE / "experiments/first_look.toml", "--set", "doubt=none", "--set", "replicates.at_least=1",
                   "--set", f"population.units={units}", "-o", f"{folder}/x.h5", "--quiet", "--threads", "1"]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        raise SystemExit(f"error: {' '.join(map(str, command))} failed")
    return 1024 * usage.ru_maxrss


def ratio(best, above, below):
    return best[above][0] / best[below][0] if above in best and below in best else None


def main(figures, program):
    best = least(figures)
    machine = json.loads(Path(figures).read_text())["context"]
    commit = subprocess.run(["git", "describe", "--always", "--dirty"], cwd=SOURCE, capture_output=True,
                            text=True).stdout.strip()
    print(f"Commit {commit}, {machine['num_cpus']} cores, {machine['date'][:10]}\n")
    print("| benchmark | ns | against the calibration loop |\n|---|---:|---:|")
    step = best["calibration"][0] if "calibration" in best else None
    for name, (value, _) in best.items():
        print(f"| `{name}` | {value:.2f} | {f'{value / step:.1f}' if step else ''} |")

    def line(what, value, form):
        if value is not None:
            print(f"| {what} | {value:{form}} |")

    print("\n| derived | |\n|---|---:|")
    sizes = [value for name, (value, _) in best.items()
             if name.startswith("one_run/") and name.endswith("threads:1")]
    line("cost per cell-step, dearest size over cheapest",
         max(sizes) / min(sizes) if len(sizes) > 1 else None, ".2f")
    line("speed-up of runs in parallel, two threads",
         ratio(best, "runs_in_parallel/threads:1", "runs_in_parallel/threads:2"), ".2f")
    for units in (100000, 1000000):
        line(f"speed-up inside a run of {units:,} units, two threads",
             ratio(best, f"one_run/units:{units}/threads:1", f"one_run/units:{units}/threads:2"), ".2f")
    line("Bass case over a loop written by hand", ratio(best, "bass_model", "bass_by_hand"), ".2f")
    runs = ratio(best, "study_runs_alone", "study_with_file")
    line("share of a study that is not simulation [%]", 100 * (1 - runs) if runs else None, ".1f")
    line("start-up of `rathaus check` [s]", start_up(program), ".2f")
    few, many = peak_memory(program, 5039), peak_memory(program, 200_000)
    line("memory of a small run [MB]", few / 1e6, ".0f")
    line("memory per further unit [B]", (many - few) / (200_000 - 5039), ".0f")
    for name, (_, run) in best.items():
        if name == "one_run/units:5039/threads:1":
            mix = ", ".join(f"{key.removeprefix('end_')} {100 * run[key]:.0f} %" for key in run
                            if key.startswith("end_"))
            line("cells at the end of that run", mix, "")


if __name__ == "__main__":
    main(*sys.argv[1:])

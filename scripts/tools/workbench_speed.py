#!/usr/bin/env python3
"""How fast the workbench answers, measured in headless Chromium: prints the table of docs/performance.md.

Imports the browser of tests/report: run it with PYTHONPATH=tests/report. Each row is a page with one design. Levers are moved one step at a time, after all pairs are there: baselines, worlds and population
are known, as they are to someone who tries out a design. Medians of all moves, and the least.
"""

import argparse
import os
import pathlib
import platform
import statistics
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
from browser import Browser  # noqa: E402

EXPERIMENT = """title = "Speed"
model = "germany"
{population}
[programme.grant]
from = "pilot_grant"
window = {{ first = "2026-Q1", length = 2, every = 4, last = "2030-Q4", announced = 2 }}
award = {{ rule = "fcfs" }}
budget = {{ per_year = 12_000_000, carry_over = true }}
eligible = {{ population = {{ below = 50_000 }} }}
effort = {{ application_days = 12 }}
[scenario.without]
baseline = true
programmes = []
[scenario.grant]
programmes = ["grant"]
"""

MOVE = """const done = arguments[1], slider = [...document.querySelectorAll('.lever input[type=range]')].find((each) => each.closest('.lever').textContent.includes('EUR]') || each.closest('.lever').textContent.includes('Euro]'));
const { speed, page } = rathaus, begin = performance.now(), at = { first: 0, second: 0, verdict: 0, doubt: 0 };
const { dataset } = document.getElementById('pairs'), pairs = () => Number(document.getElementById('pairs').dataset.pairs), most = Number(dataset.of);
speed.first = 0;
slider.value = String(Number(slider.value) + arguments[0]);
slider.dispatchEvent(new Event('input', { bubbles: true }));
const look = () => {
  if (speed.first && !at.first) { at.first = speed.first; at.open = speed.open; at.draw = speed.draw; }
  if (at.first && pairs() >= 2 && !at.second) at.second = performance.now() - begin;
  if (at.second && !at.verdict && document.querySelector('.sentence .verdict:not(.is-provisional)')) at.verdict = performance.now() - begin;
  if (at.verdict && pairs() >= most) { at.doubt = performance.now() - begin; at.run = speed.run; done(at); } else setTimeout(look, 1);
};
look();"""


def measure(units, moves):
    browser = Browser()
    try:
        browser.driver.set_script_timeout(600)
        browser.open(ROOT / "build" / "web" / "rathaus.html", 1280)
        while browser.run("return document.body.dataset.ready") != "true":
            time.sleep(0.1)
        text = EXPERIMENT.format(population=f"[population]\nunits = {units}\n" if units else "")
        browser.driver.execute_async_script("const done = arguments[1]; rathaus.take(new File([arguments[0]], 'speed.toml')).then(done)", text)
        begin = time.monotonic()
        while not browser.run("return (({ pairs, of }) => Number(pairs) >= Number(of))(document.getElementById('pairs').dataset)"):
            time.sleep(0.1)
        whole = time.monotonic() - begin
        found = [browser.driver.execute_async_script(MOVE, 0.1) for _ in range(moves)]
        return browser.run("return { units: rathaus.page.about.units, workers: rathaus.page.pool.workers.length, pairs: Number(document.getElementById('pairs').dataset.of) }") | {"whole": whole}, found
    finally:
        browser.close()


def processor():
    lines = [line.split(":", 1)[1].strip() for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")]
    return f"{lines[0] if lines else platform.machine()}, {os.cpu_count()} cores"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--moves", type=int, default=12, help="levers moved for each row")
    given = parser.parse_args()
    print(f"{processor()}, load {os.getloadavg()[0]:.1f}\n")
    print("| administrations | workers | first answer [ms] | of it reading | drawing | a run [ms] | second pair [ms] | verdict [s] | pairs | all pairs [s] | with baselines [s] |")
    print("|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|")
    for units in (1000, None):
        about, found = measure(units, given.moves)
        both = lambda key, scale=1.0, digits=0: "{:.{d}f} ({:.{d}f})".format(  # noqa: E731
            statistics.median(each[key] for each in found) * scale, min(each[key] for each in found) * scale, d=digits)
        print(f"| {about['units']:,} | {about['workers']} | {both('first')} | {both('open')} | {both('draw')} | {both('run')} | {both('second')} | {both('verdict', 0.001, 1)} | {about['pairs']} | {both('doubt', 0.001, 1)} | {about['whole']:.1f} |")


if __name__ == "__main__":
    main()

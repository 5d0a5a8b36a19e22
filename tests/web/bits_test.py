"""The module of the workbench computes what the program computes, bit for bit, in every experiment of the repository: in node, and in
Chromium in the page itself."""

import shutil
import sys
import tempfile
import unittest

import agreement
from browser import Browser, skip_without_browser

BUILT = agreement.SOURCE / "build" / "web"
ENGINE, PAGE = BUILT / "engine.wasm", BUILT / "rathaus.html"
EXPERIMENTS = sorted(path.relative_to(agreement.SOURCE).as_posix() for path in (agreement.SOURCE / "experiments").rglob("*.toml"))

# an engine of its own beside those of the page: the same module, in a worker
IN_PAGE = """
const [files, name, done] = arguments;
(async () => {
  const { pool } = rathaus.page, own = pool.start(99), lines = [];
  for (const [path, text] of Object.entries(files)) await own.ask({ kind: "put", name: path, text });
  const { about, messages, failed } = await own.ask({ kind: "open", name, text: files[name] });
  if (!about) throw new Error(messages ?? failed);
  for (const path of Object.keys(about.variables)) lines.push(`variable ${path}`);
  for (let a = 0; a < about.theories.length; a++)
    for (let r = 0; r < 2; r++) {
      const p = Math.min(r, about.points - 1);
      for (let s = 0; s < about.scenarios.length; s++) {
        const answer = await own.ask({ kind: "digest", scenario: s, theory: a, point: p, replicate: r });
        if (!answer.digest) throw new Error(JSON.stringify(answer));
        lines.push(`run ${s} ${a} ${p} ${r} ${answer.digest}`);
      }
    }
  own.die("done");
  return lines;
})().then(done, (error) => done([`error ${error}`]));
"""


class Bits(unittest.TestCase):
    def test_every_experiment_in_node_and_in_chromium(self):
        files = {path.relative_to(agreement.SOURCE).as_posix(): path.read_text(encoding="utf-8")
                 for folder in ("models", "experiments") for path in (agreement.SOURCE / folder).rglob("*")
                 if path.suffix in (".toml", ".csv")}
        browser = Browser()
        try:
            browser.driver.set_script_timeout(1000)
            browser.open(PAGE, 1280)
            browser.run("rathaus.page.view.running = false")

            def chromium(file, name):
                texts = {**files, name: file.read_text(encoding="utf-8")}
                return browser.driver.execute_async_script(IN_PAGE, texts, name)

            node = agreement.command("node", agreement.SOURCE / "tests" / "web" / "digests.mjs", ENGINE, agreement.SOURCE)
            self.assertGreater(len(EXPERIMENTS), 15)
            for experiment in EXPERIMENTS:
                with tempfile.TemporaryDirectory() as folder:
                    agreement.compare(self, experiment, {"node": node, "Chromium": chromium}, folder)
        finally:
            browser.close()


if __name__ == "__main__":
    if not PAGE.exists() or not shutil.which("node"):
        print("skipped: build/web/rathaus.html is not built (scripts/web.sh builds it)")
        sys.exit(77)
    skip_without_browser()
    unittest.main()

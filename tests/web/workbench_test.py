"""The workbench in a real Chromium, opened from disk: by keyboard, in both languages, without a connection. What it writes passes
`rathaus check`, what is wrong is told in the program's words, and nothing is lost by it."""

import itertools
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time
import tomllib
import unittest

import h5py
import german_test
from browser import Browser, skip_without_browser

SOURCE, PROGRAM = pathlib.Path(os.environ["RATHAUS_SOURCE"]), os.environ["RATHAUS"]
PAGE, AXE = SOURCE / "build" / "web" / "rathaus.html", SOURCE / "web" / "node_modules" / "axe-core" / "axe.min.js"
PATIENCE = 300  # seconds until something that must happen has not happened; nothing is timed


class Workbench(unittest.TestCase):
    def setUp(self):
        self.browser = Browser()
        self.addCleanup(self.browser.close)

    def run_js(self, script):
        return self.browser.run(script)

    def wait(self, condition, what):
        end = time.monotonic() + PATIENCE
        while not self.run_js(f"return Boolean({condition})"):
            if time.monotonic() > end:
                self.fail(f"{what} did not happen; messages: {self.text('#messages')}")
            time.sleep(0.2)

    def start(self, width=1280, fragment="", page=PAGE, language="de"):
        self.browser.driver.get("about:blank")
        self.browser.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {
            "width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 500})
        self.browser.driver.get(page.as_uri() + fragment)
        self.wait("document.body?.dataset.ready === 'true'", "the start")
        self.pairs(1)
        if self.run_js("return document.documentElement.lang") != language:
            self.press("#language", "ENTER")
            self.wait(f"document.documentElement.lang === '{language}'", "the language")

    def pairs(self, count):
        self.wait(f"Number(document.getElementById('pairs')?.dataset.pairs ?? 0) >= {count}", f"{count} pairs")

    def area(self, land):
        """One Land, whose points are soon computed."""
        self.run_js(f"const area = document.getElementById('ask-where'); area.value = {json.dumps(land)}; area.dispatchEvent(new Event('change'))")
        self.wait("rathaus.page.about.units < 1000", "the area")

    def hold(self):
        """Nothing is begun any more, and what is computed is shown."""
        self.run_js("rathaus.page.view.running = false")
        self.wait("rathaus.page.pool.workers.every(({ busy }) => !busy)", "the end of what was begun")
        self.run_js("rathaus.page.redraw()")

    def go_on(self):
        self.run_js("rathaus.page.view.running = true; rathaus.page.pool.kick()")

    def text(self, selector):
        return self.run_js(f"return document.querySelector({json.dumps(selector)})?.textContent ?? ''")

    def press(self, selector, *keys):
        """Keys of a keyboard, at an element that the focus can reach; one that is drawn anew at this moment keeps the focus."""
        from selenium.common.exceptions import ElementNotInteractableException, StaleElementReferenceException
        from selenium.webdriver.common.keys import Keys
        for _ in range(5):
            element = self.run_js(f"const it = document.querySelector({json.dumps(selector)}); it.focus(); return document.activeElement === it ? it : null")
            self.assertIsNotNone(element, f"{selector} takes the focus")
            try:
                return element.send_keys(*[getattr(Keys, key) for key in keys])
            except (StaleElementReferenceException, ElementNotInteractableException):
                time.sleep(0.2)
        self.fail(f"{selector} is drawn anew all the time")

    def drop(self, name, text):
        self.run_js(f"""const transfer = new DataTransfer(); transfer.items.add(new File([{json.dumps(text)}], {json.dumps(name)}));
            dispatchEvent(new DragEvent('drop', {{ dataTransfer: transfer, bubbles: true, cancelable: true }}));""")

    def accessible(self, what):
        self.run_js("rathaus.page.view.running = false")
        self.run_js(AXE.read_text(encoding="utf-8"))
        found = self.browser.driver.execute_async_script(
            "const done = arguments[0]; axe.run().then((r) => done(r.violations.map((v) => v.id + ': ' + v.nodes[0].html)))")
        self.assertEqual(found, [], what)
        self.run_js("rathaus.page.view.running = true; rathaus.page.pool.kick()")

    def checked(self, text):
        """What `rathaus check` says of a text of the page."""
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder) / "page.toml"
            file.write_text(text.replace('"../models/germany"', '"germany"'), encoding="utf-8")
            return subprocess.run([PROGRAM, "check", file], capture_output=True, text=True)

    def test_walk(self):
        self.start()
        self.pairs(2)
        before = self.text(".sentences")
        self.assertIn("einheitlich", before)
        self.assertIn("bis 2035", before)
        self.assertIn("Kommunen mit KI", before)
        self.assertIn("Kommunen unter 5.000 Einwohnern, finanzschwach", before)  # as the example asks

        # a lever by keyboard: the budget, one step
        self.run_js("""[...document.querySelectorAll('.lever')].find((l) => l.textContent.includes('Budget')).querySelector('input[type=range]').id = 'budget'""")
        self.press("#budget", "ARROW_LEFT")
        budget = "rathaus.page.experiment.designs[0].programmes[0].keys.budget.per_year"
        self.wait(f"{budget} === 11900000", "the lever")
        self.wait(f"document.querySelector('.sentences') && document.querySelector('.sentences').textContent !== {json.dumps(before)}", "another answer")

        # what is asked is part of the experiment
        self.press("#ask-size", "ARROW_DOWN")
        self.press("#ask-fiscal", "ARROW_DOWN")
        self.wait("document.querySelector('.sentences')?.textContent.includes('Kommunen mit 5.000 bis 20.000 Einwohnern, mittlere Finanzkraft')", "the question")

        # the link: the same state again
        link = self.browser.driver.execute_async_script("rathaus.link().then(arguments[0])")
        self.wait(f"location.hash === {json.dumps(link)}", "the link")
        self.start(fragment=link)
        self.assertEqual(self.run_js(f"return {budget}"), 11900000)
        self.assertEqual(self.run_js("return rathaus.page.view.group"), {"size": "5k-20k", "fiscal": "middle"})

        # the file: what the page writes passes the program, and the page reads it back as it was
        text = self.run_js("return rathaus.text()")
        answer = self.checked(text)
        self.assertEqual(answer.returncode, 0, answer.stderr)
        self.assertIn("[question]", text)
        self.drop("again.toml", text)
        self.wait("rathaus.page.view.example === ''", "the file")
        self.assertEqual(self.run_js("return rathaus.text()"), text)
        self.assertEqual(self.run_js("return rathaus.page.view.group"), {"size": "5k-20k", "fiscal": "middle"})

        # a municipality at random
        self.press("#story-random", "ENTER")
        self.wait("rathaus.page.view.unit > 0", "another municipality")

        # nothing has left the page
        asked = [json.loads(entry["message"])["message"] for entry in self.browser.driver.get_log("performance")]
        urls = [each["params"]["request"]["url"] for each in asked if each["method"] == "Network.requestWillBeSent"]
        self.assertEqual([url for url in urls if not url.startswith(("file:", "blob:", "data:", "about:"))], [])
        self.assertEqual([line for line in self.browser.complaints() if "Refused" in line or "violates" in line], [])

    def test_accessible(self):
        for language, scheme, width in itertools.product(("de", "en"), ("light", "dark"), (1280, 390)):
            self.browser.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": scheme}]})
            with self.subTest(language=language, scheme=scheme, width=width):
                self.start(width=width, language=language)
                self.pairs(2)
                self.accessible(f"{language}, {scheme}, {width}")
                self.assertLessEqual(self.run_js("return document.documentElement.scrollWidth"), width + 1)

    def test_prints_to_one_page(self):
        """With every point of every theory, so that nothing is missing: of one Land, where they are soon computed."""
        for language in ("de", "en"):
            with self.subTest(language), tempfile.TemporaryDirectory() as folder:
                self.start(language=language)
                self.area("Sachsen")
                self.wait("Number(document.getElementById('pairs').dataset.pairs) === Number(document.getElementById('pairs').dataset.of)", "all points")
                file = pathlib.Path(folder) / "page.pdf"
                file.write_bytes(self.browser.pdf())
                told = subprocess.run(["pdfinfo", file], check=True, capture_output=True, text=True).stdout
                text = subprocess.run(["pdftotext", "-layout", file, "-"], check=True, capture_output=True, text=True).stdout
                self.assertRegex(told, r"Pages:\s+1\n")
                # what was computed stands on the paper: area, units, points, and each design with its rate, pot and recipients
                for german, english in (("Was gerechnet wurde", "What was computed"), ("Sachsen", "Sachsen"), ("Punkten je Entwurf", "points a design"),
                                        ("Fördersatz Pilotvorhaben", "Rate for pilots"), ("Budget je Jahr [Mio. Euro]", "Budget a year [million EUR]"),
                                        ("Zuwendungsempfänger", "Who may apply"), ("Was entscheidet", "What decides")):
                    self.assertIn(german if language == "de" else english, text)

    def test_an_answer_of_few_points_is_provisional(self):
        """It says so in the place of the verdict and at every figure, until there is a verdict."""
        badges = "[...document.querySelectorAll('.sentence, figure > h3')].map((each) => each.querySelector('.verdict')?.textContent ?? '')"
        for language, told in (("de", r"^vorläufig: \d+ von 96 Punkten$"), ("en", r"^provisional: \d+ of 96 points$")):
            self.start(language=language)
            self.area("Sachsen")
            self.pairs(1)
            self.hold()
            self.assertGreater(len(self.run_js(f"return {badges}")), 8)
            for badge in self.run_js(f"return {badges}"):
                self.assertRegex(badge, told)
        self.go_on()
        self.wait("document.querySelector('.sentence .is-provisional') === null", "the verdicts")
        self.assertGreaterEqual(self.run_js("return Number(document.getElementById('pairs').dataset.pairs)"), 16)
        self.assertEqual([badge for badge in self.run_js(f"return {badges}") if "provisional" in badge], [])

    def test_a_dot_is_a_point(self):
        """Fifty stand for more; a gain of nothing stands on the line of zero, and the line below is the range."""
        self.start()
        self.run_js("rathaus.page.experiment.designs[3].programmes = []")
        self.area("Sachsen")
        for points, told in ((3, "Jede Marke ist ein gerechneter Punkt"), (51, "Fünfzig Marken")):
            self.pairs(points)
            self.hold()
            drawn = self.run_js("""const figure = document.querySelector('figure[aria-labelledby^=f-So-verteilt]'), colours = ['#005a8d', '#a34700', '#00694b', '#8a3f74'];
                const at = (name) => (mark) => Number(mark.getAttribute(name)), all = (what) => [...figure.querySelectorAll(what)];
                return { caption: figure.querySelector('figcaption').textContent, zero: at('x1')(figure.querySelector('.zero')),
                  dots: colours.map((colour) => [...all(`circle[fill="${colour}"]`).map(at('cx')), ...all(`rect[fill="${colour}"]`).map((mark) => at('x')(mark) + 3)]),
                  lines: colours.slice(0, 3).map((colour) => all(`line[stroke="${colour}"]`).slice(0, 1).map((line) => at('x2')(line) - at('x1')(line))[0]),
                  gains: rathaus.answers().map(({ gains }) => gains.flat()) }""")
            self.assertIn(told, drawn["caption"])
            self.assertEqual([len(dots) for dots in drawn["dots"]], [min(50, len(gains)) for gains in drawn["gains"]])
            # one scale for all: each line reaches over the range, which leaves out the first and the last of more than 47
            ranges = [sorted(gains)[points >= 48:len(gains) - (points >= 48)] for gains in drawn["gains"][:3]]
            scale = [width / (of[-1] - of[0]) for width, of in zip(drawn["lines"], ranges)]
            self.assertAlmostEqual(min(scale) / max(scale), 1)
            for place in drawn["dots"][3]:
                self.assertAlmostEqual(place, drawn["zero"])
            self.go_on()

    def test_ranges_have_one_width(self):
        """It is told in the same words in each place that shows one."""
        self.start()
        self.area("Sachsen")
        self.pairs(49)
        self.hold()
        n = self.run_js("return rathaus.answers()[0].gains.flat().length")
        for selector in (".sentences .honest", "[aria-labelledby^=f-So-verteilt] figcaption", "[aria-labelledby^=f-Zugewinn] figcaption", "[aria-labelledby^=f-Was-jede] figcaption",
                         "[aria-labelledby^=f-Gewinner] figcaption", "[aria-labelledby^=f-Anbieter] figcaption"):
            told = self.text(selector)
            self.assertIn(f"Median und Spanne (2. bis {n - 1}. von {n}", told)
            self.assertRegex(told, r"von \d+ Punkten\)")
        self.assertEqual(self.run_js("return [...document.querySelectorAll('.lever small')].filter((each) => each.textContent.includes('Spanne')).length"), 0)
        self.press("#language", "ENTER")
        self.wait("document.documentElement.lang === 'en'", "the language")
        self.assertRegex(self.text(".sentences .honest"), r"median and range \(2nd to \d+(st|nd|rd|th) of \d+")

    def test_what_one_more_costs_is_in_sight(self):
        """A line for each design, which nothing has to be scrolled for."""
        for width, language, told in ((1280, "de", "Öffentliches Geld je zusätzlicher Kommune mit KI"), (400, "en", "Public money per additional municipality with AI")):
            self.start(width=width, language=language)
            lines = self.run_js("""return [...document.querySelectorAll('.costs li')].map((line) => { const range = document.createRange(); range.selectNodeContents(line);
                const { left, right } = range.getBoundingClientRect(); return [line.textContent, left, right, line.closest('.scroll') === null]; })""")
            self.assertEqual(len(lines), 5)
            self.assertEqual(lines[0][0], told + ":")
            for line, left, right, free in lines:
                self.assertTrue(free and left >= 0 and right <= width, line)
                self.assertRegex(line, r"(Euro|EUR)( |$)|Preis|price|:$")

    def test_one_land_is_chosen_by_two_presses(self):
        self.start()
        self.run_js("rathaus.page.view.running = false; document.getElementById('tab-0').click()")
        eligible = "rathaus.page.experiment.designs[0].programmes[0].keys.eligible"
        self.run_js("""const details = [...document.querySelectorAll('.programme details')].find((each) => each.textContent.startsWith('Länder')); details.open = true;
            const [all, none] = details.querySelectorAll('button'); all.id = 'all-lands'; none.id = 'no-land';
            [...details.querySelectorAll('label')].find((each) => each.textContent.includes('Hessen')).querySelector('input').id = 'hesse'""")
        self.press("#no-land", "ENTER")
        lands = "[...document.querySelector('#hesse').closest('fieldset').querySelectorAll('input')]"
        self.assertEqual(self.run_js(f"return {lands}.filter((box) => box.checked).length"), 0)
        self.assertIn("keine Einschränkung", self.run_js("return document.getElementById('hesse').closest('fieldset').textContent"))
        self.press("#hesse", "SPACE")
        self.assertEqual(self.run_js(f"return {eligible}.land"), ["Hessen"])
        self.assertNotIn("keine Einschränkung", self.run_js("return document.getElementById('hesse').closest('fieldset').textContent"))
        self.press("#all-lands", "SPACE")
        self.assertEqual(self.run_js(f"return [{lands}.length, {lands}.every((box) => box.checked), {eligible}.land ?? null]"), [16, True, None])

    def test_a_name_that_nobody_has(self):
        """It is told with the nearest names, stays told while the page computes on, and one of them is chosen by a press."""
        self.start()
        known = self.run_js("return rathaus.page.about.names[7]")
        wrong = known[:2] + "qq" + known[2:]
        self.run_js("document.getElementById('story-unit').select()")
        from selenium.webdriver.common.keys import Keys
        self.browser.driver.find_element("id", "story-unit").send_keys(wrong, Keys.ENTER)
        self.wait("document.getElementById('story-unknown')", "the message")
        self.assertIn(f"Keine Kommune heißt „{wrong}“", self.text("#story-unknown"))
        self.assertIn(f"Keine Kommune heißt „{wrong}“", self.text("#live"))
        self.assertEqual(self.run_js("const it = document.getElementById('story-unit'); return [it.value, it.getAttribute('aria-invalid'), document.activeElement === it]"), [wrong, "true", True])
        names = self.run_js("return [...document.querySelectorAll('#story-unknown button')].map((each) => each.textContent)")
        self.assertIn(known, names)
        self.press("#add-programme", "TAB")
        now = self.run_js("return Number(document.getElementById('pairs').dataset.pairs)")
        self.pairs(now + 2)
        self.assertIn(wrong, self.text("#story-unknown"))
        self.press(f"#story-near-{names.index(known)}", "ENTER")
        self.wait("rathaus.page.view.unit === 7", "the municipality")
        self.assertEqual(self.run_js("const it = document.getElementById('story-unit'); return [it.value, document.getElementById('story-unknown'), document.activeElement === it]"), [known, None, True])
        self.press("#story-random", "ENTER")
        self.wait("rathaus.page.view.unit !== 7", "another one")
        self.assertEqual(self.run_js("return document.activeElement.id"), "story-random")

    def test_labels_are_whole(self):
        """Also on a phone, within their picture, none over another; designs whose names begin alike are told apart."""
        names = ["Zuschuss für kleine Gemeinden mit Beratung", "Zuschuss für kleine Gemeinden ohne Beratung", "Donaudampfschifffahrtsgesellschaftskapitän", "kurz"]
        for width in (400, 1280):
            self.start(width=width)
            self.run_js(f"{json.dumps(names)}.forEach((name, d) => {{ rathaus.page.experiment.designs[d].label = {{ de: name, en: name }}; }}); rathaus.page.redraw()")
            self.hold()
            for figure in ("So-verteilt", "Zugewinn", "Wer-gef"):
                told = self.run_js(f"""const svg = document.querySelector('figure[aria-labelledby^=f-{figure}] svg[role=img]'), whole = svg.getBoundingClientRect();
                    return [...svg.querySelectorAll('.label')].map((label) => {{ const {{ left, right, top, bottom }} = label.getBoundingClientRect();
                      return [label.textContent, left >= whole.left && right <= whole.right && top >= whole.top - 1 && bottom <= whole.bottom, top, bottom]; }})""")
                self.assertEqual({text.replace(" ", "") for text, *_ in told}, {name.replace(" ", "") for name in names}, figure)
                self.assertTrue(all(inside for _, inside, *_ in told), (width, figure, told))
                if figure == "Zugewinn":
                    ends = sorted((top, bottom) for *_, top, bottom in told)
                    self.assertTrue(all(below[0] > above[1] - 6 for above, below in itertools.pairwise(ends)), ends)

    def test_focus_goes_to_what_was_added(self):
        """Also once the engine has read it; what is removed leaves the focus to its neighbour, and a message to what had it before."""
        self.start()
        focus = "document.activeElement.id"

        def read(designs, elements, what):
            self.wait(f"rathaus.page.about.scenarios.length === {1 + designs} && rathaus.page.about.scenarios[rathaus.page.view.selected + 1].programmes.length === {elements}", what)
            return self.run_js(f"return {focus}")
        self.press("#remove-design", "ENTER")
        self.assertEqual(read(3, 1, "three designs"), "tab-0")
        self.press("#add-design", "ENTER")
        self.assertEqual(read(4, 0, "a design"), "tab-3")
        self.press("#remove-design", "ENTER")
        self.assertEqual(read(3, 2, "three designs again"), "tab-2")
        self.press("#copy-design", "ENTER")
        self.assertEqual(read(4, 2, "a copy"), "tab-3")
        self.press("#add-programme", "ARROW_DOWN")
        self.assertEqual(read(4, 3, "an element"), "element-2")
        self.assertTrue(self.run_js("return document.activeElement.parentElement.open"))
        self.run_js("document.getElementById('element-2').parentElement.querySelector(':scope > button').id = 'remove-element'")
        self.press("#remove-element", "ENTER")
        self.assertEqual(read(4, 2, "two elements"), "element-1")

        # a lever that draws others anew keeps the focus, and a name that is changed leaves it to what comes next
        rule = self.run_js("return [...document.querySelectorAll('#design select')].find((each) => each.labels[0]?.textContent === 'Auswahl').id")
        self.press(f"#{rule}", "ARROW_DOWN")
        self.assertEqual(self.run_js("return document.activeElement.labels[0].textContent"), "Auswahl")
        self.press("#design-name", "END", "SPACE")
        self.browser.driver.switch_to.active_element.send_keys("neu\t")
        self.assertEqual(self.run_js(f"return {focus}"), "element-0")
        self.assertIn("neu", self.text("#tab-3"))

        self.run_js("document.getElementById('save').focus()")
        self.drop("picture.png", "")
        self.wait("document.querySelector('#messages button')", "the message")
        self.press("#messages button", "ENTER")
        self.assertEqual(self.run_js(f"return {focus}"), "save")

    def test_design_against_design(self):
        """Each two at the same points; with one design nothing is compared."""
        self.start()
        self.area("Sachsen")
        self.pairs(20)
        self.hold()
        rows = self.run_js("return [...document.querySelectorAll('[aria-labelledby^=f-Entwurf-gegen] tbody tr')].map((row) => [...row.children].map((cell) => cell.textContent))")
        self.assertEqual(len(rows), 6 * 3)
        self.assertEqual(rows[0][0], "„einheitlich“ gegen „gestaffelt“")
        leads = self.run_js("return rathaus.duels()[0].leads.flat()")
        self.assertRegex(rows[0][1], rf"\({sum(lead > 0.001 for lead in leads)}\xa0:\xa0{sum(lead < -0.001 for lead in leads)} von {len(leads)}\)$")
        self.assertRegex(self.text(".sentences"), "(Kein Entwurf ist der bessere|ist der bessere Entwurf)")
        for _ in range(3):
            self.press("#remove-design", "ENTER")
        self.wait("rathaus.page.about.scenarios.length === 2", "one design")
        self.go_on()
        self.pairs(20)
        self.wait("document.querySelector('[aria-labelledby^=f-Entwurf-gegen]') === null", "no table")
        self.assertNotIn("der bessere", self.text(".sentences"))

    def test_a_rate_of_nothing_cannot_be_entered(self):
        self.start()
        self.run_js("rathaus.page.view.running = false; document.getElementById('tab-0').click()")
        rate = "[...document.querySelectorAll('.lever')].find((each) => each.querySelector('label').textContent.startsWith('Fördersatz'))"
        told = self.run_js(f"""const field = {rate}.querySelector('input[type=text]'); field.value = '0'; field.dispatchEvent(new Event('change'));
            return [field.getAttribute('aria-invalid'), {rate}.querySelector('small').textContent];""")
        self.assertEqual(told, ["true", "Möglich sind 1 bis 100."])

    def test_four_designs_are_the_most_and_the_page_says_so(self):
        self.start()
        self.assertIn("höchstens vier Entwürfe", self.run_js("return document.getElementById('designs').textContent"))
        self.run_js("rathaus.page.experiment.designs.splice(1); document.getElementById('tab-0').click()")
        self.assertNotIn("höchstens vier Entwürfe", self.run_js("return document.getElementById('designs').textContent"))
        self.assertIsNotNone(self.run_js("return document.getElementById('add-design')"))

    def test_every_word_is_there(self):
        """Theories, numbers of their ensembles and kinds and ports of the catalogue have words in both languages."""
        self.start()
        self.assertEqual(self.run_js("""const { page, page: { catalogue } } = rathaus;
            const keys = [...page.about.theories.map((name) => `theory_${name}`), ...page.about.numbers.filter((name) => !name.startsWith("programme.")).map((name) => `number_${name}`), ...Object.keys(catalogue).map((kind) => `kind_${kind}`),
              ...Object.values(catalogue).flatMap(({ ports }) => Object.keys(ports).map((port) => `port_${port}`))];
            return [...new Set(keys)].filter((key) => !rathaus.words.includes(key));"""), [])

    def test_every_design_is_built_by_hand(self):
        """Each kind of the catalogue with what the page proposes is an experiment."""
        self.start()
        self.run_js("rathaus.page.view.running = false")
        kinds = self.run_js("return Object.keys(rathaus.page.catalogue)")
        self.assertGreater(len(kinds), 8)
        self.run_js("document.getElementById('tab-0').click(); rathaus.page.experiment.designs.splice(1);")
        for kind in kinds:
            self.run_js(f"""const it = document.getElementById('add-programme'); it.value = {json.dumps(kind)}; it.dispatchEvent(new Event('change'));""")
        self.wait(f"rathaus.page.about.scenarios[1]?.programmes.length === {1 + len(kinds)}", "the reading")
        self.assertEqual(self.text("#messages"), "")
        answer = self.checked(self.run_js("return rathaus.text()"))
        self.assertEqual(answer.returncode, 0, answer.stderr)

    def test_bad_input(self):
        self.start(fragment="#1.abc")
        self.assertRegex(self.text("#messages"), "abgeschnitten|is cut")
        text = self.run_js("return rathaus.text()")
        self.drop("broken.toml", 'title = "x"\nmodel = "../models/germany"\n[replicates]\nat_leest = 2\n')
        self.wait("document.getElementById('messages').textContent.includes('broken.toml:4:1')", "the message")
        self.assertIn("unbekannter Schlüssel ‚replicates.at_leest‘", self.text("#messages"))
        self.drop("broken.csv", "id;name\n1;A\n")
        self.wait("document.getElementById('messages').textContent.includes('population.csv')", "the message")
        self.drop("picture.png", "")
        self.wait("document.getElementById('messages').textContent.includes('weder')", "the message")
        with tempfile.TemporaryDirectory() as folder:
            for name, format_, told in (("new.h5", "rathaus-results 2.0, see docs/file_format.md", "new.h5 hat das Format 2.0"),
                                        ("other.h5", None, "other.h5 ist kein Ergebnis")):
                file = pathlib.Path(folder) / name
                with h5py.File(file, "w", libver=("earliest", "v110")) as made:
                    made["provenance/format" if format_ else "x"] = format_ or 1
                self.browser.driver.find_element("id", "file").send_keys(str(file))
                self.wait(f"document.getElementById('messages').textContent.includes({json.dumps(told)})", "the message")
        self.assertEqual(self.run_js("return rathaus.text()"), text, "nothing is lost")
        # outside its hard bounds nothing is entered
        self.run_js("""const field = [...document.querySelectorAll('.lever')].find((l) => l.textContent.includes('Fördersatz')).querySelector('input[type=text]');
            field.value = '140'; field.dispatchEvent(new Event('change')); field.id = 'rate';""")
        self.assertEqual(self.run_js("return document.getElementById('rate').getAttribute('aria-invalid')"), "true")
        self.assertEqual(self.run_js("return rathaus.text()"), text)
        self.pairs(1)

    def test_messages_are_those_of_the_program(self):
        """In both languages, line by line."""
        head = 'title = "x"\nmodel = "germany"\n'
        for language in ("de", "en"):
            self.start(language=language)
            self.run_js("rathaus.page.view.running = false")
            for name, text in (("wrong", german_test.WRONG), ("unread", head + "[replicates\n"), ("bracket", head + '[programme."a (b) c"]\nfield = "x (y)"\n'),
                               ("few", head + "[replicates]\nat_least = 0\n[time]\nquarters = -1\n"), ("number", head + '[parameters]\nu0 = "many"\nbeta_pear = 1\n')):
                with tempfile.TemporaryDirectory() as folder:
                    (pathlib.Path(folder) / f"{name}.toml").write_text(text, encoding="utf-8")
                    theirs = subprocess.run([PROGRAM, "check", f"{name}.toml", "--lang", language], cwd=folder, capture_output=True, text=True).stderr
                self.drop(f"{name}.toml", text)
                self.wait(f"document.querySelector('#messages pre')?.textContent.includes('{name}.toml')", "the message")
                with self.subTest(language=language, name=name):
                    self.assertEqual([line.split(".toml:", 1)[1] for line in self.text("#messages pre").splitlines()], [line.split(".toml:", 1)[1] for line in theirs.splitlines()])
        # a note of the engine, too
        self.start()
        self.drop("note.toml", (SOURCE / "experiments" / "own_share.toml").read_text(encoding="utf-8") + "\n[parameters]\nu0 = -6.0\n")
        self.wait("document.querySelector('#answer > .honest')?.textContent.includes('Unsicherheit: ')", "the note")

    def test_population(self):
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder) / "sachsen.csv"
            subprocess.run([PROGRAM, "population", "germany", "-o", file], check=True, capture_output=True)
            lines = file.read_text(encoding="utf-8").splitlines()
        self.start()
        self.drop("sachsen.csv", "\n".join(lines[:301]) + "\n")
        self.wait("rathaus.page.about.units === 300", "the population")
        self.wait("document.getElementById('foot').textContent.includes('300 Verwaltungen')", "the foot")
        self.pairs(2)

    def test_worker_that_dies(self):
        self.start()
        self.run_js("rathaus.page.pool.replace(rathaus.page.pool.workers[0], 'killed by the test')")
        self.assertIn("killed by the test", self.text("#messages"))
        self.wait("!rathaus.page.pool.workers[0].dead && !rathaus.page.pool.workers[0].busy || rathaus.page.pool.workers[0].version > 0", "a new worker")
        now = self.run_js("return Number(document.getElementById('pairs').dataset.pairs)")
        self.pairs(now + 2)

    def test_one_core(self):
        self.browser.driver.execute_cdp_cmd("Emulation.setHardwareConcurrencyOverride", {"hardwareConcurrency": 1})
        self.start()
        self.assertEqual(self.run_js("return [navigator.hardwareConcurrency, rathaus.page.pool.workers.length]"), [1, 1])
        self.pairs(2)

    def test_background_tab(self):
        """What nobody sees is not computed on; what is begun ends, and nothing is lost."""
        self.start()
        self.run_js("""Object.defineProperty(document, 'hidden', { configurable: true, get: () => window.away });
            window.away = true; document.dispatchEvent(new Event('visibilitychange'));""")
        self.wait("rathaus.page.pool.workers.every(({ busy }) => !busy)", "the end of what was begun")
        runs = "return rathaus.page.results.runs.size"
        before = self.run_js(runs)
        time.sleep(2)
        self.assertEqual(self.run_js(runs), before)
        self.run_js("window.away = false; document.dispatchEvent(new Event('visibilitychange'));")
        self.wait(f"rathaus.page.results.runs.size > {before}", "going on")

    def test_results_that_begin_later(self):
        """Units that ran a service before are those of the program, and the story says so."""
        text = """title = "later"
model = "germany"
doubt = "none"
[population]
units = 300
[time]
start = "2025-Q1"
quarters = 40
[programme.call]
from = "pilot_grant"
window = { first = "2026-Q1", length = 4 }
budget = { total = 2_000_000 }
award = { rule = "lottery" }
[scenario.none]
baseline = true
programmes = []
[scenario.call]
programmes = ["call"]
[replicates]
at_least = 2
[output]
groups = ["size_class_and_fiscal_class"]
"""
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder)
            (path / "later.toml").write_text(text, encoding="utf-8")
            subprocess.run([PROGRAM, "run", "later.toml", "--quiet"], cwd=path, check=True)
            with h5py.File(path / "later.h5") as file:
                before = file["municipalities/operated_before"][0].astype(bool)
        self.assertTrue(before.any())
        self.start()
        self.drop("later.toml", text)
        self.wait("rathaus.page.about.start === '2025-Q1'", "the file")
        first = "[...rathaus.page.results.runs].filter(([key]) => key.endsWith('|0|0')).at(-1)?.[1].first_operation"
        self.wait(f"{first}?.length === {len(before)}", "a run of this file, not of the one before")
        self.assertEqual(self.run_js(f"return [...{first}].map((quarter) => quarter === -2)"), before.tolist())
        self.assertIn('start = "2025-Q1"', self.run_js("return rathaus.text()"))
        self.run_js(f"rathaus.page.view.unit = {int(before.argmax())}; rathaus.page.answer_soon()")
        self.wait("document.querySelector('.story')?.textContent.includes('vor 2025-Q1')", "the story")

    def test_experiment_inside(self):
        with tempfile.TemporaryDirectory() as folder:
            folder = pathlib.Path(folder)
            own = folder / "calls.toml"
            own.write_text((SOURCE / "experiments" / "calls.toml").read_text(encoding="utf-8"), encoding="utf-8")
            written = subprocess.run([PROGRAM, "workbench", own, "-o", folder / "calls.html"], capture_output=True, text=True)
            self.assertEqual(written.returncode, 0, written.stderr)
            self.start(page=folder / "calls.html")
            self.assertEqual(self.run_js("return rathaus.page.about.title"), tomllib.loads(own.read_text(encoding="utf-8"))["title"]["en"])
            self.run_js("rathaus.page.view.language = 'de'; rathaus.page.redraw()")
            for told in ("Warten Pilotvorhaben auf den Aufruf", "Aufruf nach Güte"):
                self.wait(f"document.body.innerText.includes('{told}')", told)
            self.assertEqual(self.run_js("return rathaus.text()").splitlines()[0],
                             'title = { en = "Calls: one announced merit call a year", de = "Aufrufe: jedes Jahr ein angekündigter Wettbewerb" }')
            again = subprocess.run([PROGRAM, "workbench", own, "-o", folder / "calls.html"], capture_output=True, text=True)
            self.assertEqual(again.returncode, 1)


if __name__ == "__main__":
    if not PAGE.exists():
        print("skipped: build/web/rathaus.html is not built (scripts/web.sh builds it)")
        sys.exit(77)
    skip_without_browser()
    unittest.main()

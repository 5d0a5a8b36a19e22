"""A headless Chromium with device metrics of our choice, driven by Debian's selenium."""

import base64
import shutil
import sys

CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")


def skip_without_browser():
    if not CHROMIUM or not DRIVER:
        print("skipped: no chromium or no chromedriver (apt-get install chromium chromium-driver)")
        sys.exit(77)


class Browser:
    def __init__(self):
        from selenium import webdriver
        from selenium.webdriver.chrome.service import Service
        options = webdriver.ChromeOptions()
        options.binary_location = CHROMIUM
        for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"):
            options.add_argument(argument)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        self.driver = webdriver.Chrome(service=Service(DRIVER), options=options)

    def close(self):
        self.driver.quit()

    def open(self, path, width):
        """A window is never narrower than 500 pixels; device metrics are what a phone has."""
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {
            "width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 500})
        self.driver.get(path.as_uri())

    def run(self, script):
        return self.driver.execute_script(script)

    def complaints(self):
        return [entry["message"] for entry in self.driver.get_log("browser")]

    def pdf(self):
        answer = self.driver.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True,
                                                                 "printBackground": True})
        return base64.b64decode(answer["data"])

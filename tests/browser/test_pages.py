"""Every page, at both widths and in both schemes: accessible, within its width, without a complaint, without a jump."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Route, expect

from demos.experiments import EXPERIMENTS
from tests.browser.reader import LESSON, Reader
from tests.running import RunningSite

PAGES = [
    "/",
    LESSON,
    "/lessons/defining-tasks/recall/",
    "/quiz/defining-tasks/",
    "/review/",
    "/review/defining-tasks/",
    "/demos/blocking/",
    "/demos/celery/",
    "/demos/blocking/?seconds=0",
    "/demos/experiments/",
    *(f"/demos/experiments/{name}/" for name in EXPERIMENTS),
    "/progress/",
    "/learners/my-data/",
    "/learners/account/",
    "/learners/account/sign-up/",
    "/learners/account/sign-in/",
    "/learners/account/reset/",
    "/learners/account/reset/sent/",
]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_accessible_and_fits_at_both_widths_in_both_schemes(reader: Reader, path: str):
    reader.open(path)
    reader.check_every_look()


@pytest.mark.parametrize(
    ("path", "way_out"),
    [
        ("/nothing/", "To the course"),
        ("/demos/runs/unknown/", "To the demo"),
        ("/demos/blocking/?seconds=11", "To the demo"),
    ],
)
def test_an_error_page_is_ours_and_leads_on(reader: Reader, path: str, way_out: str):
    with reader.expecting("Failed to load resource"):
        reader.open(path)
    assert reader.page.get_by_role("heading", level=1).is_visible()
    assert reader.page.get_by_role("link", name=way_out).is_visible()
    reader.check_accessible()


@pytest.mark.parametrize("width", [1280, 360])
def test_nothing_on_the_lesson_jumps_when_the_quiz_comes_late(
    sit_down: Callable[..., Reader], site: RunningSite, width: int
):
    reader = sit_down(site, viewport={"width": width, "height": 800})
    page = reader.page
    waiting: list[Route] = []

    def keep(route: Route) -> None:
        waiting.append(route)

    page.route("**/quiz/defining-tasks/", keep)  # until somebody looks at its place
    with page.expect_request("**/quiz/defining-tasks/"):
        page.goto(site.url + LESSON)
        page.get_by_role("heading", name="Check yourself").scroll_into_view_if_needed()
    expect(page.get_by_role("link", name="Take the quiz")).to_be_visible()
    assert waiting
    for route in waiting:
        route.continue_()
    expect(page.get_by_role("button", name="Answer")).to_be_attached()
    assert reader.shifts() == 0


@pytest.mark.parametrize("path", ["/", LESSON])
def test_a_first_visit_costs_at_most_60_kb_and_30_kb_of_them_javascript(reader: Reader, path: str):
    """Counted as sent: heads and compressed bodies, of everything that the page loads by itself."""
    session = reader.page.context.new_cdp_session(reader.page)
    session.send("Network.enable")
    kinds: dict[str, str] = {}
    sent: dict[str, float] = {}

    def received(event: dict[str, Any]) -> None:
        kinds[event["requestId"]] = event["type"]

    def finished(event: dict[str, Any]) -> None:
        sent[event["requestId"]] = event["encodedDataLength"]

    session.on("Network.responseReceived", received)
    session.on("Network.loadingFinished", finished)
    reader.open(path)
    scripts = sum(size for request, size in sent.items() if kinds[request] == "Script")
    assert 0 < scripts <= 30 * 1024
    assert scripts < sum(sent.values()) <= 60 * 1024


def test_a_code_sample_can_be_copied_where_there_is_no_clipboard(sit_down: Callable[..., Reader], site: RunningSite):
    reader = sit_down(site)
    reader.page.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    reader.open()
    sample = reader.page.locator(".highlight").first
    sample.get_by_role("button", name="Copy").click()
    said = sample.get_by_role("status")
    said.filter(has_text="Copied").or_(said.filter(has_text="Selected")).wait_for()
    assert "def build_report" in reader.page.evaluate("getSelection().toString()")


def test_a_code_sample_can_be_copied_to_the_clipboard(sit_down: Callable[..., Reader], site: RunningSite):
    reader = sit_down(site, permissions=["clipboard-read", "clipboard-write"])
    reader.open()
    sample = reader.page.locator(".highlight").first
    sample.get_by_role("button", name="Copy").click()
    sample.get_by_role("status").filter(has_text="Copied").wait_for()
    assert "def build_report" in reader.page.evaluate("navigator.clipboard.readText()")


def test_the_keyboard_can_skip_to_the_text(reader: Reader):
    reader.open()
    reader.page.keyboard.press("Tab")
    assert reader.page.evaluate("document.activeElement.textContent") == "Skip to the text"
    reader.page.keyboard.press("Enter")
    assert reader.page.evaluate("document.activeElement.id") == "main"

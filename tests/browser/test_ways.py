"""Four ways to wait, walked by a reader: each measured, in one table, and there again after coming back."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Locator, expect

from tests.browser.measuring import Posts, in_words
from tests.browser.reader import Reader
from tests.running import RunningSite

RECORDED = Path(settings.BASE_DIR) / "content/defining-tasks/recorded.md"
NO_STORAGE = """
Object.defineProperty(window, "sessionStorage", { get() { throw new DOMException("denied", "SecurityError"); } });
"""


def ways(reader: Reader) -> Locator:
    """The folded part, opened."""
    fold = reader.page.locator("details.ways")
    if fold.get_attribute("open") is None:
        fold.locator("summary").click()
    return fold


def cell(reader: Reader, way: str, figure: str) -> Locator:
    return reader.page.locator(f'.ways-table tr[data-way="{way}"] td[data-figure="{figure}"]')


def stay(reader: Reader, button: str) -> None:
    """Use a way that stays on the page, until it says what came of it."""
    ways(reader).get_by_role("button", name=button).click()
    expect(ways(reader).get_by_role("status")).to_contain_text("INP of this click", timeout=15_000)


def arrival(reader: Reader) -> Locator:
    said = reader.page.locator("[data-arrival]")
    expect(said).to_contain_text("Measured: TTFB", timeout=15_000)
    return said


def test_each_way_is_measured_and_the_table_says_where_the_wait_went(reader: Reader):
    reader.open()
    posts = Posts(reader)
    stay(reader, "Fetch it")
    fetched = posts.of("fetch")
    assert fetched["click-to-response"] >= 3000
    assert fetched.get("inp", 16) < 200
    ways(reader).get_by_role("button", name="Send it synchronously").click()
    stay(reader, "Freeze it")
    frozen = posts.of("sync")
    assert frozen["inp"] >= 3000
    assert frozen["handler"] >= 3000
    expect(cell(reader, "sync", "inp")).to_contain_text(f"{in_words(frozen['inp'])} ms")
    expect(cell(reader, "sync", "inp")).to_contain_text("the wait")
    expect(cell(reader, "fetch", "inp")).not_to_contain_text("the wait")
    expect(cell(reader, "fetch", "ttfb")).to_have_text("does not apply")
    reader.check_accessible()

    ways(reader).get_by_role("link", name="Follow the link").click()
    expect(arrival(reader)).to_contain_text("INP of the click before")
    reader.check_accessible()
    reader.page.get_by_role("link", name="Back to the lesson, where the table has it").click()
    expect(cell(reader, "link", "ttfb")).to_be_visible()  # the part is open again
    expect(cell(reader, "link", "ttfb")).to_contain_text(f"{in_words(posts.of('link')['ttfb'])} ms")
    assert reader.shifts() == 0

    expect(reader.page.locator("details.ways.ready")).to_be_visible()  # its script takes the time of what is clicked
    ways(reader).get_by_role("button", name="Send the form").click()
    arrival(reader)
    reader.page.go_back()
    expect(cell(reader, "form", "ttfb")).to_contain_text(f"{in_words(posts.of('form')['ttfb'])} ms")
    for way in ("form", "link"):
        figures = posts.of(way)
        assert figures["ttfb"] >= 3000
        assert figures["click-to-response"] >= figures["fcp"] >= figures["ttfb"]
        assert figures.get("inp", 16) < 200
        expect(cell(reader, way, "ttfb")).to_contain_text("the wait")
    assert posts.answers == [201] * 4

    reader.page.reload()
    for way, figure in (("fetch", "click-to-response"), ("sync", "inp"), ("link", "ttfb"), ("form", "ttfb")):
        expect(cell(reader, way, figure)).to_contain_text(f"{in_words(posts.of(way)[figure])} ms")
        expect(reader.page.locator(f'.ways-table tr[data-way="{way}"] th')).to_contain_text("your click")
    reader.check_accessible()


@pytest.mark.parametrize("width", [1280, 360])
def test_opening_it_and_asking_for_the_warning_needs_no_mouse_and_fits(
    sit_down: Callable[..., Reader], site: RunningSite, width: int
):
    reader = sit_down(site, viewport={"width": width, "height": 800})
    reader.open()
    fold = reader.page.locator("details.ways")
    keys = reader.page.keyboard
    fold.locator("summary").focus()
    keys.press("Enter")
    expect(fold.get_by_role("button", name="Fetch it")).to_be_visible()
    ask = fold.get_by_role("button", name="Send it synchronously")
    ask.focus()
    keys.press("Enter")
    expect(fold.get_by_role("button", name="Freeze it")).to_be_focused()
    expect(fold).to_contain_text("This freezes the tab for 3 s")
    reader.check_accessible()
    reader.check_width()
    keys.press("Tab")
    keys.press("Enter")
    expect(ask).to_be_focused()
    expect(fold.get_by_role("button", name="Freeze it")).to_be_hidden()


def test_a_browser_that_keeps_nothing_between_pages_says_that_it_measured_nothing(
    sit_down: Callable[..., Reader], site: RunningSite
):
    reader = sit_down(site)
    reader.page.add_init_script(NO_STORAGE)
    reader.open()
    posts = Posts(reader)
    ways(reader).get_by_role("link", name="Follow the link").click()
    said = reader.page.locator("[data-arrival]")
    expect(said).to_contain_text("Not measured: this browser lets a page keep nothing", timeout=15_000)
    assert posts.sent == []


def test_a_page_opened_in_any_other_way_measures_nothing(reader: Reader):
    posts = Posts(reader)
    reader.open("/demos/blocking/?seconds=0")
    expect(reader.page.locator(".response")).to_be_visible()
    reader.page.reload()
    reader.page.wait_for_load_state("networkidle")
    expect(reader.page.locator("[data-arrival]")).to_be_empty()
    assert posts.sent == []


def test_without_javascript_the_form_and_the_link_work_and_the_table_is_there(
    sit_down: Callable[..., Reader], site: RunningSite
):
    reader = sit_down(site, java_script_enabled=False)
    reader.open()
    fold = ways(reader)
    expect(fold.get_by_role("button", name="Fetch it")).to_be_hidden()
    expect(fold.get_by_role("button", name="Send it synchronously")).to_be_hidden()
    expected = re.compile(r"[\d,]+ ms") if RECORDED.exists() else "not tried yet"
    expect(cell(reader, "form", "ttfb")).to_have_text(expected)
    fold.get_by_role("button", name="Send the form").click()
    expect(reader.page.get_by_text("Response, with the report.")).to_be_visible()
    reader.page.go_back()
    ways(reader).get_by_role("link", name="Follow the link").click()
    expect(reader.page.get_by_text("Response, with the report.")).to_be_visible()

"""The stopwatch in a real browser, with real clicks: what it measures, what it leaves alone, and what it costs.

What one click on *Run both* measures: tests/browser/test_lesson_journey.py.
"""

import re
from collections.abc import Callable
from pathlib import Path

import brotli
import pytest
from django.conf import settings
from playwright.sync_api import Locator, Route, expect

from tests.browser.measuring import Posts, in_words, main_thread_tasks, note
from tests.browser.reader import KEEPS_NONE, Reader
from tests.browser.running_both import FREE, HOLD
from tests.running import RunningSite

HIDE = """
() => {
  Object.defineProperty(document, "hidden", { configurable: true, get: () => true });
  document.dispatchEvent(new Event("visibilitychange"));
}
"""
NO_EVENT_TIMING = """
delete window.PerformanceEventTiming;
const told = PerformanceObserver.supportedEntryTypes.filter((type) => type !== "event" && type !== "first-input");
Object.defineProperty(PerformanceObserver, "supportedEntryTypes", { get: () => told });
"""
OURS = re.compile(r"js/(stopwatch|lanes|later|ways|visit)|web-vitals")


def own_figure(reader: Reader, figure: str, value: float) -> Locator:
    """A figure of the reader's own, wherever the lesson shows it."""
    shown = reader.page.locator(f'.measured.own a[href="#figure-{figure}"]')
    return shown.filter(has_text=in_words(value)).first


def test_an_open_table_stays_open_and_keeps_the_focus_when_its_figures_change(reader: Reader):
    reader.open()
    posts = Posts(reader)
    reader.lane(HOLD).get_by_role("button").click()
    table = reader.page.locator("#timeline-1-table")
    table.locator("summary").focus()
    reader.page.keyboard.press("Enter")
    recorded, moved = table.inner_text(), reader.shifts()
    expect(note(reader.lane(HOLD))).to_contain_text("INP of this click")
    expect(table.get_by_text(in_words(posts.of("blocking")["click-to-response"])).first).to_be_visible()
    assert table.inner_text() != recorded
    expect(table.locator("summary")).to_be_focused()
    assert reader.shifts() == moved


def test_nothing_is_measured_while_the_tab_is_in_the_background(reader: Reader):
    reader.open()
    posts = Posts(reader)
    lane = reader.lane(HOLD)
    lane.get_by_role("button").click()
    reader.page.evaluate(HIDE)
    expect(note(lane)).to_have_text("Not measured: this tab was in the background.")
    assert posts.sent == []


def test_nothing_is_measured_when_the_page_came_back_from_the_back_forward_cache(reader: Reader):
    reader.open()
    posts = Posts(reader)
    lane = reader.lane(HOLD)
    lane.get_by_role("button").click()
    with reader.page.expect_request("**/stopwatch/defining-tasks/performance/"):  # it asks for the figures anew
        reader.page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    expect(note(lane)).to_have_text("Not measured: this page was left meanwhile.")
    assert posts.sent == []


def test_a_click_that_no_reader_made_is_not_measured(reader: Reader):
    reader.open()
    posts = Posts(reader)
    lane = reader.lane(HOLD)
    lane.get_by_role("button").evaluate("button => button.click()")
    expect(note(lane)).to_have_text("Not measured: no click started this run.")
    expect(lane.locator("[data-figure=click-to-response]")).to_have_text("not measured")
    assert posts.sent == []


def test_a_click_by_the_keyboard_is_measured_too(reader: Reader):
    reader.open()
    posts = Posts(reader)
    lane = reader.lane(HOLD)
    lane.get_by_role("button").focus()
    reader.page.keyboard.press("Enter")
    expect(note(lane)).to_contain_text("INP of this click")
    assert posts.of("blocking")["click-to-response"] >= 3000
    expect(lane.get_by_role("button")).to_be_focused()


def test_a_browser_without_event_timing_says_so_and_measures_the_rest(
    sit_down: Callable[..., Reader], site: RunningSite
):
    reader = sit_down(site)
    reader.page.add_init_script(NO_EVENT_TIMING)
    reader.open()
    posts = Posts(reader)
    lane = reader.lane(HOLD)
    lane.get_by_role("button").click()
    expect(note(lane)).to_contain_text("INP of this click: not measured in this browser.")
    assert posts.of("blocking").keys().isdisjoint({"inp", "inp-below", "handler"})
    assert posts.answers == [201]
    reader.page.locator("[data-visit]").scroll_into_view_if_needed()
    expect(reader.page.locator("[data-vital=INP]")).to_have_text("not measured in this browser")


def test_a_reader_whose_browser_keeps_no_cookies_sees_the_figures_and_that_they_are_not_kept(reader: Reader):
    reader.open()
    posts = Posts(reader)
    lane = reader.lane(FREE)
    lane.get_by_role("button").click()
    expect(lane).to_contain_text("Response: accepted.")
    reader.page.context.clear_cookies()  # the one that came with the answer
    expect(note(lane)).to_contain_text("Your browser sent no cookie of this site")
    assert posts.answers == [200]
    expect(own_figure(reader, "click-to-response", posts.of("celery")["click-to-response"])).to_be_attached()


@pytest.mark.parametrize("script", KEEPS_NONE.values(), ids=KEEPS_NONE)
def test_where_no_cookie_can_be_kept_one_lane_alone_says_so_too(reader: Reader, script: str):
    reader.page.add_init_script(script)
    reader.lose_cookies("stopwatch")
    reader.open()
    posts = Posts(reader)
    lane = reader.lane(HOLD)
    lane.get_by_role("button").click()
    expect(note(lane)).to_contain_text("Your browser sent no cookie of this site")
    assert posts.answers == [200]


def test_figures_that_the_site_refuses_are_said_quietly(reader: Reader):
    def without_receipt(route: Route) -> None:
        route.continue_(post_data=(route.request.post_data or "").replace("receipt=", "receipt=x"))

    reader.page.route("**/stopwatch/measurements/", without_receipt)
    reader.open()
    lane = reader.lane(HOLD)
    with reader.expecting("status of 403"):
        lane.get_by_role("button").click()
        expect(note(lane)).to_contain_text("These figures were not kept: There is no receipt for that run")
    reader.check_accessible()


def test_a_site_without_its_broker_still_measures_the_blocking_lane_and_nothing_else(
    sit_down: Callable[..., Reader], own_site: RunningSite
):
    reader = sit_down(own_site)
    reader.open()
    own_site.broker.kill()
    posts = Posts(reader)
    with reader.expecting("status of 503"):
        reader.page.get_by_role("button", name="Run both").click()
        expect(note(reader.lane(HOLD))).to_contain_text("INP of this click")
    assert posts.of("blocking")["click-to-response"] >= 3000
    assert len(posts.sent) == 1
    expect(reader.lane(FREE).locator(".lane-note")).to_be_empty()


def test_a_run_that_is_lost_is_not_measured(sit_down: Callable[..., Reader], own_site: RunningSite):
    reader = sit_down(own_site)
    reader.open()
    posts = Posts(reader)
    lane = reader.lane(FREE)
    lane.get_by_role("button").click()
    expect(lane).to_contain_text("A worker is at it.")
    own_site.worker.kill()
    expect(note(lane)).to_have_text("Not measured: this run came to no report.")
    expect(lane.locator("[data-figure=click-to-report]")).to_have_text("not measured")
    assert posts.sent == []


def test_this_visit_shows_the_pages_own_figures_with_their_ratings(reader: Reader):
    reader.open()
    visit = reader.page.locator("[data-visit]")
    visit.scroll_into_view_if_needed()
    for name in ("TTFB", "FCP", "LCP"):
        expect(visit.locator(f"[data-vital={name}]")).to_contain_text("ms")
    expect(visit.locator("[data-vital=CLS]")).to_contain_text("score good")
    reader.page.locator(".ways > summary").click()
    reader.page.locator(".ways").get_by_role("button", name="Send it synchronously").click()
    reader.page.locator(".ways").get_by_role("button", name="Freeze it").click()
    expect(visit.locator("[data-vital=INP]")).to_contain_text("ms poor", timeout=15_000)
    expect(visit.locator("[data-longest-part]")).to_contain_text("most of its time in handler time")
    reader.check_accessible()


def test_the_stopwatch_adds_at_most_12_kb_to_a_lesson():
    """What the lanes' own script weighs besides (2 KB) is for running them, not for measuring."""
    root = Path(settings.BASE_DIR) / "static"
    parts = [root / f"js/{name}.js" for name in ("stopwatch", "visit", "ways", "later")]
    parts.append(root / "vendor/web-vitals/web-vitals.attribution.js")
    assert sum(len(brotli.compress(part.read_bytes(), quality=11)) for part in parts) <= 12 * 1024


@pytest.mark.alone
def test_the_stopwatch_causes_no_long_task(reader: Reader):
    def run() -> None:
        """Find things by their attributes: what finds them by role is a script too, and a long task on a long page."""
        reader.page.locator("[data-run-both]").click()
        expect(reader.page.locator(".lane-note", has_text="INP of this click")).to_have_count(2, timeout=20_000)

    loading = main_thread_tasks(reader, reader.open)
    reader.page.locator("[data-run-both], .lane-note").count()  # the test's own scripts come into the page here
    assert [task for task in loading if task[0] > 50 and OURS.search(task[1])] == []
    assert [task for task in main_thread_tasks(reader, run) if task[0] > 50] == []

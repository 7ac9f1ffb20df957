"""The two lanes of the live demo, clicked by a reader: what they wait for, what they see, and what goes wrong."""

import re
import threading
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from config.run.probes import is_listening
from tests.browser.measuring import note
from tests.browser.reader import LESSON, NARROW, Reader
from tests.browser.running_both import FREE, HOLD, run_both
from tests.running import RunningSite
from tests.running_process import wait_until


def run(lane: Locator) -> None:
    lane.get_by_role("button").click()


def finished(lane: Locator) -> Locator:
    return lane.get_by_role("button", name="Run again")


@pytest.mark.alone
def test_a_reader_runs_both_on_a_telephone_and_each_lane_ends_with_its_figures(
    sit_down: Callable[..., Reader], site: RunningSite
):
    """At a desk: tests/browser/test_lesson_journey.py."""
    reader = sit_down(site, viewport=NARROW)
    reader.open()
    run_both(reader)
    reader.check_accessible()
    reader.check_width()


def test_nothing_jumps_while_the_lanes_run(reader: Reader):
    reader.open()
    reader.lane(HOLD).scroll_into_view_if_needed()
    reader.page.get_by_role("button", name="Run both").click()
    expect(finished(reader.lane(HOLD))).to_be_visible()
    expect(finished(reader.lane(FREE))).to_be_visible()
    assert reader.shifts() == 0


def test_a_lane_can_be_run_again_and_alone(reader: Reader):
    reader.open()
    free = reader.lane(FREE)
    for _ in range(2):
        run(free)
        expect(free.get_by_role("button")).to_have_attribute("aria-disabled", "true")
        expect(free).to_contain_text("Response: accepted.")
        expect(finished(free)).not_to_have_attribute("aria-disabled", "true")
    expect(reader.lane(HOLD)).to_contain_text("Nothing measured here yet")


def test_a_second_click_meanwhile_does_nothing(reader: Reader):
    reader.open()
    asked: list[str] = []
    reader.page.on("request", lambda request: asked.append(request.url) if "/demos/blocking/" in request.url else None)
    hold = reader.lane(HOLD)
    run(hold)
    expect(hold.get_by_role("button")).to_have_attribute("aria-disabled", "true")
    hold.get_by_role("button").click(force=True)
    hold.get_by_role("button").click(force=True)
    expect(finished(hold)).to_be_visible()
    assert len(asked) == 1


def test_the_keyboard_runs_a_lane_and_keeps_its_place(reader: Reader):
    reader.open()
    button = reader.lane(FREE).get_by_role("button")
    button.focus()
    reader.page.keyboard.press("Enter")
    expect(finished(reader.lane(FREE))).to_be_focused()
    reader.page.keyboard.press("Tab")
    expect(reader.lane(FREE).get_by_role("link", name="The code that just ran")).to_be_focused()


def test_each_lane_leads_to_the_code_that_ran(reader: Reader):
    reader.open()
    reader.lane(FREE).get_by_role("link", name="The code that runs").click()
    expect(reader.page.get_by_text("build_report(seconds")).not_to_have_count(0)
    reader.check_accessible()


def test_back_and_reload_leave_a_sensible_page(reader: Reader):
    reader.open()
    run(reader.lane(FREE))
    expect(reader.lane(FREE)).to_contain_text("Response: accepted.")
    reader.page.reload()
    expect(reader.lane(FREE)).to_contain_text("Nothing measured here yet")
    run(reader.lane(FREE))
    expect(reader.lane(FREE)).to_contain_text("Response: accepted.")
    reader.page.get_by_role("link", name="Course").click()
    reader.page.go_back()
    expect(reader.lane(FREE).get_by_role("button")).to_be_enabled()


def test_without_javascript_the_same_forms_work(sit_down: Callable[..., Reader], site: RunningSite):
    reader = sit_down(site, java_script_enabled=False)
    reader.open()
    expect(reader.page.get_by_role("button", name="Run both")).to_have_count(0)
    said = reader.page.locator("noscript:visible").all_inner_texts()
    for words in ("Without JavaScript it stays the recorded one.", "takes the times by JavaScript, which is off."):
        assert any(words in text for text in said)
    run(reader.lane(FREE))
    expect(reader.page.get_by_text("loads itself again")).to_be_visible()
    expect(reader.page.get_by_text("Done.")).to_be_visible()  # the page has refreshed itself until then
    expect(reader.page.get_by_role("row", name="finished")).to_be_visible()
    reader.check_width()
    reader.open()
    run(reader.lane(HOLD))
    expect(reader.page.get_by_text("Response, with the report.")).to_be_visible()
    expect(reader.page).to_have_url(
        re.compile(r"/demos/blocking/\?seconds=3&page=defining-tasks%2Fperformance%23demo-1$")
    )


def test_a_lane_without_a_place_counts_down_and_tries_once_more(
    sit_down: Callable[..., Reader], start_site: Callable[..., RunningSite]
):
    site = start_site(SEATS=1)
    reader = sit_down(site)
    reader.open()
    other = threading.Thread(target=site.hold_a_place, args=(4,))
    other.start()
    wait_until(site.has_no_place, "the only place is taken", every=0.2)  # 30 requests a minute are too many here
    hold = reader.lane(HOLD)
    with reader.expecting("status of 503"):
        run(hold)
        expect(hold.locator(".clock")).to_contain_text("Trying again in")
        expect(hold.get_by_role("status")).to_contain_text("tries again by itself")
        reader.check_accessible()
        other.join()
        # It succeeded by itself, or it gave up after its one retry and offers the button.
        expect(hold.get_by_role("button", name=re.compile("Run again|Try again"))).not_to_have_attribute(
            "aria-disabled", "true"
        )
        if hold.get_by_role("button", name="Try again").count():
            run(hold)
            expect(note(hold)).to_contain_text("INP of this click")
        else:
            expect(note(hold)).to_have_text("Not measured: no click started this run.")  # the page did, by itself
        expect(finished(hold)).to_be_visible(timeout=15_000)


def test_a_broker_that_is_gone_is_said_in_the_lane_and_needs_no_restart(
    sit_down: Callable[..., Reader], own_site: RunningSite
):
    reader = sit_down(own_site)
    reader.open(LESSON)
    free = reader.lane(FREE)
    own_site.broker.kill()
    with reader.expecting("status of 503"):
        run(free)
        expect(free).to_contain_text("broker")
        # After its one retry by itself it offers another.
        expect(free.get_by_role("button", name="Try again")).not_to_have_attribute(
            "aria-disabled", "true", timeout=20_000
        )
        reader.check_accessible()
        own_site.broker.start()
        expect(free.get_by_role("button")).to_be_enabled()
        wait_until(lambda: own_site.post("/demos/celery/", {"seconds": "0"}).status == 202, "the broker is back")
        free.get_by_role("button").click()
        expect(finished(free)).to_be_visible(timeout=20_000)


def test_a_broker_that_goes_away_in_the_middle_of_a_run_is_said_and_the_run_is_shown_when_it_is_back(
    sit_down: Callable[..., Reader], own_site: RunningSite
):
    reader = sit_down(own_site)
    reader.open(LESSON)
    free = reader.lane(FREE)
    run(free)
    expect(free).to_contain_text("A worker is at it.")
    with reader.expecting("status of 503"):
        own_site.broker.pause()
        expect(free).to_contain_text("The broker does not answer")
        own_site.broker.resume()
        expect(finished(free)).to_be_visible(timeout=20_000)


def test_a_run_without_a_worker_says_so_and_goes_on_when_one_is_back(
    sit_down: Callable[..., Reader], own_site: RunningSite
):
    reader = sit_down(own_site)
    own_site.worker.stop()
    reader.open(LESSON)
    free = reader.lane(FREE)
    run(free)
    expect(free).to_contain_text("No worker is consuming")
    reader.check_accessible()
    own_site.worker.start()
    expect(free).to_contain_text("Done.", timeout=20_000)


def test_a_server_that_is_gone_is_said_in_words(sit_down: Callable[..., Reader], own_site: RunningSite):
    reader = sit_down(own_site)
    reader.open(LESSON)
    own_site.web.kill()
    wait_until(lambda: not is_listening("127.0.0.1", own_site.port), "nobody listens there any more")
    with reader.expecting("ERR_CONNECTION_REFUSED"), reader.expecting("htmx:"):
        run(reader.lane(HOLD))
        expect(reader.lane(HOLD)).to_contain_text("The server cannot be reached.")
        expect(reader.lane(HOLD).get_by_role("button", name="Try again")).to_be_visible()


def test_reduced_motion_is_respected(sit_down: Callable[..., Reader], site: RunningSite):
    reader = sit_down(site, reduced_motion="reduce")
    reader.open()
    run(reader.lane(HOLD))
    expect(reader.lane(HOLD).locator(".clock")).to_have_text(re.compile(r"^\d s: no response yet"))
    expect(finished(reader.lane(HOLD))).to_be_visible()

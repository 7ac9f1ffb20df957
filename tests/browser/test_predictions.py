"""Predictions in a browser: ticked before the run, shown beside what was measured, and explained after one tap."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Locator, Route, expect

from learners.identity import COOKIE
from tests.browser.reader import KEEPS_NONE, LESSON, NARROW, Reader
from tests.running import RunningSite

ALONE = "/quiz/defining-tasks/predictions/"
WIDE = {"width": 1280, "height": 800}
RUN = 15_000  # ms: two runs of 3 s each, and what comes after


def choice(reader: Reader, name: str) -> Locator:
    return reader.page.locator("#predictions").get_by_role("radio", name=name)


def kept(reader: Reader, question: str = "report-ready") -> Locator:
    return reader.page.locator(f"#kept-{question}")


def outcome(reader: Reader, question: str = "report-ready") -> Locator:
    return reader.page.locator(f"#outcome-{question}")


def run_both(reader: Reader) -> None:
    reader.page.get_by_role("button", name="Run both").click()
    expect(outcome(reader).locator(".whose")).to_have_text("Your own run.", timeout=RUN)


@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["1280", "360"])
def test_a_reader_predicts_runs_sees_both_and_says_why(
    sit_down: Callable[..., Reader], site: RunningSite, viewport: dict[str, int]
):
    reader = sit_down(site, viewport=viewport)
    reader.open()
    expect(outcome(reader).get_by_text("Run both, and this shows what you measured.")).to_be_visible()
    choice(reader, "later").click()
    expect(kept(reader)).to_have_text("Kept: later.")
    choice(reader, "sooner").click()
    expect(kept(reader)).to_have_text("Kept: sooner.")
    expect(choice(reader, "sooner")).to_be_focused()
    choice(reader, "poor").click()
    expect(kept(reader, "blocking-inp")).to_have_text("Kept: poor: above 500 ms.")
    reader.check_accessible()
    reader.check_width()

    asked: list[str] = []
    reader.page.on("request", lambda sent: asked.append(sent.method) if sent.url.endswith(ALONE) else None)
    run_both(reader)
    expect(outcome(reader).locator(".you-said")).to_have_text("· you said sooner")
    assert len(asked) <= 2, "the form is asked for once a lane, and not with every place that is drawn"
    expect(outcome(reader).locator(".came-verdict")).to_have_text("Not as you predicted.")
    expect(outcome(reader, "blocking-inp").locator(".came")).to_contain_text("good: at most 200 ms")
    expect(outcome(reader, "blocking-inp").locator(".came")).to_contain_text("you said poor")
    expect(kept(reader)).to_have_text("You said: sooner. You have run it.")
    expect(choice(reader, "sooner")).to_be_disabled()
    reader.check_accessible()
    reader.check_width()

    outcome(reader).get_by_role("button", name="The work takes as long").click()
    said = outcome(reader).locator(".feedback")
    expect(said).to_contain_text("Right.")
    expect(said).to_contain_text("Celery makes nothing faster; it frees the request.")
    expect(said).to_be_focused()
    reader.check_accessible()
    reader.check_width()

    reader.open()
    expect(outcome(reader).locator(".you-said")).to_have_text("· you said sooner")
    expect(outcome(reader).locator(".feedback")).to_contain_text("Right.")
    expect(choice(reader, "sooner")).to_be_checked()
    expect(choice(reader, "sooner")).to_be_disabled()
    assert reader.shifts() < 0.1


def test_who_runs_without_a_word_has_predicted_nothing_and_an_older_tab_is_refused_in_words(reader: Reader):
    reader.open()
    older = Reader(reader.page.context, reader.site)
    older.open()
    run_both(reader)
    expect(outcome(reader).locator(".you-said")).to_have_text("· you made no prediction")
    older.expected.append("status of 409")
    choice(older, "sooner").click()
    expect(older.page.get_by_text("You have run it already, so this would be no prediction.")).to_be_visible()
    expect(choice(older, "sooner")).not_to_be_checked()
    assert older.unexpected() == []


def test_the_keyboard_is_enough(reader: Reader):
    reader.open()
    keys = reader.page.keyboard
    choice(reader, "sooner").focus()
    keys.press("Space")
    expect(kept(reader)).to_have_text("Kept: sooner.")
    keys.press("ArrowRight")
    expect(kept(reader)).to_have_text("Kept: at the same time.")
    expect(choice(reader, "at the same time")).to_be_focused()
    keys.press("Tab")
    expect(choice(reader, "good")).to_be_focused()
    reader.page.get_by_role("button", name="Skip").focus()
    keys.press("Enter")
    expect(kept(reader, "bystander")).to_have_text("Skipped. You may still choose.")
    expect(kept(reader)).to_have_text("Kept: at the same time.")
    summary = outcome(reader).get_by_text("The recorded run says")
    summary.focus()
    keys.press("Enter")
    expect(outcome(reader).locator("details")).to_have_attribute("open", "")


def test_without_javascript_a_form_keeps_them_and_the_recorded_run_stands_below(
    sit_down: Callable[..., Reader], site: RunningSite
):
    reader = sit_down(site, java_script_enabled=False, viewport=NARROW)
    reader.open()
    choice(reader, "sooner").click()
    reader.page.get_by_role("button", name="Keep my predictions").click()
    expect(reader.page).to_have_url(site.url + ALONE)
    expect(kept(reader)).to_have_text("Kept: sooner.")
    reader.page.reload()
    expect(choice(reader, "sooner")).to_be_checked()
    reader.page.get_by_role("button", name="Skip").click()
    expect(kept(reader, "bystander")).to_have_text("Skipped. You may still choose.")
    reader.page.get_by_role("link", name="Back to the lesson").click()
    outcome(reader).get_by_text("The recorded run says").click()
    expect(outcome(reader).locator(".came")).to_contain_text("at the same time")
    expect(outcome(reader).locator(".whose")).to_contain_text("Recorded")
    outcome(reader).get_by_role("button", name="The broker and the worker").click()
    expect(outcome(reader).locator("details")).to_have_count(1)
    outcome(reader).get_by_text("The recorded run says").click()
    expect(outcome(reader).locator(".feedback")).to_contain_text("Wrong.")
    expect(outcome(reader).locator(".why")).to_be_visible()
    expect(choice(reader, "sooner")).to_be_disabled()


def test_what_was_ticked_before_the_readers_own_state_came_is_kept(reader: Reader):
    waiting: list[Route] = []
    reader.page.route(f"**{ALONE}", lambda route: waiting.append(route) if not waiting else route.continue_())
    with reader.page.expect_request(f"**{ALONE}"):
        reader.page.goto(reader.site.url + LESSON)
    choice(reader, "later").click()
    waiting[0].continue_()
    expect(kept(reader)).to_have_text("Kept: later.")
    expect(choice(reader, "later")).to_be_checked()
    reader.open()
    expect(kept(reader)).to_have_text("Kept: later.")


def test_a_tick_that_cannot_be_sent_says_so_and_the_next_one_brings_both(reader: Reader):
    reader.open()
    reader.expected.append("dynamically imported module")  # what the page loads when it is idle may come too late
    with reader.expecting("net::ERR_INTERNET_DISCONNECTED"), reader.expecting("htmx:"):
        reader.page.context.set_offline(True)
        choice(reader, "sooner").click()
        expect(kept(reader)).to_contain_text("could not be sent")
    reader.page.context.set_offline(False)
    choice(reader, "poor").click()
    expect(kept(reader, "blocking-inp")).to_have_text("Kept: poor: above 500 ms.")
    reader.open()
    expect(kept(reader)).to_have_text("Kept: sooner.")


def test_what_was_deleted_in_another_tab_is_not_kept_again_when_a_run_ends(reader: Reader):
    reader.open()
    choice(reader, "sooner").click()
    expect(kept(reader)).to_have_text("Kept: sooner.")
    reader.lane("In the background").get_by_role("button").click()
    other = Reader(reader.page.context, reader.site)
    other.open("/learners/my-data/")
    other.page.get_by_role("link", name="Delete everything").click()
    other.page.get_by_role("button", name="Delete everything").click()
    expect(other.page.get_by_text("is gone")).to_be_visible()
    sent: list[str] = []
    reader.page.on("request", lambda asked: sent.append(f"{asked.method} {urlsplit(asked.url).path}"))
    expect(reader.lane("In the background").locator(".lane-note")).to_contain_text("sent no cookie", timeout=RUN)
    reader.wait_until_answered()
    assert "POST /stopwatch/measurements/" in sent
    assert f"POST {ALONE}" not in sent
    assert COOKIE not in [cookie["name"] for cookie in reader.page.context.cookies()]


@pytest.mark.parametrize("script", KEEPS_NONE.values(), ids=KEEPS_NONE)
def test_a_browser_without_cookies_is_told_that_nothing_stays(reader: Reader, script: str):
    reader.page.add_init_script(script)
    reader.lose_cookies()
    reader.open()
    choice(reader, "sooner").click()
    expect(kept(reader)).to_have_text("You chose: sooner. It is not kept: your browser sends no cookie back.")
    reader.check_width()
    reader.page.get_by_role("button", name="Keep my predictions").click()
    said = reader.page.locator(".predictions-message p")
    expect(said).to_contain_text("Nothing was kept: your browser sends no cookie back.")
    expect(said).to_be_focused()
    expect(choice(reader, "sooner")).to_be_checked()
    expect(reader.page.locator("#predictions").get_by_text(re.compile("^Kept:"))).to_have_count(0)
    reader.check_width()


def test_without_cookies_and_javascript_the_page_says_that_nothing_was_kept(
    sit_down: Callable[..., Reader], site: RunningSite
):
    reader = sit_down(site, java_script_enabled=False, viewport=NARROW)
    reader.lose_cookies()
    reader.open()
    choice(reader, "sooner").click()
    reader.page.get_by_role("button", name="Keep my predictions").click()
    expect(reader.page.locator(".predictions-message")).to_contain_text("Nothing was kept")
    expect(choice(reader, "sooner")).to_be_checked()
    expect(reader.page.locator("#predictions").get_by_text(re.compile("^Kept:"))).to_have_count(0)
    reader.check_width()


def test_the_button_shows_what_is_kept_says_so_once_and_keeps_the_focus_there(reader: Reader):
    reader.open()
    choice(reader, "sooner").click()
    expect(kept(reader)).to_have_text("Kept: sooner.")
    button = reader.page.get_by_role("button", name="Keep my predictions")
    button.focus()
    reader.page.keyboard.press("Enter")
    line = reader.page.locator(".predictions-kept")
    words = r"^Kept at \d\d:\d\d:\d\d UTC: “sooner”\. You may change it until you run it\.$"
    expect(line).to_have_text(re.compile(words))
    expect(line).to_be_focused()
    assert line.get_attribute("role") is None, "the focus announces it, and nothing else does"
    reader.page.keyboard.press("Tab")
    expect(button).to_be_focused()
    reader.check_accessible()
    reader.check_width()


def test_the_page_alone_is_accessible_and_fits_at_both_widths_in_both_schemes(reader: Reader):
    reader.open(ALONE)
    choice(reader, "sooner").click()
    expect(kept(reader)).to_have_text("Kept: sooner.")
    outcome(reader).get_by_text("The recorded run says").click()
    reader.check_every_look()

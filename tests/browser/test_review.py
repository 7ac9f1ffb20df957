"""The review in a browser. A running site cannot be sent into tomorrow, so what was done is moved into the past."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Request, expect

from learners.identity import COOKIE
from quiz.questions import Quiz
from quiz.reading import read
from tests.browser.answering import double_click, lay, positions_in_order, press_answer
from tests.browser.reader import LESSON, NARROW, Reader
from tests.running import RunningSite
from tests.running_process import wait_until

QUIZ = "/quiz/defining-tasks/"
RECALL = "/lessons/defining-tasks/recall/"
REVIEW = "/review/defining-tasks/"


@pytest.fixture(scope="module")
def quiz() -> Quiz:
    return read((Path(settings.BASE_DIR) / "content/defining-tasks/quiz.md").read_text(), "defining-tasks")[0]


@pytest.fixture(autouse=True)
def _not_at_midnight() -> None:
    """Wait for the next day if it is about to begin: what comes back "tomorrow" would be due today."""
    wait_until(lambda: (datetime.now(UTC) + timedelta(seconds=60)).date() == datetime.now(UTC).date(), "a day", 70)


@pytest.fixture(params=["with JavaScript", "without JavaScript"])
def learner(request: pytest.FixtureRequest, sit_down: Callable[..., Reader], site: RunningSite) -> Reader:
    """A visitor."""
    if request.param == "with JavaScript":
        return sit_down(site)
    return sit_down(site, java_script_enabled=False, viewport=NARROW)


def key_of(reader: Reader) -> str:
    """The id of the learner, as the database has it."""
    cookies = {cookie.get("name"): cookie.get("value", "") for cookie in reader.page.context.cookies()}
    return cookies[COOKIE].partition(":")[0]


def let_days_pass(reader: Reader, days: int = 2) -> None:
    """Let everything that this learner did have happened so many days earlier."""
    database = sqlite3.connect(reader.site.data_dir / "offload.sqlite3", timeout=20)
    earlier = (datetime.now(UTC) - timedelta(days=days)).strftime("%Y-%m-%d %H:%M:%S.%f")
    with closing(database), database:
        for table in ("quiz_answer", "review_review", "review_deck"):
            database.execute(
                f"UPDATE {table} SET created = ? WHERE learner_id = ? AND created > ?",
                (earlier, key_of(reader), earlier),
            )


def choose(reader: Reader, quiz: Quiz, *, right: bool) -> None:
    """Answer the first question of the quiz, rightly or wrongly."""
    place = next(place for place, option in enumerate(quiz.questions[0].options) if option.is_right is right)
    letter = chr(ord("A") + place)
    label = reader.page.locator("form.answer label.option")
    label.filter(has=reader.page.locator(".letter", has_text=letter)).click()
    reader.page.get_by_role("button", name="Answer").click()


def miss_one(reader: Reader, quiz: Quiz) -> None:
    """Answer the first question of the quiz wrongly, as often as it may be, two days ago."""
    reader.open(QUIZ)
    for said in ("Not yet.", "Wrong."):
        choose(reader, quiz, right=False)
        expect(reader.page.get_by_text(said, exact=True)).to_be_visible()
    let_days_pass(reader)


def test_what_was_missed_is_asked_again_until_it_is_known(learner: Reader, quiz: Quiz):
    page = learner.page
    miss_one(learner, quiz)
    learner.open(LESSON)
    line = page.get_by_role("region", name="What comes back")
    line.scroll_into_view_if_needed()
    if page.viewport_size != NARROW:  # with JavaScript it is filled when it comes into view
        expect(line).to_contain_text("1 thing is due")
    line.get_by_role("link").first.click()
    expect(page.get_by_role("heading", level=3)).to_have_text(quiz.questions[0].text)
    expect(page.get_by_text("Due: 1.")).to_be_visible()
    expect(page.locator(".feedback, .why, .hint")).to_have_count(0)
    learner.check()

    choose(learner, quiz, right=False)
    expect(page.locator(".feedback > p").first).to_have_text("Wrong. It comes back tomorrow.")
    expect(page.locator(".feedback").first).to_be_focused()
    expect(page.locator(".why")).to_be_visible()
    expect(page.get_by_text("Nothing more is due. Next: tomorrow, 1 item.")).to_be_visible()
    learner.check()

    let_days_pass(learner)
    learner.open(REVIEW)
    expect(page.get_by_text("Question, review 2")).to_be_visible()
    choose(learner, quiz, right=True)
    expect(page.locator(".feedback > p").first).to_contain_text("Right.")
    page.reload()
    expect(page.get_by_role("button", name="Answer")).to_have_count(0)


def test_nothing_chosen_and_a_second_tab_are_said_in_place(learner: Reader, quiz: Quiz):
    miss_one(learner, quiz)
    learner.open(REVIEW)
    other = Reader(learner.page.context, learner.site)
    other.open(REVIEW)
    with learner.expecting("status of 422"):
        learner.page.get_by_role("button", name="Answer").click()
        expect(learner.page.get_by_role("alert").filter(has_text="Choose an answer first.")).to_be_visible()
    choose(learner, quiz, right=False)
    expect(learner.page.get_by_text("Wrong.")).to_be_visible()
    choose(other, quiz, right=True)
    expect(other.page.get_by_text("You had already answered this; your first answer counts.")).to_be_visible()
    expect(other.page.get_by_text("Wrong.")).to_be_visible()
    other.check()


def test_steps_are_put_into_order_in_the_review_too(learner: Reader, quiz: Quiz):
    page = learner.page
    order = next(question for question in quiz.questions if question.kind == "order")
    miss_one(learner, quiz)
    with closing(sqlite3.connect(learner.site.data_dir / "offload.sqlite3", timeout=20)) as database, database:
        # It was another one that was missed.
        missed = (order.id, order.version, key_of(learner))
        database.execute("UPDATE quiz_answer SET question = ?, version = ? WHERE learner_id = ?", missed)
    page.set_viewport_size(NARROW)
    learner.open(REVIEW)
    expect(page.get_by_role("heading", level=3)).to_contain_text("into order")
    lay(learner, positions_in_order(order))
    learner.check()
    press_answer(learner)
    expect(page.locator(".feedback > p").first).to_contain_text("Right. It comes back ")
    expect(page.locator(".feedback > p").first).to_be_in_viewport()
    expect(page.locator(".feedback").first).to_be_focused()
    learner.check()


def test_cards_are_turned_and_rated_three_new_ones_a_day(learner: Reader):
    page = learner.page
    learner.open(RECALL)
    expect(page.get_by_text("A message with the task's name")).to_be_hidden()
    page.get_by_text("Show the answer").first.click()
    expect(page.get_by_text("A message with the task's name")).to_be_visible()
    page.get_by_role("button", name="Put these cards into my review").click()
    for words, due in (("Forgot", "Due: 3."), ("Hard", "Due: 2."), ("Easy", "Due: 1.")):
        expect(page.get_by_text(due, exact=True)).to_be_visible()
        expect(page.locator(".card-back")).to_have_count(0)
        page.get_by_role("button", name="Show the answer").press("Enter")
        expect(page.locator(".card-back")).to_be_visible()
        learner.check()
        page.get_by_role("button", name=words).press("Enter")
        expect(page.locator(".card-said")).to_contain_text(f"You said: {words}. It comes back ")
        expect(page.locator(".card-said")).to_be_focused()
        learner.check()
        if words != "Easy":
            page.get_by_role("link", name="Next").press("Enter")
            if page.viewport_size != NARROW:  # a page of its own begins at its top
                expect(page.locator(".question")).to_be_focused()
    # The two that were forgotten or hard, and three new ones.
    expect(page.get_by_text("Nothing more is due. Next: tomorrow, 5 items.")).to_be_visible()


def test_a_double_click_counts_once(learner: Reader):
    page = learner.page
    learner.open(RECALL)
    page.get_by_role("button", name="Put these cards into my review").click()
    page.get_by_role("button", name="Show the answer").click()
    with learner.expecting("status of 409"):
        double_click(learner, page.get_by_role("button", name="Knew it"))
        expect(page.locator(".card-said")).to_contain_text("You said: Knew it.")
        learner.open(REVIEW)
        expect(page.get_by_text("Due: 2.")).to_be_visible()


@pytest.mark.parametrize("width", [1280, 360])
def test_the_line_in_the_lesson_takes_no_more_room_than_is_kept_for_it(
    sit_down: Callable[..., Reader], site: RunningSite, quiz: Quiz, width: int
):
    reader = sit_down(site, viewport={"width": width, "height": 800})
    reader.open(LESSON)
    line = reader.page.locator(".due-line")
    before = line.bounding_box()
    miss_one(reader, quiz)
    reader.open(LESSON)
    line.scroll_into_view_if_needed()
    expect(line).to_contain_text("1 thing is due from this lesson. Review it")
    after = line.bounding_box()
    assert before
    assert after
    assert before["height"] == after["height"]
    reader.check_both_schemes()


def test_the_zone_of_a_learner_is_told_once_and_that_of_a_visitor_never(
    sit_down: Callable[..., Reader], site: RunningSite, quiz: Quiz
):
    reader = sit_down(site, timezone_id="America/New_York")
    told: list[Request] = []
    reader.page.on("request", lambda request: told.append(request) if "time-zone" in request.url else None)
    reader.open(LESSON)
    with reader.page.expect_response("**/review/items/due/**"):
        reader.page.locator(".due-line").scroll_into_view_if_needed()
    reader.open("/review/")
    assert not told
    miss_one(reader, quiz)
    reader.open(LESSON)
    with reader.page.expect_response("**/learners/time-zone/") as answer:
        reader.page.locator(".due-line").scroll_into_view_if_needed()
    assert answer.value.status == 204
    reader.open("/review/")
    expect(reader.page.get_by_text("Days begin at midnight in the time zone America/New_York")).to_be_visible()
    reader.open(LESSON)
    reader.page.locator(".due-line").scroll_into_view_if_needed()
    expect(reader.page.locator(".due-line [data-zone]")).to_have_attribute("data-zone", "America/New_York")
    assert len(told) == 1

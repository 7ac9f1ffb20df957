"""The quiz in a browser: in the lesson with htmx, alone without JavaScript, by keyboard, and clicked twice."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Locator, expect

from quiz.questions import Quiz
from quiz.reading import read
from tests.browser.reader import LESSON, Reader
from tests.running import RunningSite

QUIZ = "/quiz/defining-tasks/"
NARROW = {"width": 360, "height": 800}


@pytest.fixture(scope="module")
def quiz() -> Quiz:
    return read((Path(settings.BASE_DIR) / "content/defining-tasks/quiz.md").read_text(), "defining-tasks")[0]


def letters(quiz: Quiz, place: int, *, right: bool) -> list[str]:
    """The letters of a question's options that are right, or wrong."""
    options = quiz.questions[place].options
    return [chr(ord("A") + at) for at, option in enumerate(options) if option.is_right is right]


def option(reader: Reader, letter: str) -> Locator:
    return reader.page.locator("form.answer label.option").filter(has=reader.page.locator(".letter", has_text=letter))


def answer(reader: Reader, letter: str) -> None:
    option(reader, letter).click()
    reader.page.get_by_role("button", name="Answer").click()


def verdicts(reader: Reader) -> Locator:
    return reader.page.locator(".feedback > p:first-child strong")


@pytest.fixture(params=["in the lesson", "without JavaScript"])
def learner(request: pytest.FixtureRequest, sit_down: Callable[..., Reader], site: RunningSite) -> Reader:
    """Somebody in front of the first question."""
    if request.param == "in the lesson":
        reader = sit_down(site)
        reader.open(LESSON)
    else:
        reader = sit_down(site, java_script_enabled=False, viewport=NARROW)
        reader.open(LESSON)
        reader.page.get_by_role("link", name="Take the quiz").click()
    expect(reader.page.get_by_role("button", name="Answer")).to_be_visible()
    return reader


def test_a_learner_answers_misses_one_sees_the_score_and_tries_again(learner: Reader, quiz: Quiz):
    page = learner.page
    first, second = letters(quiz, 0, right=False)[:2]
    answer(learner, first)
    expect(verdicts(learner)).to_have_text(["Not yet."])
    expect(page.locator(".hint")).to_be_visible()
    learner.check_width()
    answer(learner, second)
    expect(verdicts(learner)).to_have_text(["Wrong."])
    expect(page.locator(".hint")).to_have_count(0)
    expect(page.locator(".why")).to_be_visible()
    learner.check_width()
    answer(learner, *letters(quiz, 1, right=True))
    expect(verdicts(learner)).to_have_text(["Wrong.", "Right."])
    answer(learner, *letters(quiz, 2, right=True))
    expect(page.locator(".score")).to_contain_text("2 of 3 on the first try")
    learner.check_width()
    page.get_by_role("button", name="Try the missed one again").click()
    expect(page.locator(".question")).to_have_count(1)
    answer(learner, *letters(quiz, 0, right=True))
    expect(page.locator(".score")).to_contain_text("1 of 1 on the first try")
    expect(page.locator(".score")).to_contain_text("Nothing is left to try again.")
    page.reload()
    expect(page.locator(".score")).to_contain_text("2 of 3")
    page.get_by_role("button", name="Start fresh").click()
    expect(page.get_by_role("button", name="Answer")).to_be_visible()
    expect(page.get_by_text("Question 1 of 3")).to_be_visible()
    expect(page.get_by_role("button", name="Start fresh")).to_have_count(0)


def test_no_choice_gets_a_message_in_place_and_what_was_chosen_later_counts(learner: Reader, quiz: Quiz):
    with learner.expecting("status of 422"):
        learner.page.get_by_role("button", name="Answer").click()
        expect(learner.page.get_by_role("alert").filter(has_text="Choose an answer first.")).to_be_visible()
    learner.check_width()
    answer(learner, *letters(quiz, 0, right=True))
    expect(verdicts(learner)).to_have_text(["Right."])


def test_a_double_click_counts_once(learner: Reader, quiz: Quiz):
    with learner.expecting("status of 409"):
        option(learner, letters(quiz, 0, right=False)[0]).click()
        learner.page.get_by_role("button", name="Answer").dblclick()
        expect(verdicts(learner)).to_have_text(["Not yet."])
        learner.page.reload()
        expect(verdicts(learner)).to_have_text(["Not yet."])
    expect(learner.page.locator(".mark")).to_have_text(["your first answer"])


def test_back_shows_the_same_state(learner: Reader, quiz: Quiz):
    answer(learner, *letters(quiz, 0, right=True))
    expect(verdicts(learner)).to_have_text(["Right."])
    learner.page.goto(learner.site.url + "/")
    learner.page.go_back()
    expect(verdicts(learner)).to_have_text(["Right."])
    expect(learner.page.get_by_text("Question 2 of 3")).to_be_visible()


def test_a_second_tab_cannot_answer_again(reader: Reader, quiz: Quiz):
    reader.open(QUIZ)
    other = Reader(reader.page.context, reader.site)
    other.open(QUIZ)
    answer(reader, letters(quiz, 0, right=False)[0])
    expect(verdicts(reader)).to_have_text(["Not yet."])
    answer(other, *letters(quiz, 0, right=True))
    expect(other.page.get_by_role("alert").filter(has_text="You had already answered this")).to_be_visible()
    expect(verdicts(other)).to_have_text(["Not yet."])
    expect(other.page.locator(".mark")).to_have_text(["your first answer"])


def test_the_keyboard_is_enough_and_the_focus_follows(reader: Reader, quiz: Quiz):
    reader.open(QUIZ)
    keys = reader.page.keyboard
    for place, question in enumerate(quiz.questions):
        if not place:
            reader.page.get_by_role("radio").first.focus()
        else:
            keys.press("Tab")
            while not reader.page.evaluate("document.activeElement.matches('input[type=radio]')"):
                keys.press("Tab")
        keys.press("Space")
        for _ in range(next(at for at, choice in enumerate(question.options) if choice.is_right)):
            keys.press("ArrowDown")
        keys.press("Enter")
        expect(verdicts(reader)).to_have_count(place + 1)
        expect(reader.page.locator(".feedback").nth(place)).to_be_focused()
    expect(reader.page.locator(".score")).to_contain_text("3 of 3 on the first try")


def test_an_answer_that_cannot_be_sent_says_so_and_can_be_sent_again(reader: Reader, quiz: Quiz):
    reader.open(QUIZ)
    with reader.expecting("net::ERR_INTERNET_DISCONNECTED"), reader.expecting("htmx:"):
        reader.page.context.set_offline(True)
        answer(reader, *letters(quiz, 0, right=True))
        expect(reader.page.get_by_role("alert").get_by_text("could not be sent")).to_be_focused()
    reader.page.context.set_offline(False)
    reader.page.get_by_role("button", name="Answer").click()
    expect(verdicts(reader)).to_have_text(["Right."])


def test_a_refusal_of_the_site_leaves_the_quiz_where_it_is(reader: Reader, quiz: Quiz):
    reader.open(QUIZ)
    reader.page.route("**/answer/", lambda route: route.fulfill(status=503, body="<p>elsewhere</p>"))
    with reader.expecting("status of 503"):
        answer(reader, *letters(quiz, 0, right=True))
        expect(reader.page.get_by_role("alert").filter(has_text="was not taken")).to_be_visible()
    expect(reader.page.locator("form.answer :checked")).to_have_count(1)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
def test_every_state_is_accessible_and_fits(
    sit_down: Callable[..., Reader], site: RunningSite, quiz: Quiz, scheme: str, width: int
):
    reader = sit_down(site, color_scheme=scheme, viewport={"width": width, "height": 800})
    reader.open(QUIZ)
    option(reader, letters(quiz, 0, right=False)[0]).click()
    reader.check_accessible()
    for letter, count in ((letters(quiz, 0, right=False)[0], 1), (letters(quiz, 0, right=True)[0], 1)):
        answer(reader, letter)
        expect(verdicts(reader)).to_have_count(count)
        reader.page.wait_for_load_state("networkidle")
        reader.check_accessible()
        reader.check_width()

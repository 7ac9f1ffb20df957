"""The quiz in a browser: in the lesson with htmx, alone without JavaScript, by keyboard, and clicked twice."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from quiz.questions import Quiz
from tests.browser.answering import (
    answer,
    answer_by_keyboard,
    choose,
    double_click,
    letters,
    option,
    press_answer,
)
from tests.browser.quiz.conftest import QUIZ, go_to_the_first, verdicts
from tests.browser.reader import NARROW, Reader
from tests.running import RunningSite

CONTENT = "lines => lines.map(line => getComputedStyle(line, '::before').content)"
COPIED = "code => { getSelection().selectAllChildren(code); return getSelection().toString(); }"
KINDS = {"choice", "number", "text", "order", "output", "process"}


def test_a_learner_misses_one_sees_the_score_and_tries_again(learner: Reader, quiz: Quiz):
    page = learner.page
    first, second = letters(quiz.questions[0], right=False)[:2]
    choose(learner, first)
    expect(verdicts(learner)).to_have_text(["Not yet."])
    expect(page.locator(".hint")).to_be_visible()
    learner.check_width()
    choose(learner, second)
    expect(verdicts(learner)).to_have_text(["Wrong."])
    expect(page.locator(".hint")).to_have_count(0)
    expect(page.locator(".why")).to_be_visible()
    for place, question in enumerate(quiz.questions[1:], 2):
        answer(learner, question, right=True)
        expect(verdicts(learner)).to_have_count(place)
    learner.check_width()
    count = len(quiz.questions)
    expect(page.locator(".score")).to_contain_text(f"{count - 1} of {count} on the first try")
    page.get_by_role("button", name="Try the missed one again").click()
    expect(page.locator(".question")).to_have_count(1)
    answer(learner, quiz.questions[0], right=True)
    expect(page.locator(".score")).to_contain_text("1 of 1 on the first try")
    expect(page.locator(".score")).to_contain_text("Nothing is left to try again.")
    page.reload()
    expect(page.locator(".score")).to_contain_text(f"{count - 1} of {count}")
    page.get_by_role("button", name="Start fresh").click()
    expect(page.get_by_role("button", name="Answer")).to_be_visible()
    expect(page.get_by_text(f"Question 1 of {count}")).to_be_visible()
    expect(page.get_by_role("button", name="Start fresh")).to_have_count(0)


def test_what_is_nearly_right_or_has_two_readings_is_asked_back_and_costs_no_try(learner: Reader, quiz: Quiz):
    page = learner.page
    learner.expected.append("status of 422")
    message, field = page.locator("#quiz-message"), page.get_by_role("textbox")
    number = go_to_the_first(learner, quiz, "number")
    for text, said in (("1.500 ms", "is that 1500 ms or 1.5 ms?"), ("3,000", "is that 3000 s or 3 s?")):
        field.fill(text)
        press_answer(learner)
        expect(message).to_contain_text(said)
        expect(field).to_have_value(text)
    learner.check_width()
    answer(learner, number, right=True)
    text_question = next(question for question in quiz.questions if question.kind == "text")
    expect(page.locator(f"#question-{text_question.id}")).to_have_class("question open")  # it comes next
    field.fill("a message brocker")
    press_answer(learner)
    expect(message).to_contain_text("Check the spelling")
    expect(message).to_be_focused()
    learner.check_width()
    expect(field).to_have_value("a message brocker")
    press_answer(learner)
    expect(verdicts(learner).last).to_have_text("Not yet.")
    field.fill("“The message broker.”")
    press_answer(learner)
    expect(verdicts(learner).last).to_have_text("Right, on the second try.")


def test_the_lesson_asks_every_kind_of_question(quiz: Quiz):
    assert {question.kind for question in quiz.questions} == KINDS
    assert any(question.kind == "choice" and question.has_several_right for question in quiz.questions)


def test_each_kind_can_be_answered_wrongly_and_then_rightly(learner: Reader, quiz: Quiz):
    said: list[str] = []
    for question in quiz.questions:
        answer(learner, question, right=False)
        expect(verdicts(learner)).to_have_text([*said, "Not yet."])
        expect(learner.page.locator(".hint")).to_be_visible()
        learner.check_width()
        answer(learner, question, right=True)
        said.append("Right, on the second try.")
        expect(verdicts(learner)).to_have_text(said)
    # Only the wrong answer to an order is worth something: all of its pairs but one were right.
    expect(learner.page.locator(".score")).to_contain_text(f"0.8 of {len(quiz.questions)} on the first try")


def test_a_line_is_found_by_its_number_also_on_paper_and_no_number_is_copied(learner: Reader, quiz: Quiz):
    question = go_to_the_first(learner, quiz, "process")
    assert question.trace
    code = learner.page.locator(f"#question-{question.id} code.numbered")
    for medium in ("screen", "print"):
        learner.page.emulate_media(media=medium)
        count = question.trace.program.count("\n")
        assert code.locator(".line").evaluate_all(CONTENT) == ["counter(line)"] * count
    learner.page.emulate_media(media="screen")
    assert code.evaluate(COPIED).strip() == question.trace.program.strip()
    learner.check_width()


def test_no_choice_gets_a_message_in_place_and_what_was_chosen_later_counts(learner: Reader, quiz: Quiz):
    with learner.expecting("status of 422"):
        learner.page.get_by_role("button", name="Answer").click()
        expect(learner.page.get_by_role("alert").filter(has_text="Choose an answer first.")).to_be_visible()
    learner.check_width()
    answer(learner, quiz.questions[0], right=True)
    expect(verdicts(learner)).to_have_text(["Right."])


def test_a_double_click_counts_once(learner: Reader, quiz: Quiz):
    with learner.expecting("status of 409"):
        option(learner, letters(quiz.questions[0], right=False)[0]).click()
        double_click(learner, learner.page.get_by_role("button", name="Answer"))
        expect(verdicts(learner)).to_have_text(["Not yet."])
        learner.page.reload()
        expect(verdicts(learner)).to_have_text(["Not yet."])
    expect(learner.page.locator(".mark")).to_have_text(["your first answer"])


def test_back_shows_the_same_state(learner: Reader, quiz: Quiz):
    answer(learner, quiz.questions[0], right=True)
    expect(verdicts(learner)).to_have_text(["Right."])
    learner.page.goto(learner.site.url + "/")
    learner.page.go_back()
    expect(verdicts(learner)).to_have_text(["Right."])
    expect(learner.page.get_by_text(f"Question 2 of {len(quiz.questions)}")).to_be_visible()


def test_a_second_tab_cannot_answer_again(reader: Reader, quiz: Quiz):
    reader.open(QUIZ)
    other = Reader(reader.page.context, reader.site)
    other.open(QUIZ)
    answer(reader, quiz.questions[0], right=False)
    expect(verdicts(reader)).to_have_text(["Not yet."])
    answer(other, quiz.questions[0], right=True)
    expect(other.page.get_by_role("alert").filter(has_text="You had already answered this")).to_be_visible()
    expect(verdicts(other)).to_have_text(["Not yet."])
    expect(other.page.locator(".mark")).to_have_text(["your first answer"])


def test_what_was_said_of_an_answer_that_did_not_count_goes_away_with_one_that_does(reader: Reader, quiz: Quiz):
    page = reader.page
    reader.open(QUIZ)
    answer(
        reader, quiz.questions[0], right=True
    )  # only who is known is sent what changed alone, and not the whole quiz
    expect(verdicts(reader)).to_have_text(["Right."])
    page.route("**/answer/", lambda route: route.fulfill(status=500, body="<p>elsewhere</p>"))
    with reader.expecting("status of 500"):
        answer(reader, quiz.questions[1], right=True)
        said = page.get_by_role("alert").get_by_text("the site answered with 500")
        expect(said).to_be_visible()
    page.unroute("**/answer/")
    press_answer(reader)
    expect(verdicts(reader)).to_have_text(["Right.", "Right."])
    expect(said).to_have_count(0)


def test_the_keyboard_is_enough_for_every_kind_and_the_focus_follows(reader: Reader, quiz: Quiz):
    reader.open(QUIZ)
    for place, question in enumerate(quiz.questions):
        answer_by_keyboard(reader, question)
        expect(verdicts(reader)).to_have_text(["Right."] * (place + 1))
        expect(reader.page.locator(".feedback").nth(place)).to_be_focused()
    count = len(quiz.questions)
    expect(reader.page.locator(".score")).to_contain_text(f"{count} of {count} on the first try")


SEND_ON_ARRIVAL = """
(id) => {
  window.stayed = true;
  new MutationObserver((_, observer) => {
    const form = document.querySelector(`#question-${id} form.answer`);
    if (!form) return;
    observer.disconnect();
    form.requestSubmit();
  }).observe(document.querySelector(".quiz").parentElement, { childList: true, subtree: true });
}
"""


def test_a_key_pressed_in_the_moment_a_question_arrives_does_not_leave_the_page(reader: Reader, quiz: Quiz):
    reader.open(QUIZ)
    reader.page.evaluate(SEND_ON_ARRIVAL, quiz.questions[1].id)
    with reader.expecting("status of 422"):
        answer(reader, quiz.questions[0], right=True)
        expect(reader.page.get_by_role("alert").filter(has_text="Choose an answer first.")).to_be_focused()
    assert reader.page.evaluate("window.stayed") is True


def test_a_number_in_words_is_refused_kindly_and_what_was_typed_stays(learner: Reader, quiz: Quiz):
    page = learner.page
    number = go_to_the_first(learner, quiz, "number")
    with learner.expecting("status of 422"):
        page.get_by_role("textbox").fill("three")
        press_answer(learner)
        expect(page.get_by_role("alert").filter(has_text="Write a number in digits")).to_be_focused()
    expect(page.get_by_role("textbox")).to_have_value("three")
    learner.check_width()
    answer(learner, number, right=True)
    expect(verdicts(learner).last).to_have_text("Right.")


def test_an_answer_that_cannot_be_sent_says_so_and_can_be_sent_again(reader: Reader, quiz: Quiz):
    reader.open(QUIZ)
    with reader.expecting("net::ERR_INTERNET_DISCONNECTED"), reader.expecting("htmx:"):
        reader.page.context.set_offline(True)
        answer(reader, quiz.questions[0], right=True)
        expect(reader.page.get_by_role("alert").get_by_text("could not be sent")).to_be_focused()
    reader.page.context.set_offline(False)
    reader.page.get_by_role("button", name="Answer").click()
    expect(verdicts(reader)).to_have_text(["Right."])


@pytest.mark.parametrize(("status", "words"), [(503, "was not taken"), (404, "no longer part of the course")])
def test_a_refusal_of_the_site_leaves_the_quiz_where_it_is(reader: Reader, quiz: Quiz, status: int, words: str):
    reader.open(QUIZ)
    reader.page.route("**/answer/", lambda route: route.fulfill(status=status, body="<p>elsewhere</p>"))
    with reader.expecting(f"status of {status}"):
        answer(reader, quiz.questions[0], right=True)
        expect(reader.page.get_by_role("alert").filter(has_text=words)).to_be_visible()
    expect(reader.page.locator("form.answer :checked")).to_have_count(1)


def test_every_state_is_accessible_and_fits_at_both_widths_in_both_schemes(reader: Reader, quiz: Quiz):
    reader.open(QUIZ)
    option(reader, letters(quiz.questions[0], right=False)[0]).click()
    reader.check_every_look()
    for place, question in enumerate(quiz.questions, 1):
        for is_right in (False, True):
            answer(reader, question, right=is_right)
            expect(verdicts(reader)).to_have_count(place)
            expect(verdicts(reader).last).to_have_text("Right, on the second try." if is_right else "Not yet.")
            reader.check_wide_and_narrow()
    reader.check_every_look()


@pytest.mark.parametrize("java_script", [True, False])
def test_a_browser_without_cookies_goes_through_the_quiz_and_is_told_that_nothing_stays(
    sit_down: Callable[..., Reader], site: RunningSite, quiz: Quiz, *, java_script: bool
):
    reader = sit_down(site, java_script_enabled=java_script, viewport=NARROW)
    reader.page.add_init_script("Object.defineProperty(navigator, 'cookieEnabled', { get: () => false })")
    reader.lose_cookies()
    reader.open(QUIZ)
    for place, question in enumerate(quiz.questions[:3], 1):
        answer(reader, question, right=True)
        expect(verdicts(reader)).to_have_text(["Right."] * place)
        expect(reader.page.get_by_text("so nothing that you answer here is kept")).to_have_count(1)
    if java_script:
        reader.check_accessible()
    reader.check_width()
    assert reader.page.context.cookies() == []
    reader.open(QUIZ)
    expect(verdicts(reader)).to_have_count(0)

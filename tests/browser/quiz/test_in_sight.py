"""On a phone, a typed answer and what is said of it are in sight together."""

import pytest
from playwright.sync_api import ViewportSize, expect

from quiz.questions import Quiz
from tests.browser.answering import answer, press_answer
from tests.browser.quiz.conftest import QUIZ, go_to_the_first, verdicts
from tests.browser.reader import LESSON, Reader

STILL = """() => new Promise(done => {
  let last = -1, same = 0;
  const look = () => {
    same = scrollY === last ? same + 1 : 0;
    last = scrollY;
    same > 5 ? done() : requestAnimationFrame(look);
  };
  look();
})"""
PHONE = ViewportSize(width=360, height=740)


@pytest.mark.parametrize("kind", ["text", "number", "output"])
def test_a_typed_answer_and_what_is_said_of_it_are_in_sight_together_on_a_phone(learner: Reader, quiz: Quiz, kind: str):
    page = learner.page
    question = go_to_the_first(learner, quiz, kind)
    page.set_viewport_size(PHONE)
    field, said = page.get_by_role("textbox"), page.locator(f"#said-{question.id}")
    if kind != "output":
        with learner.expecting("status of 422"):
            field.fill("message brocker" if kind == "text" else "three")
            press_answer(learner)
            expect(page.locator("#quiz-message")).to_be_visible()
            settle(learner)
            expect(page.locator("#quiz-message")).to_be_in_viewport(ratio=1)
            expect(field).to_be_in_viewport(ratio=1)
    for which, right in (("Your answer", False), ("Your second answer", True)):
        answer(learner, question, right=right)
        expect(said).to_contain_text("second try" if right else "Not yet.")
        settle(learner)
        expect(verdicts(learner).last).to_be_in_viewport(ratio=1)
        given = said.get_by_text(which, exact=True)
        expect(given).to_be_in_viewport(ratio=1)
        expect(given.locator("+ dd")).to_be_in_viewport(ratio=1)
    learner.check()
    learner.check_width()


@pytest.mark.parametrize("path", [QUIZ, LESSON])
def test_a_typed_answer_that_cannot_be_sent_is_in_sight_with_why_on_a_phone(reader: Reader, quiz: Quiz, path: str):
    reader.open(path)
    page = reader.page
    go_to_the_first(reader, quiz, "text")
    page.set_viewport_size(PHONE)
    field = page.get_by_role("textbox")
    field.fill("the broker")
    with reader.expecting("net::ERR_INTERNET_DISCONNECTED"), reader.expecting("htmx:"):
        page.context.set_offline(True)
        press_answer(reader)
        said = page.get_by_role("alert").get_by_text("could not be sent")
        expect(said).to_be_focused()
        settle(reader)
        expect(said).to_be_in_viewport(ratio=1)
        expect(field).to_be_in_viewport(ratio=1)
        expect(field).to_have_value("the broker")
    page.context.set_offline(False)
    press_answer(reader)
    expect(verdicts(reader).last).to_have_text("Right.")
    expect(page.get_by_text("could not be sent")).to_have_count(0)


def settle(reader: Reader) -> None:
    """Wait until the page has not moved for a few frames."""
    if reader.page.evaluate("'htmx' in window"):  # without scripts, there are no frames to wait for
        reader.page.evaluate(STILL)

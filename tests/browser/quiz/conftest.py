"""Somebody in front of the quiz of the first lesson: in the lesson with htmx, or alone without JavaScript."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from quiz.questions import Question, Quiz
from tests.browser.answering import (
    answer,
)
from tests.browser.reader import LESSON, NARROW, Reader
from tests.running import RunningSite

QUIZ = "/quiz/defining-tasks/"


def verdicts(reader: Reader) -> Locator:
    return reader.page.locator(".feedback > p:first-child strong")


def go_to_the_first(reader: Reader, quiz: Quiz, kind: str) -> Question:
    """Answer rightly until a question of that kind is open."""
    for question in quiz.questions:
        if question.kind == kind:
            expect(reader.page.locator(f"#question-{question.id}")).to_have_class("question open")
            return question
        answer(reader, question, right=True)
    raise AssertionError(f"no question is of kind {kind}")


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

"""A course with one lesson whose quiz and cards a test writes itself, and somebody who learns from it."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from html import unescape
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client
from django.urls import get_resolver
from django.utils.datastructures import MultiValueDict

from learners.identity import COOKIE, new_learner, remember
from lessons.catalog import Course, Lesson
from lessons.reading import ModePage
from quiz.form_tokens import version_token
from quiz.questions import Quiz
from quiz.recording import SubmittedAnswer, record
from review.cards import read as read_cards
from tests.quiz.conftest import SOURCE, positions, quiz_from

BROWSER = {"accept": "text/html,application/xhtml+xml"}
# Words that stand only in what has to be earned.
EARNED = ("why-", "feedback-", "hint-")
HTMX = {"accept": "*/*", "hx-request": "true"}

CARDS = """---
title: Four cards
---

## Front of one? {#one}

Stem of one.

> **Back:** back-one
>
> - and more

## Front of two? {#two}

> Back: back-two

## Front of three? {#three}

> Back: back-three

## Front of four? {#four}

> Back: back-four
"""

Write = Callable[..., Lesson]


@pytest.fixture
def write(monkeypatch: pytest.MonkeyPatch) -> Write:
    """Makes these texts the quiz and the cards of the lesson `one`, from now on; None for no such file."""

    def write(quiz: str | None = SOURCE, cards: str | None = CARDS) -> Lesson:
        files: dict[str, Any] = {}
        if quiz is not None:
            files["quiz.md"] = quiz_from(quiz)
        if cards is not None:
            files["cards.md"] = read_cards(cards, "one")[0]
        page = ModePage("performance", {"title": "A lesson"}, (), (), ())
        lesson = Lesson("one", 1, {"performance": page}, files)
        course = Course("A course", {"one": lesson})
        _ = get_resolver().url_patterns  # views that take the catalog by its name have it by now
        monkeypatch.setattr("lessons.catalog.catalog", lambda: SimpleNamespace(course=course))
        return lesson

    return write


@pytest.fixture
def lesson(write: Write) -> Lesson:
    """The lesson with the quiz and the cards above."""
    return write()


def answer_quiz(lesson: Lesson, learner: UUID, *missed: str) -> None:
    """Answer every question of the quiz: these wrong, twice, and the others right."""
    quiz: Quiz = lesson.files["quiz.md"]
    for question in quiz.questions:
        for attempt in (1, 2) if question.id in missed else (1,):
            answer_question(quiz, learner, question.id, right=question.id not in missed, attempt=attempt)


def answer_question(quiz: Quiz, learner: UUID, question_id: str, *, right: bool, attempt: int = 1) -> None:
    """Answer one question of the quiz."""
    question = quiz.find(question_id)
    assert question
    chosen = positions(quiz, question_id, right=right)
    form = MultiValueDict({"option": list(map(str, chosen if right or question.has_several_right else chosen[:1]))})
    record(quiz, learner, SubmittedAnswer(question_id, version_token(question), 1, attempt, form))


@dataclass
class Learner:
    """Somebody with a cookie, who fills in the form that is on the page and sends it, as a browser does."""

    key: UUID = field(default_factory=new_learner)
    client: Client = field(default_factory=Client)
    headers: Mapping[str, str] = field(default_factory=lambda: dict(BROWSER))
    path: str = "/review/"
    responses: list[Any] = field(default_factory=list)

    def __post_init__(self) -> None:
        response = HttpResponse()
        remember(response, self.key)
        self.client.cookies[COOKIE] = response.cookies[COOKIE].value

    @property
    def last(self) -> Any:
        return self.responses[-1]

    @property
    def text(self) -> str:
        found: str = self.last.content.decode()
        return found

    def look(self, query: str = "", **headers: str) -> str:
        return self._took(self.client.get(self.path + query, headers={**self.headers, **headers}))

    def fields(self, text: str = "") -> dict[str, str]:
        """The hidden fields of the form on the page."""
        form = re.search(r"<form .*?</form>", text or self.text, re.DOTALL)
        assert form, self.text
        found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', form[0])
        return {name: unescape(value) for name, value in found}

    def turn(self) -> str:
        """Show the answer of the card."""
        fields = self.fields()
        return self._took(self.client.get(self.path, fields, headers=self.headers))

    def send(self, **answer: object) -> str:
        return self.post({**self.fields(), **answer})

    def post(self, form: Mapping[str, object]) -> str:
        return self._took(self.client.post(self.path, form, headers=self.headers))

    def _took(self, response: Any) -> str:
        self.responses.append(response)
        if response.status_code == 303:
            self.responses.append(self.client.get(response["Location"], headers=self.headers))
        return self.text


@pytest.fixture
def learner() -> Learner:
    """Somebody at a browser without JavaScript."""
    return Learner()


def at(text: str) -> datetime:
    """A time with its offset from UTC."""
    return datetime.fromisoformat(text)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel("2026-01-05T12:00Z", tick=False) as clock:
        yield clock


@pytest.fixture(params=[BROWSER, HTMX], ids=["page", "fragment"])
def missed(request, write: Write, learner: Learner, clock) -> Lesson:
    """The lesson whose question `single` was missed yesterday; the learner is there today."""
    lesson = write(cards=None)
    answer_quiz(lesson, learner.key, "single")
    clock.shift(timedelta(days=1))
    learner.headers = request.param
    return lesson


def right(lesson: Lesson, question: str = "single") -> list[int]:
    return positions(lesson.files["quiz.md"], question, right=True)


def wrong(lesson: Lesson, question: str = "single") -> list[int]:
    return positions(lesson.files["quiz.md"], question, right=False)

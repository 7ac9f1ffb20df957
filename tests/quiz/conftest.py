"""A course with one lesson whose quiz a test writes itself."""

from collections.abc import Callable

import pytest

from lessons.catalog import Course, Lesson
from lessons.reading import ModePage
from quiz.questions import Quiz
from quiz.reading import read

# Every piece that has to be earned says so in a word that stands nowhere else.
SOURCE = """---
title: Three questions
---

## One of three? {#single}

Stem of the first.

> Hint: hint-single

- [ ] wrong one
  > feedback-single-1
- [x] right one
  > feedback-single-2
- [ ] wrong two
  > feedback-single-3

> **Why:** why-single

## Several of four? {#several}

> Hint: hint-several

- [x] right a
  > feedback-several-1
- [x] right b
  > feedback-several-2
- [ ] wrong a
  > feedback-several-3
- [ ] wrong b
  > feedback-several-4

> **Why:** why-several

## The last? {#last}

> Hint: hint-last

- [ ] no
  > feedback-last-1
- [x] yes
  > feedback-last-2

> **Why:** why-last
"""


def quiz_from(source: str) -> Quiz:
    quiz, problems = read(source, "one")
    assert not problems
    return quiz


@pytest.fixture
def write_quiz(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Quiz]:
    """Makes a text the quiz of the lesson `one`, from now on."""

    def write(source: str) -> Quiz:
        quiz = quiz_from(source)
        page = ModePage("performance", {"title": "A lesson"}, (), (), ())
        course = Course("A course", {"one": Lesson("one", 1, {"performance": page}, {"quiz.md": quiz})})
        monkeypatch.setattr("quiz.views.course", lambda: course)
        return quiz

    return write


@pytest.fixture
def quiz(write_quiz: Callable[[str], Quiz]) -> Quiz:
    """The quiz above."""
    return write_quiz(SOURCE)


def positions(quiz: Quiz, question_id: str, *, right: bool) -> list[int]:
    """The positions, as shown, of a question's options that are right, or wrong."""
    question = quiz.find(question_id)
    assert question
    return [place for place, option in enumerate(question.options, 1) if option.is_right is right]

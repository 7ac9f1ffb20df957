"""A quiz that is changed while a learner is at it: a question is another, or gone, or its lesson is."""

from collections.abc import Callable

import pytest

from lessons.catalog import Course
from quiz.models import Answer
from quiz.questions import Quiz
from tests.quiz.conftest import SOURCE, positions
from tests.quiz.journey import Journey

pytestmark = pytest.mark.django_db


def test_a_changed_question_is_shown_as_it_is_now(journey: Journey, write_quiz: Callable[[str], Quiz]):
    write_quiz(SOURCE.replace("wrong one", "another wrong one"))
    text = journey.choose(1)
    assert journey.last.status_code == 409
    assert "has changed since you opened it" in text
    assert "another wrong one" in text
    assert " checked" not in text
    assert not Answer.objects.exists()


def test_a_question_that_changed_after_its_answer_keeps_the_verdict(
    journey: Journey, quiz: Quiz, write_quiz: Callable[[str], Quiz]
):
    journey.choose(*positions(quiz, "single", right=True))
    write_quiz(SOURCE.replace("right one", "still right"))
    assert "This question has changed since you answered it." in journey.look()
    assert journey.open_question == "several"


def test_a_question_that_was_removed_before_its_answer_is_said_to_be_and_the_next_one_is_asked(
    journey: Journey, write_quiz: Callable[[str], Quiz]
):
    first = SOURCE.partition("## Several")[0]
    write_quiz(SOURCE.replace(first, ""))
    text = journey.choose(1)
    assert journey.last.status_code == 409
    assert "is no longer part of this quiz, so your answer was not counted" in text
    assert journey.open_question == "several"
    assert not Answer.objects.exists()


def test_a_question_that_was_removed_after_its_answer_leaves_the_score_and_comes_back_with_its_answer(
    journey: Journey, quiz: Quiz, write_quiz: Callable[[str], Quiz]
):
    journey.choose(*positions(quiz, "single", right=True))
    write_quiz(SOURCE.replace(SOURCE.partition("## Several")[0], ""))
    assert "Question 1 of 2" in journey.look()
    write_quiz(SOURCE)
    assert "Right." in journey.look()
    assert journey.open_question == "several"


def test_a_lesson_that_was_removed_before_an_answer_says_that_what_was_answered_is_kept(
    journey: Journey, quiz: Quiz, monkeypatch: pytest.MonkeyPatch
):
    journey.choose(*positions(quiz, "single", right=True))
    form = {**journey.fields(), "option": ["1"]}
    monkeypatch.setattr("quiz.views.course", lambda: Course("", {}))
    text = journey.send(form)
    assert journey.last.status_code == 404
    assert "There is no such quiz, or no longer. What you answered is kept." in text
    assert Answer.objects.count() == 1

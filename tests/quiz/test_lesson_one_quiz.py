"""The first lesson's own questions: they keep the rules that make a question fair."""

from pathlib import Path

import pytest
from django.conf import settings

from quiz.questions import Quiz
from quiz.reading import read


@pytest.fixture(scope="module")
def own() -> Quiz:
    text = (Path(settings.BASE_DIR) / "content/defining-tasks/quiz.md").read_text()
    quiz, problems = read(text, "defining-tasks")
    assert not problems
    return quiz


def test_there_are_three_questions_with_a_single_right_option(own: Quiz):
    assert len(own.questions) == 3
    assert not any(question.is_multiple for question in own.questions)


def test_every_piece_of_feedback_is_there(own: Quiz):
    for question in own.questions:
        assert question.hint_html
        assert question.why_html
        assert all(option.feedback_html for option in question.options)


def test_the_right_option_is_not_told_by_its_length(own: Quiz):
    for question in own.questions:
        lengths = sorted(len(option.text) for option in question.options)
        (right,) = (len(option.text) for option in question.options if option.is_right)
        assert right < lengths[-1]
        assert lengths[-1] <= 1.7 * lengths[0]


def test_the_quiz_does_not_say_that_blocking_raises_inp(own: Quiz):
    (inp,) = (option for question in own.questions for option in question.options if "INP" in option.text)
    assert not inp.is_right

"""The first lesson's own questions: they keep the rules that make a question fair."""

from pathlib import Path

import pytest
from django.conf import settings

from quiz.kinds import KINDS
from quiz.questions import Quiz
from quiz.reading import read


@pytest.fixture(scope="module")
def own() -> Quiz:
    text = (Path(settings.BASE_DIR) / "content/defining-tasks/quiz.md").read_text()
    quiz, problems = read(text, "defining-tasks")
    assert not problems
    return quiz


def test_it_begins_with_three_choices_and_has_a_question_of_every_kind(own: Quiz):
    assert [question.kind for question in own.questions[:3]] == ["choice"] * 3
    assert {question.kind for question in own.questions} == set(KINDS)
    assert any(question.kind == "choice" and question.has_several_right for question in own.questions)


def test_every_piece_of_feedback_is_there(own: Quiz):
    for question in own.questions:
        assert question.hint_html
        assert question.why_html
        first = question.right[:1]
        explained = (option for option in question.options if option not in question.right or option in first)
        assert all(option.feedback_html for option in (question.options if question.kind == "choice" else explained))


def test_the_right_option_is_not_told_by_its_length(own: Quiz):
    for question in own.questions[:3]:
        lengths = sorted(len(option.text) for option in question.options)
        (right,) = (len(option.text) for option in question.options if option.is_right)
        assert right < lengths[-1]
        assert lengths[-1] <= 1.7 * lengths[0]


def test_the_quiz_does_not_say_that_blocking_raises_inp(own: Quiz):
    (inp,) = (option for question in own.questions[:3] for option in question.options if "INP" in option.text)
    assert not inp.is_right

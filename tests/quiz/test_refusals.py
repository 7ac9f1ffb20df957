"""What the quiz does not take: a message stands where the answer would, and nothing is counted."""

import re

import pytest

from learners.identity import COOKIE
from quiz.models import Answer
from quiz.questions import Quiz
from tests.quiz.conftest import positions
from tests.quiz.journey import BROWSER, Journey

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("chosen", "words"),
    [
        ([], "Choose an answer first."),
        ([4], "That option does not exist."),
        ([0], "That option does not exist."),
        (["x"], "That option does not exist."),
        ([-1], "That option does not exist."),
        (["9" * 5000], "That option does not exist."),
        ([1, 2], "Choose one answer"),
    ],
)
def test_what_is_no_answer_gets_a_message_in_place(journey: Journey, chosen: list[object], words: str):
    text = journey.choose(*chosen)
    assert journey.last.status_code == 422
    assert words in text[text.index('id="question-single"') :]
    assert text.count("autofocus") == 1
    assert not Answer.objects.exists()
    assert ("<html" in text) is (journey.headers == BROWSER)


def test_what_was_ticked_stays_ticked(journey: Journey):
    text = journey.choose(1, 2)
    assert re.findall(r'value="(\d)" autocomplete="off" checked', text) == ["1", "2"]


def test_an_answer_twice_gets_a_message_and_the_state_as_it_is(journey: Journey, quiz: Quiz):
    form = {**journey.fields(), "option": str(positions(quiz, "single", right=True)[0])}
    journey.send(form)
    text = journey.send(form)
    assert journey.last.status_code == 409
    assert "You had already answered this; your first answer counts." in text
    assert journey.open_question == "several"
    assert Answer.objects.count() == 1


def test_an_answer_to_a_later_question_is_not_taken(journey: Journey):
    journey.choose(1, question="last")
    assert journey.last.status_code == 422
    assert "not counted" in journey.text
    assert not Answer.objects.exists()


def test_again_with_nothing_missed_is_refused_in_place(journey: Journey):
    for go in (0, 1, 2):
        text = journey.again(go)
        assert journey.last.status_code == 422
        assert "nothing to try again" in text
    assert COOKIE not in journey.client.cookies

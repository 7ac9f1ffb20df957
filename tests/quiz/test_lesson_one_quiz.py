"""The first lesson's own questions: they keep the rules that make a question fair."""

from pathlib import Path

import pytest
from django.conf import settings
from django.utils.datastructures import MultiValueDict

from quiz.kinds import KINDS, grade, take
from quiz.progress import Asked
from quiz.questions import Quiz
from quiz.reading import read
from quiz.recording import attempt_at


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


@pytest.mark.parametrize(
    "typed",
    [
        "BROKER!!!", "Broker!", "Message-broker", "redis-queue", "the Redis queue", "rabbit mq", "Rabbit-MQ", "queues",
        "the queues", "the broker (redis)", "redis/valkey", "Redis or Valkey", "messagebroker", "the broker's queue.",
        "the broker’s queue",
    ],
)  # fmt: skip
def test_who_holds_the_message_takes_what_people_type(own: Quiz, typed: str):
    question = own.find("who-holds-the-message")
    assert question
    assert grade(question, take(question, MultiValueDict({"text": [typed]}))) == 1


@pytest.mark.parametrize("typed", ["the workers", "the worker process", "a worker", "Worker!", "the celery worker"])
def test_who_does_not_hold_it_is_foreseen(own: Quiz, typed: str):
    question = own.find("who-holds-the-message")
    assert question
    attempt = attempt_at(question, 1, 1, take(question, MultiValueDict({"text": [typed]})))
    assert attempt.grade == 0
    (mistake,) = KINDS["text"].shown(Asked(question, 1, (attempt,), tries=2), MultiValueDict())
    assert mistake.feedback_html

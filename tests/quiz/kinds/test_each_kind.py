"""Every kind of question, answered rightly and wrongly, with plain forms and with htmx; and what it keeps to itself."""

import re
from collections.abc import Callable

import pytest

from quiz.models import Answer
from quiz.questions import Quiz
from tests.quiz.every_kind import RIGHT, WRONG, only, values
from tests.quiz.journey import BROWSER, HTMX, Journey

pytestmark = pytest.mark.django_db

KINDS = list(RIGHT)
TYPED_KEYS = {"number": "41.7", "text": "secretword", "output": "printed-secret"}


@pytest.fixture(params=[BROWSER, HTMX], ids=["plain forms", "htmx"])
def headers(request: pytest.FixtureRequest) -> dict[str, str]:
    return dict(request.param)


@pytest.fixture
def at(headers: dict[str, str], write_quiz: Callable[[str], Quiz]) -> Callable[[str], tuple[Journey, Quiz]]:
    """Puts a learner in front of a question."""

    def put(question: str) -> tuple[Journey, Quiz]:
        quiz = write_quiz(only(question))
        journey = Journey(headers)
        journey.look()
        return journey, quiz

    return put


def secrets_in(text: str) -> set[str]:
    return set(re.findall(r"(?:hint|why|feedback)-[a-z]+(?:-\d)?", text))


@pytest.mark.parametrize("kind", KINDS)
def test_the_key_is_right_at_once(at: Callable[[str], tuple[Journey, Quiz]], kind: str):
    journey, quiz = at(kind)
    assert not secrets_in(journey.text)
    assert TYPED_KEYS.get(kind, "none") not in journey.text
    text = journey.give(*values(quiz.questions[0], RIGHT))
    assert journey.last.status_code == 200
    assert "Right." in text
    assert f"why-{kind}" in secrets_in(text)
    assert "1 of 1" in text
    answer = Answer.objects.get()
    assert (answer.correct, answer.grade) == (True, 1.0)


@pytest.mark.parametrize("kind", KINDS)
def test_a_wrong_answer_gets_a_hint_and_the_second_one_the_key(at: Callable[[str], tuple[Journey, Quiz]], kind: str):
    journey, quiz = at(kind)
    text = journey.give(*values(quiz.questions[0], WRONG))
    assert "Not yet." in text
    assert "one more try" in text
    assert secrets_in(text) >= {f"hint-{kind}"}
    assert f"why-{kind}" not in text
    assert TYPED_KEYS.get(kind, "none") not in text
    right = {secret for option in quiz.questions[0].right for secret in secrets_in(option.feedback_html)}
    assert not secrets_in(text) & right
    text = journey.give(*values(quiz.questions[0], WRONG))
    assert "rong." in text or "Partly right." in text
    assert f"why-{kind}" in text
    assert f"hint-{kind}" not in text
    assert not Answer.objects.filter(correct=True).exists()


@pytest.mark.parametrize("kind", ["number", "text", "output"])
def test_a_foreseen_mistake_is_answered_in_its_own_words(at: Callable[[str], tuple[Journey, Quiz]], kind: str):
    journey, quiz = at(kind)
    assert f"feedback-{kind}-2" in journey.give(*values(quiz.questions[0], WRONG))


@pytest.mark.parametrize(
    ("kind", "sent", "said"),
    [
        ("number", ["three"], "Write a number in digits"),
        ("number", [""], "Write a number first."),
        ("number", ["3 kg"], "asked for in s"),
        ("number", ["4,170"], "is that 4170 s or 4,17 s?"),
        ("number", ["4.170 ms"], "is that 4170 ms or 4.17 ms?"),
        ("text", ["  "], "Write an answer first."),
        ("text", ["x" * 250], "at most 200 characters"),
        ("text", ["a\0b"], "a character in it that is no text"),
        ("output", ["a\0b"], "a character in it that is no text"),
        ("output", ["\n \n"], "Write what is printed first."),
        ("output", ["x" * 2500], "at most 2,000 characters"),
    ],
)
def test_what_is_no_answer_is_refused_kindly_and_stays_in_the_field(
    at: Callable[[str], tuple[Journey, Quiz]], kind: str, sent: list[str], said: str
):
    journey, _ = at(kind)
    text = journey.give("text", sent)
    assert journey.last.status_code == 422
    assert said in text
    assert 'aria-invalid="true"' in text
    assert sent[0].strip() in text
    assert not Answer.objects.exists()


@pytest.mark.parametrize("sent", [[], ["1"], ["1", "1", "2"], ["1", "2", "3", "4"], ["0", "1", "2"], ["a", "b", "c"]])
def test_steps_that_are_not_all_there_are_refused(at: Callable[[str], tuple[Journey, Quiz]], sent: list[str]):
    journey, _ = at("order")
    assert "Send every step once." in journey.give("step", sent)
    assert journey.last.status_code == 422


def test_points_of_a_partly_right_first_try_are_told_and_counted(at: Callable[[str], tuple[Journey, Quiz]]):
    journey, quiz = at("several")
    places = {option.text: str(place) for place, option in enumerate(quiz.questions[0].options, 1)}
    text = journey.give("option", [places["right a"]])
    assert "Nothing that you chose is wrong" in text
    text = journey.give(*values(quiz.questions[0], RIGHT))
    assert "Your first answer counts 0.5 of 1 point." in text
    assert "0.5 of 1" in text
    assert list(Answer.objects.order_by("attempt").values_list("grade", flat=True)) == [0.5, 1.0]

"""A browser that keeps no cookie: its reader is told so once, goes on as far as the page lasts, and nothing is kept."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import pytest
from django.core import signing
from django.test import Client

from learners.identity import COOKIE
from learners.models import Learner
from quiz.form_tokens import version_token
from quiz.models import Answer, Go
from quiz.progress import Attempt
from quiz.questions import Quiz
from quiz.reading import read
from quiz.recording import NotRecorded, Refusal, SubmittedAnswer
from quiz.unkept import LONGEST, UnkeptAnswers, answers_carried, carried
from tests.quiz.conftest import SOURCE, positions
from tests.quiz.every_kind import RIGHT, WRONG, form_of
from tests.quiz.every_kind import SOURCE as EVERY_KIND
from tests.quiz.journey import BROWSER, HTMX, Journey
from tests.quiz.test_parsing import GOOD

pytestmark = pytest.mark.django_db

NOTHING_KEPT = "Your browser sends no cookie back, so nothing that you answer here is kept."


class Forgetful(Client):
    """A browser that sends back no cookie."""

    def request(self, **request: Any) -> Any:
        self.cookies.clear()
        return super().request(**request)


@dataclass
class Scripted(Journey):
    """One whose script says at once that it keeps none."""

    def send(self, form: dict[str, object]) -> str:  # type: ignore[override]
        return super().send({**form, "cookies": "none"})


@pytest.fixture(params=[(BROWSER, Journey), (HTMX, Journey), (HTMX, Scripted)], ids=["plain forms", "htmx", "script"])
def journey(request: pytest.FixtureRequest, quiz: Quiz) -> Journey:
    headers, kind = request.param
    found: Journey = kind(dict(headers), client=Forgetful())
    found.look()
    return found


def test_a_reader_goes_through_the_whole_quiz_and_is_told_that_nothing_is_kept(journey: Journey, quiz: Quiz):
    journey.choose(positions(quiz, "single", right=False)[0])
    assert "Not yet." in journey.text
    text = journey.choose(*positions(quiz, "single", right=True))
    assert "Right, on the second try." in text
    assert text.count(NOTHING_KEPT) == 1
    assert journey.open_question == "several"
    journey.choose(*positions(quiz, "several", right=True))
    text = journey.choose(*positions(quiz, "last", right=True))
    assert "2 of 3" in text
    assert text.count(NOTHING_KEPT) == 1
    assert "Start fresh" not in text


def test_it_is_announced_once(journey: Journey, quiz: Quiz):
    texts = [journey.choose(*positions(quiz, name, right=True)) for name in ("single", "several", "last")]
    assert sum(text.count('class="unkept" role="alert"') for text in texts) == 1
    assert NOTHING_KEPT in journey.text


def test_what_was_missed_can_be_tried_again(journey: Journey, quiz: Quiz):
    for name in ("single", "several", "last"):
        for _ in range(2):
            if f'id="question-{name}"' in journey.text and journey.fields()["question"] == name:
                journey.choose(positions(quiz, name, right=False)[0])
    score = journey.text[journey.text.index('class="score"') :]
    form = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', score))
    journey.text = journey.client.post("/quiz/one/again/", form, headers=journey.headers).content.decode()
    assert "Go 2: the questions that you missed." in journey.text
    assert journey.open_question == "single"
    journey.choose(*positions(quiz, "single", right=True))
    assert journey.open_question == "several"
    assert not Go.objects.exists()


def test_at_most_the_first_answer_is_recorded_and_with_a_script_none(journey: Journey, quiz: Quiz):
    for name in ("single", "several", "last"):
        journey.choose(*positions(quiz, name, right=True))
    is_scripted = isinstance(journey, Scripted)
    assert Answer.objects.count() == (0 if is_scripted else 1)
    assert Learner.objects.count() == (0 if is_scripted else 1)


def test_what_is_no_answer_is_still_refused_in_place(journey: Journey, quiz: Quiz):
    journey.choose(*positions(quiz, "single", right=True))
    text = journey.choose(99)
    assert journey.last.status_code == 422
    assert "That option does not exist." in text
    assert journey.open_question == "several"
    journey.choose(*positions(quiz, "several", right=True))
    assert journey.open_question == "last"


def test_steps_are_put_into_places_too(write_quiz: Callable[[str], Quiz], journey: Journey):
    order = EVERY_KIND[EVERY_KIND.index("## Which order") : EVERY_KIND.index("## What is")]
    quiz = write_quiz(f"## First? {{#first}}\n{GOOD}\n{order}")
    journey.look()
    journey.choose(*positions(quiz, "first", right=True))
    assert "Pick a place for each step first" in journey.give("place-1", [""])
    steps = form_of(quiz.questions[1], RIGHT).getlist("step")
    journey.send({**journey.fields(), **{f"place-{step}": place for place, step in enumerate(steps, 1)}})
    assert "2 of 2" in journey.text


def test_a_browser_that_keeps_its_cookie_carries_nothing_after_the_first_answer(quiz: Quiz):
    for headers in (BROWSER, HTMX):
        journey = Journey(dict(headers))
        journey.look()
        journey.choose(1)
        if headers == BROWSER:
            assert "carried" not in journey.text
            assert journey.responses[-3]["Location"].startswith("/quiz/one/?carried=")
            assert journey.responses[-2]["Location"] == "/quiz/one/#said-single"
        journey.choose(2)
        assert "carried" not in journey.text
        assert NOTHING_KEPT not in journey.text
        assert COOKIE in journey.client.cookies
    assert Answer.objects.count() == 4


def test_what_is_drawn_stays_the_same(write_quiz: Callable[[str], Quiz], journey: Journey):
    write_quiz(SOURCE.replace("title:", "draw: 2\ntitle:"))
    journey.look()
    seen = []
    for _ in range(4):
        if 'class="answer"' in journey.text:
            seen.append(journey.open_question)
            journey.choose(1)
    assert len(set(seen)) == 2
    assert "Your score" in journey.text


def test_whatever_was_given_comes_back_as_it_was_and_no_grade_with_it():
    quiz, _ = read(EVERY_KIND, "one")
    answers = UnkeptAnswers(uuid4())
    for question in quiz.questions:
        for number, given in enumerate((WRONG, RIGHT), 1):
            sent = SubmittedAnswer(question.id, version_token(question), 1, number, form_of(question, given))
            answers = answers.with_answer(quiz, sent)
    text = carried(answers)
    assert answers_carried(quiz, text) == answers
    plain = str(signing.loads(text, salt="quiz.unkept"))
    assert not re.search(r"\b[01]\.\d", plain)
    assert not any(question.version in plain for question in quiz.questions)


@pytest.mark.parametrize(
    "text",
    ["", "nonsense", "a:b:c", pytest.param(signing.dumps(["x"], salt="another"), id="signed for something else")],
)
def test_what_no_form_of_ours_carries_is_nothing(quiz: Quiz, text: str):
    assert answers_carried(quiz, text) is None
    answer = Client().get("/quiz/one/", {"carried": text}, headers=HTMX)
    assert answer.status_code == 200
    assert NOTHING_KEPT not in answer.content.decode()


def test_of_a_question_that_left_the_quiz_nothing_is_carried_on(
    quiz: Quiz, write_quiz: Callable[[str], Quiz], journey: Journey
):
    journey.choose(*positions(quiz, "single", right=True))
    write_quiz(SOURCE.replace(SOURCE.partition("## Several")[0], ""))
    journey.choose(*positions(quiz, "several", right=True))
    assert journey.last.status_code == 200
    assert journey.open_question == "last"


def test_more_than_a_form_can_carry_is_refused_in_words():
    wordy = tuple(Attempt(f"q-{number}", 1, 1, uuid4().hex, 0.0, False, "v") for number in range(200))
    with pytest.raises(NotRecorded) as refused:
        carried(UnkeptAnswers(uuid4(), wordy))
    assert refused.value.why is Refusal.TOO_MUCH
    assert len(carried(UnkeptAnswers(uuid4(), wordy[:20]))) < LONGEST

"""The key of no question can be had before it is answered: every answer of the site is searched for it.

A learner goes the whole way through a quiz: with plain forms, with htmx, as a program. After each step every address
that the site has is asked for, in all three forms. What is found in the bodies and headers must have been earned by
then, by what the database says was answered.
"""

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from quiz import views
from quiz.models import Answer
from quiz.questions import Quiz
from quiz.reading import read
from tests.quiz.conftest import PREDICTED
from tests.quiz.every_address import FORMS, addresses
from tests.quiz.every_kind import RIGHT, SOURCE, WRONG, values
from tests.quiz.journey import open_form
from tests.still_rates import stand_still

pytestmark = pytest.mark.django_db

# What stands for each question, and what of it a first wrong answer (WRONG) earns.
EXPECTED = {
    "number": {"41.7", "10 %", "37.53", "45.87", "417"},
    "text": {"secretword", "secret.word()", "commonword"},
    "output": {"printed-secret", "42006"},
}
FIRST = {
    "choice": {"feedback-choice-1"},
    "several": {"feedback-several-4"},
    "number": {"feedback-number-2", "417"},
    "text": {"feedback-text-2", "commonword"},
    "order": set(),
    "output": {"feedback-output-2", "42006"},
    "process": {"feedback-process-3"},
}


@cache
def quiz() -> Quiz:
    return read(SOURCE, "one")[0]


@cache
def marks_of(question_id: str) -> frozenset[str]:
    """Every word that gives something of a question away."""
    question = quiz().find(question_id)
    assert question
    told = set(re.findall(rf"(?:hint|why|feedback)-{question_id}(?:-\d)?", SOURCE))
    hashes = {question.version} | ({option.key for option in question.options} if question_id in EXPECTED else set())
    return frozenset(told | EXPECTED.get(question_id, set()) | hashes)


SAID_OF_PREDICTIONS = frozenset(re.findall(r"(?:feedback|why)-[a-z-]+", PREDICTED))
EVERYTHING = frozenset().union(SAID_OF_PREDICTIONS, *(marks_of(question.id) for question in quiz().questions))
FINDING = {mark: re.compile(rf"(?<![\w-]){re.escape(mark)}(?![\w-])") for mark in EVERYTHING}


def found_in(text: str) -> set[str]:
    """What of a question is in there. A pattern takes long over a page, and most pages have nothing for any."""
    return {mark for mark, alone in FINDING.items() if mark in text and alone.search(text)}


def earned() -> set[str]:
    """What the only learner there is may have been told, by what they answered."""
    found: set[str] = set()
    recorded = list(Answer.objects.filter(go=1))
    for question in quiz().questions:
        answers = [answer for answer in recorded if answer.question == question.id]
        if any(answer.correct for answer in answers) or len(answers) == quiz().tries:
            found |= marks_of(question.id)
        elif answers:
            found |= {f"hint-{question.id}"} | FIRST[question.id]
    hashes = {question.version for question in quiz().questions}  # never anybody's to see
    return found - hashes


class Crawler(Client):
    """A browser that has every answer searched, whatever it is an answer to. `seen` is what was found so far."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: set[str] = set()

    def request(self, **request: Any) -> Any:
        response = super().request(**request)
        assert response.status_code < 500 or response.status_code == 503, request["PATH_INFO"]
        whole = "\n".join([response.content.decode(), str(response.headers), str(response.cookies)])
        found = found_in(whole)
        unearned = found - earned() if found else found
        assert not unearned, f"{request['REQUEST_METHOD']} {request['PATH_INFO']} tells {unearned}"
        self.seen |= found
        return response

    def look_everywhere(self) -> None:
        for path in addresses():
            for headers in FORMS.values():
                self.get(path, {"seconds": "0"}, headers=headers)


@pytest.mark.parametrize("headers", FORMS.values(), ids=FORMS)
def test_a_learner_is_told_what_they_have_earned_and_not_a_word_more(
    headers: dict[str, str], content: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
):
    content(SOURCE)
    client = Crawler()
    for question in quiz().questions:
        client.look_everywhere()
        form = open_form(client)
        assert form["question"] == question.id
        refuse(client, form, headers)
        for answers in (WRONG, RIGHT):
            field, said = values(question, answers)
            before = open_form(client)
            sent = {**before, field: said}
            assert client.post("/quiz/one/answer/", sent, headers=headers).status_code in {200, 303}
            client.look_everywhere()
            assert client.post("/quiz/one/answer/", sent, headers=headers).status_code == 409
    assert client.post("/quiz/one/again/", {"go": "1"}, headers=headers).status_code in {200, 303}
    client.look_everywhere()
    stand_still(monkeypatch, views.rates, learner=0, address=0)
    assert client.post("/quiz/one/answer/", sent, headers=headers).status_code == 429
    missed = EVERYTHING - client.seen - SAID_OF_PREDICTIONS
    assert not [mark for mark in missed if "-" in mark], "what is earned is told"


def refuse(client: Client, form: dict[str, str], headers: dict[str, str]) -> None:
    """Send what is not taken: nothing, nonsense, an answer to another question or version, steps without a place."""
    wrong: list[tuple[dict[str, object], set[int]]] = [
        ({}, {422}),
        ({"option": "99", "text": "a" * 3000, "step": ["1", "1"]}, {422}),
        ({"option": "1", "text": "1", "step": "1", "version": "0"}, {409}),
        ({"option": "1", "question": "process" if form["question"] != "process" else "choice"}, {409, 422}),
        ({"option": "1", "question": "nowhere"}, {409}),
        ({"option": "1", "attempt": "7"}, {422}),
        ({"move": "1 down", "step": ["1", "2", "3"]}, {422}),
        ({"place-1": "1", "place-2": "1", "place-3": ""}, {422}),
    ]
    for changed, expected in wrong:
        answer = client.post("/quiz/one/answer/", {**form, **changed}, headers=headers)
        assert answer.status_code in expected, (form["question"], changed)
    for path in ("answer", "again", "predictions", "predictions/reason", "nothing"):
        elsewhere = client.post(f"/quiz/one/{path}/", form, headers={**headers, "sec-fetch-site": "cross-site"})
        assert elsewhere.status_code in {403, 404}
    assert client.post("/quiz/one/again/", {"go": "1"}, headers=headers).status_code == 422


@pytest.mark.parametrize("headers", FORMS.values(), ids=FORMS)
def test_predictions_tell_nothing_before_they_have_come_out(headers: dict[str, str], content: Callable[[str], None]):
    content(SOURCE)
    client = Crawler()
    state = client.get("/quiz/one/predictions/").json()
    said = {f"version-{asked['question']}": asked["version"] for asked in state["predictions"]}
    said |= {f"choice-{asked['question']}": "1" for asked in state["predictions"]}
    kept = client.post("/quiz/one/predictions/", said, headers=headers)
    assert kept.status_code in {200, 303}
    client.look_everywhere()
    assert client.post("/quiz/one/predictions/", {"choice-ready": "9"}, headers=headers).status_code in {409, 422}


def test_no_static_file_holds_what_the_first_lessons_quiz_says():
    root = Path(settings.BASE_DIR)
    own, _ = read((root / "content/defining-tasks/quiz.md").read_text(), "defining-tasks")
    secret = {str(html) for asked in own.questions for html in (asked.hint_html, asked.why_html)}
    secret |= {str(option.feedback_html) for asked in own.questions for option in asked.options}
    sentences = {re.sub("<[^>]+>", "", html).strip()[:40] for html in secret} - {""}
    for file in (root / "static").rglob("*"):
        if file.is_file() and file.suffix not in {".woff2", ".png"}:
            text = file.read_text(errors="replace")
            assert not [sentence for sentence in sentences if sentence in text], file

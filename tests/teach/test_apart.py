"""What an instructor sends is read in a process apart, and what takes too long there is given up with a word."""

import re
from collections.abc import Iterator

import pytest

from learners.models import Account
from processes.apart import Apart
from teach import apart
from teach.checking import GIVEN_UP, checked, held_against_content
from teach.comparing import compared
from teach.preview_views import page_of_text, quiz_in_text
from tests.teach.conftest import QUIZ, Content, Person

PATH = "defining-tasks/quiz.md"
EDIT = "/teach/edit/one/learn.md"


def in_one_pattern(length: int) -> object:
    """Takes longer the longer it is, and lets no other thread run meanwhile."""
    return re.match(r"(a+)+$", "a" * length + "b")


@pytest.fixture(scope="module")
def process() -> Iterator[Apart]:
    """The process apart, as the site has it."""
    yield apart._apart
    apart._apart.end()


@pytest.fixture
def nothing_in_time(content: Content, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is read takes too long."""

    def give_up(*_args: object) -> None:
        raise apart.GivenUp

    monkeypatch.setattr(apart, "run", give_up)


def test_a_text_is_checked_there_as_it_is_here(process: Apart):
    text = f"{QUIZ}\n## No options {{#none}}\n"
    there = process.run(held_against_content, PATH, text)
    assert there == held_against_content(PATH, text)
    assert there.errors
    quiz = process.run(quiz_in_text, PATH, QUIZ)
    assert quiz
    assert [question.id for question in quiz.questions] == ["who-runs"]


def test_what_takes_longer_than_two_seconds_of_work_is_given_up(process: Apart):
    with pytest.raises(apart.GivenUp):
        process.run(in_one_pattern, 60)
    assert not process.run(held_against_content, PATH, QUIZ).errors


@pytest.mark.usefixtures("nothing_in_time")
def test_a_check_that_is_given_up_is_an_error_in_words():
    (problem,) = checked(PATH, QUIZ).errors
    assert problem.problem.message == GIVEN_UP


def test_an_editor_says_so_keeps_the_draft_and_saves_nothing(
    content: Content, instructor: Person, nothing_in_time: None
):
    before = content.text("one/learn.md")
    sent = instructor.client.post(EDIT, {"text": "costly", "do": "save", "base": ""})
    assert sent.status_code == 422
    assert "the check was given up" in sent.text
    assert "costly" in sent.text
    assert content.text("one/learn.md") == before


def test_a_preview_an_import_and_a_new_question_say_so(content: Content, instructor: Person, nothing_in_time: None):
    assert "the check was given up" in instructor.client.get("/teach/preview/one/learn.md").text
    imported = instructor.client.post("/teach/lessons/one/exchange/", {"text": "Who? {=I ~you}"})
    assert "the check was given up" in imported.text
    assert "Who? {=I ~you}" in imported.text
    asked = instructor.client.post("/teach/lessons/one/question/", {"text": "Who?", "option": ["I"]})
    assert asked.status_code == 422
    assert "the check was given up" in asked.text


@pytest.mark.usefixtures("nothing_in_time")
def test_texts_that_are_not_compared_in_time_stand_side_by_side():
    assert [(row.text, row.other) for row in compared("a\nb", "a\nc")] == [("a", "a"), ("b", "c")]


def test_what_a_preview_needs_can_be_carried(process: Apart, db: None):
    from django.http import QueryDict

    from teach import preview
    from teach.rehearsal import rehearsed

    answers = rehearsed(Account(username="ada").learner_id, {})
    said = preview.Said("Choose an answer first.", "who-runs", QueryDict("option=1"))
    page = process.run(page_of_text, PATH, QUIZ, preview.Rehearsed(answers.progress), said)
    assert "Choose an answer first." in page

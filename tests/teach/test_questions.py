"""Add a question: a form that writes the Markdown."""

import re
from collections.abc import Mapping
from html import unescape

import pytest

from quiz.questions import Quiz
from quiz.reading import read
from teach import drafts
from tests.teach.conftest import QUIZ, Content, Person

pytestmark = pytest.mark.django_db

AT = "/teach/lessons/one/question/"
CHOICE = {
    "text": "What does .delay() do?",
    "stem": "",
    "option": ["It runs the task", "It puts a message on the broker", "", ""],
    "right": ["2"],
    "feedback": ["No.", "Yes.", "", ""],
    "hint": "Who runs it?",
    "why": "The cost moves.",
    "do": "show",
}


def drafted(person: Person) -> Quiz:
    quiz, problems = read(drafts.text_now(person.account, "one/quiz.md"), "one")
    assert not problems
    return quiz


def test_the_form_writes_a_question_that_is_in_order_behind_the_others(content: Content, instructor: Person):
    answer = instructor.client.post(AT, CHOICE)
    assert answer["Location"] == "/teach/edit/one/quiz.md?added=what-does-delay-do"
    first, added = drafted(instructor).questions
    assert first.id == "who-runs"
    assert added.text == "What does .delay() do?"
    assert [option.text for option in added.right] == ["It puts a message on the broker"]
    assert content.text("one/quiz.md") == QUIZ


@pytest.mark.parametrize(
    ("kind", "rows", "right"),
    [
        ("number", ["3 s ± 10 %", "5 s"], ["1"]),
        ("text", ["broker", "worker"], ["1"]),
        ("order", ["first", "second", "third", "fourth"], []),
    ],
)
def test_every_kind_that_is_offered_can_be_written(
    kind: str, rows: list[str], right: list[str], content: Content, instructor: Person
):
    sent = {**CHOICE, "option": rows, "right": right, "feedback": ["Yes."] * len(rows)}
    assert instructor.client.post(f"{AT}?kind={kind}", sent).status_code == 303
    assert drafted(instructor).questions[-1].kind == kind


def test_what_is_wrong_is_told_by_row_and_nothing_is_lost(content: Content, instructor: Person):
    answer = instructor.client.post(AT, {**CHOICE, "right": []})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "No row is right" in html
    assert "It puts a message on the broker" in html
    assert drafts.draft_of(instructor.account, "one/quiz.md") is None


def said(form: Mapping[str, object], instructor: Person, kind: str = "choice") -> list[str]:
    """What the form says is wrong."""
    answer = instructor.client.post(f"{AT}?kind={kind}", {**CHOICE, **form})
    assert answer.status_code == 422
    _, _, errors = unescape(answer.content.decode()).partition('<div class="form-errors"')
    return re.findall(r"<li>(.*?)</li>", errors.partition("</div>")[0])


NONE = "No row is right: tick “This is right” in at least one of them."
SAME = "The option says the same as the one in row"
OTHER = "and this is something else."


@pytest.mark.parametrize(
    ("kind", "options", "right", "message"),
    [
        ("choice", "a b", "", NONE),
        ("text", "a <b>", "", NONE),
        ("number", "3 x", "", NONE),
        ("choice", "a b a", "1", f"Row 3: {SAME} 1."),
        ("choice", "a - b a", "1", f"Row 4: {SAME} 1."),
        ("choice", "- a - a", "2", f"Row 4: {SAME} 2."),
        (
            "choice",
            "&lt;a <a",
            "1",
            "Row 2: The option looks the same as the one in row 1, so nobody can tell them apart.",
        ),
        ("text", "is Is", "1", "Row 2: This is the same answer as the one in row 1: case and spacing do not count."),
        ("number", "3s 4s 5m", "1", f"Row 3: The answer in row 1 has the unit s, {OTHER}"),
        ("number", "3s 4s 5", "13", f"Row 3: The answer in row 1 has the unit s, {OTHER}"),
        ("number", "3 4kg", "1", f"Row 2: The answer in row 1 has no unit, {OTHER}"),
    ],
)
@pytest.mark.usefixtures("content")
def test_what_is_wrong_is_told_by_the_forms_own_rows_and_boxes(
    kind: str, options: str, right: str, message: str, instructor: Person
):
    rows = [text.strip("-") for text in options.split(" ")]
    sent = {"option": rows, "right": list(right), "feedback": ["f" if text else "" for text in rows]}
    assert said(sent, instructor, kind) == [message]


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("choice", "Each option, what is said to it, the hint and the why are Markdown"),
        ("order", "Each step, what is said to it, the hint and the why are Markdown"),
        ("text", "Answers are plain text. What is said to them, the hint and the why are Markdown"),
    ],
)
def test_the_form_says_what_is_markdown(kind: str, words: str, content: Content, instructor: Person):
    html = unescape(instructor.client.get(f"{AT}?kind={kind}").content.decode())
    assert words in html
    assert "like <code>`<b>`</code>" in html


def test_a_row_can_be_added_and_keeps_what_was_typed(content: Content, instructor: Person):
    html = instructor.client.post(AT, {**CHOICE, "do": "row"}).content.decode()
    assert "Option 5" in html
    assert "It puts a message on the broker" in html


def test_ids_are_never_taken_twice(content: Content, instructor: Person):
    for why in ("One why.", "Another why."):
        instructor.client.post(AT, CHOICE | {"why": why})
    ids = [question.id for question in drafted(instructor).questions]
    assert len(set(ids)) == 3


def test_text_that_looks_like_markdown_of_a_quiz_stays_text(content: Content, instructor: Person):
    sent = {**CHOICE, "stem": "## No heading\n- [x] no option\n> **Why:** no why\n/// no block", "text": "A {#b} c"}
    assert instructor.client.post(AT, sent).status_code == 303
    assert len(drafted(instructor).questions) == 2


def test_a_lesson_without_a_quiz_gets_one(content: Content, instructor: Person):
    (content.shipped / "one/quiz.md").unlink()
    instructor.client.post(AT, CHOICE)
    assert len(drafted(instructor).questions) == 1


def test_a_draft_that_is_there_is_gone_on_with(content: Content, instructor: Person):
    drafts.keep(instructor.account, "one/quiz.md", QUIZ.replace("A worker", "A drafted worker"), "")
    instructor.client.post(AT, CHOICE)
    assert "A drafted worker" in drafts.text_now(instructor.account, "one/quiz.md")


def test_the_same_form_sent_twice_is_one_question(content: Content, instructor: Person):
    ways = [instructor.client.post(AT, CHOICE)["Location"] for _click in range(2)]
    assert ways[0] == ways[1]
    assert len(drafted(instructor).questions) == 2


def test_another_kind_keeps_what_was_typed(content: Content, instructor: Person):
    html = instructor.client.post(f"{AT}?kind=order", {**CHOICE, "do": "kind"}).content.decode()
    assert "Step 1" in html
    for words in ("It puts a message on the broker", "Who runs it?", "The cost moves."):
        assert words in html

"""What the house asks of every kind of question, walked over the one list of kinds, so that a new one is asked too."""

import re
from html import unescape
from pathlib import Path

import pytest
from django.template.loader import get_template

from config.environment import ROOT
from lessons.shown import words_in
from quiz.kinds import KINDS, Kind, kind_of, kind_of_box
from quiz.kinds.kind import Form
from quiz.parsing import parse
from quiz.presenters import NOTHING_SENT, alone
from quiz.progress import Asked, Attempt
from quiz.questions import Question
from quiz.reading import read
from quiz.serializers import open_question
from tests.quiz.conftest import PREDICTED, predictions_from
from tests.quiz.every_kind import RIGHT, SOURCE, WRONG, form_of, values

QUESTIONS = {question.id: question for question in read(SOURCE, "one")[0].questions}
every_kind = pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)


def question_of(kind: Kind) -> Question:
    return next(question for question in QUESTIONS.values() if question.kind == kind.name)


def attempt(question: Question, form: Form) -> Attempt:
    kind = kind_of(question)
    given = kind.take(question, form)
    grade = kind.grade(question, given)
    return Attempt(question.id, 1, 1, given, grade, grade == 1, question.version)


@every_kind
def test_a_kind_is_one_folder_and_has_a_question_in_these_tests(kind: Kind):
    assert (ROOT / "quiz/kinds" / kind.name / "__init__.py").exists()
    assert question_of(kind).kind == kind.name


@every_kind
def test_its_boxes_are_its_own(kind: Kind):
    written = next(question for question in parse(SOURCE)[0] if question.id == question_of(kind).id)
    marks = {option.mark for option in written.options} - {" "}
    assert {kind_of_box(mark).name for mark in marks} == {kind.name}
    assert [other.name for other in KINDS.values() if any(other.has_box(mark) for mark in marks)] == [kind.name]


@every_kind
@pytest.mark.parametrize("is_settled", [False, True])
def test_its_templates_show_it(kind: Kind, is_settled: bool):
    question = question_of(kind)
    shown = alone(question, attempt(question, form_of(question, RIGHT)) if is_settled else None)
    html = get_template(kind.settled if is_settled else kind.fields).render({"question": shown})
    if is_settled:
        assert all(words_in(option.html) in unescape(html) for option in question.right)
    else:
        # A page sends what programs send, but for an order: there each step has a place of its own.
        places = {f"place-{place}" for place, _ in enumerate(question.options, 1)}
        assert set(re.findall(r'name="([^"]+)"', html)) == (places if kind.name == "order" else {kind.send})
        assert not re.search(r"(?:feedback|hint|why)-", html)


@every_kind
def test_its_field_carries_the_key_that_programs_are_told(kind: Kind):
    question = question_of(kind)
    field, _ = values(question, RIGHT)
    assert field == kind.send == open_question(question)["send"]
    key = kind.key(question)
    if kind.is_typed:
        assert key == [option.plain for option in question.right]
    else:
        form = form_of(question, {question.id: (field, [question.options[place - 1].text for place in key])})
        assert kind.grade(question, kind.take(question, form)) == 1


@every_kind
def test_nothing_of_it_is_settled_by_a_wrong_try(kind: Kind):
    question = question_of(kind)
    asked = Asked(question, 1, (attempt(question, form_of(question, WRONG)),))
    right = {option.key for option in question.right}
    for option in kind.shown(asked, NOTHING_SENT):
        assert not option.verdict
        assert not option.feedback_html or question.options[option.position - 1].key not in right


@every_kind
def test_what_was_given_is_counted_in_its_table(kind: Kind):
    question = question_of(kind)
    tries = [attempt(question, form_of(question, answers)) for answers in (RIGHT, WRONG)]
    counted = [(tried.given, tried.grade, count) for tried, count in zip(tries, (5, 7), strict=True)]
    rows = list(kind.answers.rows(question, True, counted))
    assert rows
    assert 0 < sum(row.count for row in rows) <= 12 * len(question.options)
    assert all(row.words and bool(row.right) is kind.answers.says_right for row in rows)
    assert list(kind.answers.rows(None, False, []) or []) == []


def test_the_versions_of_questions_stay_as_they_are():
    """What learners answered is kept with the version that they answered: another hash would lose all of it."""
    assert {question.id: question.version for question in QUESTIONS.values()} == {
        "choice": "3b5c9704a041",
        "several": "551c1a1ab389",
        "number": "3ab259cc2546",
        "text": "afbf4b5acbac",
        "order": "de87629a25f3",
        "output": "7fc17ff2b429",
        "process": "53aa5418a394",
    }
    assert [option.key for option in QUESTIONS["choice"].options] == ["5cda851701e7", "a52e653c409f"]
    versions = [(one.question.version, one.reason.version) for one in predictions_from(PREDICTED).asked]
    assert versions == [("17d1bb5917c0", "d8f79e78efbd"), ("fea4f673208a", "841b25d394ef")]


def test_nothing_outside_of_its_folder_asks_for_a_kind_by_its_name():
    names = "|".join(KINDS)
    asks = re.compile(rf"""kind(?:\.name|_name)? (?:==|!=|in|is|not in) \(?["'](?:{names})["']|template == """)
    outside = [
        path
        for room in ("quiz", "review", "progress", "teach", "templates")
        for path in (ROOT / room).rglob("*")
        if path.suffix in {".py", ".html"} and not path.is_relative_to(ROOT / "quiz/kinds")
    ]
    # GIFT has kinds of its own, some of which have the same names.
    found = [path for path in outside if path.name != "gift.py" and asks.search(path.read_text())]
    assert [str(Path(path).relative_to(ROOT)) for path in found] == []

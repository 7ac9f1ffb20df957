"""What the studio asks of every kind of question: a form, exchange with Moodle, statistics; walked over the kinds."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.http import QueryDict

from quiz.kinds import KINDS, Kind, kind_of_written
from quiz.kinds.exchange import Exchange
from quiz.parsing import parse
from quiz.reading import read
from teach import question_form
from teach.composing import compose, drafted
from teach.exchange.exporting import gift_of
from teach.exchange.importing import imported
from teach.statistics.answers import Taken
from teach.statistics.choices import choices_table, options_picture
from tests.quiz.every_kind import RIGHT, SOURCE, WRONG, form_of
from tests.teach.conftest import Content, Person

WRITTEN = {kind_of_written(question): question for question in parse(SOURCE)[0]}
QUESTIONS = {question.kind: question for question in read(SOURCE, "one")[0].questions}
every_kind = pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)


@every_kind
def test_it_comes_back_from_moodle_or_it_is_said_why_not(kind: Kind):
    markdown = compose(drafted(WRITTEN[kind]))
    gift, report = gift_of(markdown)
    if isinstance(kind.exchange, str):
        assert gift == ""
        assert [problem.message for problem in report] == [f"the question is left out: {kind.exchange}"]
        return
    (taken,) = imported(gift, "one", (), "gift").questions
    assert taken.question.kind == kind.name
    assert [option.text for option in taken.drafted.options] or kind.exchange.addition(WRITTEN[kind], lambda *_: None)


def test_no_two_kinds_claim_the_same_questions_of_another_system():
    takes = [name for kind in KINDS.values() if isinstance(kind.exchange, Exchange) for name in kind.exchange.takes]
    assert len(takes) == len(set(takes))


@every_kind
def test_its_markdown_is_written_as_it_is_read(kind: Kind):
    markdown = compose(drafted(WRITTEN[kind]))
    (again,) = read(markdown, "one")[0].questions
    there = QUESTIONS[kind.name]
    assert (again.version, again.stem_html, again.options) == (there.version, there.stem_html, there.options)


@every_kind
@pytest.mark.django_db
def test_its_form_writes_one_where_there_is_a_form(kind: Kind, content: Content, instructor: Person):
    html = instructor.client.get("/teach/lessons/one/question/").content.decode()
    if not kind.form:
        assert f"?kind={kind.name}" not in html
        return
    assert kind.form.label in html
    options = WRITTEN[kind].options
    right = [str(place) for place, option in enumerate(options, 1) if option.mark == kind.form.right]
    rows = QueryDict(mutable=True)
    rows.update({"text": "A question?", "hint": "A hint.", "why": "Because."})
    rows.setlist("option", [option.text for option in options])
    rows.setlist("right", right)
    text, _, wrong = question_form.with_question("", question_form.sent(kind, rows).question)
    assert wrong == []
    (question,) = read(text, "one")[0].questions
    assert question.kind == kind.name
    assert {(option.words, option.is_right, option.place) for option in question.options} == {
        (option.words, option.is_right, option.place) for option in QUESTIONS[kind.name].options
    }


@every_kind
def test_what_was_given_to_it_is_told_of_five_learners_and_not_of_four(kind: Kind):
    question = QUESTIONS[kind.name]

    def tables(count: int) -> list[str]:
        taken = Taken(datetime(2026, 11, 23, tzinfo=UTC))
        for answers in (RIGHT, WRONG):
            given = kind.take(question, form_of(question, answers))
            taken.given.append((given, kind.grade(question, given), count))
        told = [("Version 1", True, taken)]
        assert (options_picture(question, told) is not None) is (kind.answers.is_drawn and taken.n >= 5)
        return [table.name for table in choices_table(question, told) if table.rows]

    assert tables(2) == []
    assert tables(5) == [kind.answers.name]


@pytest.mark.django_db
def test_a_program_has_its_line_numbers_in_the_preview_too(
    content: Content, instructor: Person, sign_in: Callable[..., Person]
):
    source = compose(drafted(WRITTEN[KINDS["process"]]))
    instructor.client.post("/teach/edit/one/quiz.md", {"text": source, "base": ""}, headers={"hx-request": "true"})
    assert 'class="numbered"' in instructor.client.get("/teach/preview/one/quiz.md").content.decode()

from datetime import UTC, datetime
from typing import Any, NamedTuple
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from learners.models import Learner
from learners.plain_rows import PlainRows
from quiz.models import Answer, Prediction
from stopwatch.models import Measurement

pytestmark = pytest.mark.django_db
WHOLE, HALF = datetime(2026, 11, 28, 12, 0, tzinfo=UTC), datetime(2026, 11, 28, 12, 0, 0, 500_000, tzinfo=UTC)
LATE = datetime(2026, 11, 28, 23, 59, 59, 999_999, tzinfo=UTC)


class Answered(NamedTuple):
    """Every kind of column that an answer has."""

    learner: UUID
    question: str
    number: int
    given: Any
    grade: float
    is_right: bool
    created: datetime


class Reasoned(NamedTuple):
    chosen: str
    reason_at: datetime | None


class Figures(NamedTuple):
    figures: dict[str, float]
    detail: Any


NAMED = {"number": "attempt", "is_right": "correct"}
answers = PlainRows(Answer, Answered, by=("learner", "lesson"), order=("question", "attempt"), named=NAMED)


@pytest.fixture
def learner() -> UUID:
    return Learner.objects.create(key=uuid4()).key


def add(learner: UUID, question: str, number: int = 1, created: datetime = WHOLE, given: Any = "", **more: Any) -> None:
    of_it = {"version": "v", "go": 1, "grade": 0.1, "correct": False, "lesson": "one", **more}
    Answer.objects.create(learner_id=learner, question=question, attempt=number, given=given, **of_it)
    Answer.objects.filter(learner_id=learner, question=question, attempt=number).update(created=created)


@pytest.mark.parametrize("created", [WHOLE, HALF, LATE])
@pytest.mark.parametrize("given", ["7 s", ["ä", "“b”"], [], {"a": None}])
def test_values_come_as_django_gives_them(learner: UUID, created: datetime, given: Any):
    add(learner, "single", 2, created, given, grade=1 / 3, correct=True)
    (found,) = answers.find(learner, "one")
    kept = Answer.objects.get()
    assert found == (learner, "single", 2, given, 1 / 3, True, created)
    assert found == (kept.learner_id, kept.question, kept.attempt, kept.given, kept.grade, kept.correct, kept.created)
    assert [*map(type, found)] == [UUID, str, int, type(given), float, bool, datetime]
    assert found.created.utcoffset() == kept.created.utcoffset()


def test_only_what_has_all_of_these_values_comes_and_in_the_order_that_was_asked_for(learner: UUID):
    other = Learner.objects.create(key=uuid4()).key
    for who, question, number, lesson in (
        (learner, "b", 1, "one"),
        (learner, "a", 2, "one"),
        (learner, "a", 1, "one"),
        (learner, "c", 1, "two"),
        (other, "d", 1, "one"),
    ):
        add(who, question, number, lesson=lesson)
    assert [(found.question, found.number) for found in answers.find(learner, "one")] == [("a", 1), ("a", 2), ("b", 1)]
    assert [found.question for found in answers.find(learner, "two")] == ["c"]
    assert answers.find(uuid4(), "one") == []


def test_a_value_is_never_part_of_the_query(learner: UUID):
    add(learner, "single")
    for lesson in ("one' OR '1' = '1", 'one" --', "%s", "one%"):
        assert answers.find(learner, lesson) == []


def test_a_time_that_is_not_there_is_none(learner: UUID):
    predictions = PlainRows(Prediction, Reasoned, by=("learner",), order=("chosen",))
    for chosen, at in (("one", None), ("two", HALF)):
        of_it = {"lesson": "one", "question": chosen, "version": "v", "changed": timezone.now()}
        Prediction.objects.create(learner_id=learner, chosen=chosen, reason_at=at, **of_it)
    assert predictions.find(learner) == [("one", None), ("two", HALF)]


def test_json_that_is_not_there_is_none(learner: UUID):
    of_it = {"case": "celery", "lesson": "one", "seconds": 1.0, "began": WHOLE}
    Measurement.objects.create(learner_id=learner, receipt="r", figures={"inp": 16.0}, detail=None, **of_it)
    assert PlainRows(Measurement, Figures, by=("learner",)).find(learner) == [({"inp": 16.0}, None)]


def test_it_is_one_query_and_a_lock_is_taken_where_rows_have_locks(
    learner: UUID, django_assert_num_queries: DjangoAssertNumQueries
):
    locking = PlainRows(Answer, Answered, by=("pk",), lock="NO KEY UPDATE", named=NAMED)
    with django_assert_num_queries(1) as asked:
        assert locking.find(0) == []
    has_locks = connection.features.has_select_for_update
    assert asked.captured_queries[0]["sql"].endswith(" FOR NO KEY UPDATE") is has_locks

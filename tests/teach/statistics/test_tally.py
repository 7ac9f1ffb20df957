"""What the database counts, against the same counted from its rows."""

from collections import Counter

import pytest
from django.db import connection
from django.db.models import Value
from django.test.utils import CaptureQueriesContext

from quiz.models import Answer, Prediction
from teach.statistics.tally import PLANNED, tally, tally_by_learner
from tests.teach.statistics.conftest import Room

pytestmark = pytest.mark.django_db


def test_each_different_row_is_told_once_with_how_often_it_is_there(room: Room):
    room.choose(room.learners(3), "a")
    room.choose(room.learners(2), "a", "alpha")
    room.choose(room.learners(4), "b", "alpha", version="100 %")
    rows = Answer.objects.values_list("question", "version", "grade")
    assert Counter({tuple(row): count for *row, count in tally(rows, "question", "version", "grade")}) == Counter(rows)


def test_of_nothing_there_is_nothing(room: Room):
    assert tally(Answer.objects.all(), "question") == []


def test_of_the_rows_of_a_learner_the_greatest_of_each_column_counts(room: Room):
    both, only_predicted, only_answered = room.learners(3)
    for learner in (both, only_predicted):
        room.predict(learner, "ready", "later")
    for learner in (both, only_answered):
        room.answer(learner, "a", "alpha", 0.0)
        room.answer(learner, "a", "beta", attempt=2)
    room.keep()
    rows = (
        Prediction.objects.annotate(predicted=Value(1), attempts=Value(0)),
        Answer.objects.annotate(predicted=Value(0), attempts=Value(1)).filter(attempt=1),
        Answer.objects.annotate(predicted=Value(0), attempts=Value(2)).filter(attempt=2),
    )
    assert sorted(tally_by_learner(rows, "predicted", "attempts")) == [(0, 2, 1), (1, 0, 1), (1, 2, 1)]


def test_only_postgresql_is_told_how_to_plan_and_before_it_is_asked(room: Room):
    with CaptureQueriesContext(connection) as captured:
        tally(Answer.objects.all(), "question")
    said = [query["sql"] for query in captured.captured_queries]
    assert (PLANNED in said[:-1]) == (connection.vendor == "postgresql")

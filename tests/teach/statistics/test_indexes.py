"""What the statistics ask is read from the indexes that are there for it, on either database.

A million answers tell the difference by seconds, and no test has that many. So the databases are asked how they go
about it.
"""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from quiz.models import Answer
from teach.statistics import answers, predicted, readers
from tests.teach.statistics.conftest import SIX, Room

pytestmark = pytest.mark.django_db

# What is asked, and the indexes from which it is read: alone, or to find the rows.
ALONE, ROWS = "alone", "rows"
READ: dict[str, tuple[Callable[[Room], Any], dict[str, str]]] = {
    "questions": (lambda _: answers.joints("one"), {"quiz_answer_by_learner": ALONE}),
    "a question, beside the others": (lambda _: answers.joints_of("one", "a"), {"quiz_answer_by_learner": ALONE}),
    "what was given": (lambda _: answers.taken("one", "a"), {"quiz_answer_by_question": ROWS}),
    "later attempts": (lambda _: answers.later("one", "a"), {"quiz_answer_by_question": ROWS}),
    "times": (
        lambda _: answers.seconds("one", "a"),
        {"quiz_answer_by_question": ROWS, "quiz_answer_by_time": ALONE},
    ),
    "steps": (
        lambda room: readers.funnel(room.lesson),
        {"quiz_prediction_by_question": ALONE, "stopwatch_who_ran": ALONE, "quiz_answer_by_learner": ALONE},
    ),
    "predictions": (
        lambda room: predicted.predicted(room.lesson.files["predictions.md"]),
        {"quiz_prediction_by_question": ALONE},
    ),
}
# PostgreSQL is told that there are a thousand times as many answers, long since vacuumed; of what is on one page, it
# would read the whole table all the same.
SUPPOSED = """
    ANALYZE quiz_answer;
    UPDATE pg_class SET reltuples = 1000 * reltuples, relallvisible = relpages WHERE relname = 'quiz_answer';
    SET LOCAL enable_seqscan = off
"""
USED = {
    "sqlite": {ALONE: r"COVERING INDEX (\w+)", ROWS: r"USING INDEX (\w+)"},
    "postgresql": {ALONE: r"Index Only Scan (?:Backward )?using (\w+)", ROWS: r"Index Scan (?:using|on) (\w+)"},
}


def plans(ask: Callable[[Room], Any], room: Room) -> str:
    """How the database goes about all that is asked."""
    explain = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN"
    with CaptureQueriesContext(connection) as captured:
        ask(room)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(SUPPOSED)
        told = []
        for query in captured.captured_queries:
            if query["sql"].startswith("SELECT"):
                cursor.execute(f"{explain} {query['sql'].replace('%', '%%')}")
                told += [str(row[-1]) for row in cursor.fetchall()]
    return "\n".join(told)


@pytest.mark.parametrize("asked", READ)
def test_it_is_read_from_the_index_that_is_there_for_it(asked: str, room: Room):
    ask, indexes = READ[asked]
    for name in SIX:
        learners = room.learners(30)
        room.choose(learners, name)
        room.choose(learners, name, attempt=2)
    Answer.objects.filter(question__in=SIX[3:]).update(lesson="two")
    found = plans(ask, room)
    for index, how in indexes.items():
        assert index in re.findall(USED[connection.vendor][how], found), found

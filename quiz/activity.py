"""When a learner last did something with a lesson's questions: for the rooms above, which say where they are."""

from collections.abc import Iterable
from datetime import datetime
from operator import attrgetter
from typing import NamedTuple
from uuid import UUID

from learners.plain_rows import PlainRows
from quiz.kept import KeptCourse
from quiz.models import Prediction


class _Predicted(NamedTuple):
    lesson: str
    changed: datetime


_predicted = PlainRows(Prediction, _Predicted, by=("learner",))
_created = attrgetter("created")


def last_done(learner: UUID, kept: KeptCourse) -> Iterable[tuple[str, datetime]]:
    """The times of the latest answer, go and prediction in each lesson: also of lessons that are no more. One query."""
    for dated in (kept.answers, kept.goes):
        yield from ((lesson, max(map(_created, rows))) for lesson, rows in dated.items())
    yield from _predicted.find(learner)

"""What is kept of a learner's answers: read as plain rows, for one lesson whole or for all at once; and added to."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache, cached_property
from typing import Any, NamedTuple, TypeVar, cast
from uuid import UUID

from django.db import connection
from django.utils import timezone

from learners.plain_rows import PlainRows
from quiz.models import Answer, Go
from quiz.progress import Attempt
from quiz.questions import Given


class KeptAnswer(NamedTuple):
    """An answer to a question of one lesson."""

    question: str
    go: int
    attempt: int
    given: Given
    grade: float
    correct: bool
    version: str
    pk: int


class KeptGo(NamedTuple):
    """A later go in one lesson."""

    number: int
    questions: Sequence[str]


class DatedAttempt(NamedTuple):
    """An attempt at a question of any lesson, with its time. It has all that an `Attempt` has; what was given is empty.

    So the hundreds of them that a learner leaves are made once, and not once more for `progress`.
    """

    lesson: str
    question: str
    go: int
    number: int
    grade: float
    is_right: bool
    version: str
    created: datetime

    @property
    def given(self) -> Given:
        """What was given, which is not told here."""
        return ""


class DatedGo(NamedTuple):
    """A later go in any lesson."""

    lesson: str
    number: int
    questions: Sequence[str]
    created: datetime


_answers_to = PlainRows(Answer, KeptAnswer, by=("learner", "lesson"))
_goes_at = PlainRows(Go, KeptGo, by=("learner", "lesson"))
# The order is that of an index, so nothing has to be sorted.
_ORDER = ("lesson", "question", "go", "attempt")
_NAMED = {"number": "attempt", "is_right": "correct"}
_attempts = PlainRows(Answer, DatedAttempt, by=("learner",), order=_ORDER, named=_NAMED)
_goes = PlainRows(Go, DatedGo, by=("learner",))


@dataclass(frozen=True)
class KeptQuiz:
    """What is kept of a learner's way through one quiz: answers in any order, and the later goes."""

    answers: Sequence[KeptAnswer]
    goes: Sequence[KeptGo]

    @property
    def attempts(self) -> list[Attempt]:
        """The answers as `progress` takes them."""
        return [Attempt(*answer[:-1]) for answer in self.answers]

    @property
    def later_goes(self) -> Mapping[int, Sequence[str]]:
        """The questions of each later go, by its number."""
        return {go.number: go.questions for go in self.goes}


class KeptCourse:
    """What is kept of a learner's way through all quizzes, also those that are no more, by lesson.

    Each table is read when it is first asked for, once. What was given is not told.
    """

    def __init__(self, learner: UUID) -> None:
        self.learner = learner

    @cached_property
    def answers(self) -> Mapping[str, Sequence[DatedAttempt]]:
        """The answers to each lesson's questions; those to one question in a go stand in their order. One query."""
        return _by_lesson(_attempts.find(self.learner))

    @cached_property
    def goes(self) -> Mapping[str, Sequence[DatedGo]]:
        """The later goes at each lesson's quiz. One query."""
        return _by_lesson(_goes.find(self.learner))

    def attempts(self, lesson: str) -> Sequence[Attempt]:
        """The answers of a lesson as `progress` takes them."""
        return cast("Sequence[Attempt]", self.answers.get(lesson, ()))

    def later_goes(self, lesson: str) -> Mapping[int, Sequence[str]]:
        """The questions of each later go at a lesson's quiz, by its number."""
        return {go.number: go.questions for go in self.goes.get(lesson, ())}


OfLesson = TypeVar("OfLesson", DatedAttempt, DatedGo)


def _by_lesson(rows: Iterable[OfLesson]) -> Mapping[str, Sequence[OfLesson]]:
    found: dict[str, list[OfLesson]] = defaultdict(list)
    for row in rows:
        found[row.lesson].append(row)
    return found


_KEPT = ("learner", "lesson", "question", "version", "go", "attempt", "given", "grade", "correct", "created")


def keep(learner: UUID, lesson: str, attempt: Attempt, known: KeptQuiz) -> bool:
    """Keep an answer, unless what is kept of its learner and lesson is no longer what is known. One statement.

    Answers are added and never changed, so as many of them with the same latest one are the same. Merging and deleting
    take all of a learner's away, or add the other's. Whoever calls holds the learner's lock.

    Returns:
        whether it was kept.

    Raises:
        IntegrityError: an answer stands in that place already.
    """
    values = (learner, lesson, attempt.question, attempt.version, attempt.go, attempt.number, attempt.given)
    fields = [_field(name) for name in _KEPT]
    row = [
        field.get_db_prep_save(value, connection)
        for field, value in zip(fields, (*values, attempt.grade, attempt.is_right, timezone.now()), strict=True)
    ]
    of_quiz = row[:2]
    latest = max((answer.pk for answer in known.answers), default=0)
    with connection.cursor() as cursor:
        cursor.execute(_keep_sql(), [*row, len(known.answers), latest, *of_quiz, *of_quiz, len(known.goes)])
        return bool(cursor.rowcount)


@cache
def _keep_sql() -> str:
    # Every name is one of a model's, and every value a parameter.
    columns = ", ".join(_field(name).column for name in _KEPT)
    answers, goes = Answer._meta.db_table, Go._meta.db_table  # noqa: SLF001 - Django documents it
    of_quiz = "WHERE learner_id = %s AND lesson = %s"
    return (
        f"INSERT INTO {answers} ({columns}) SELECT {', '.join(['%s'] * len(_KEPT))}"  # noqa: S608
        f" WHERE (%s, %s) = (SELECT COUNT(*), COALESCE(MAX(id), 0) FROM {answers} {of_quiz})"
        f" AND (SELECT COUNT(*) FROM {goes} {of_quiz}) = %s"
    )


def _field(name: str) -> Any:
    return Answer._meta.get_field(name)  # noqa: SLF001 - Django documents it


def kept_quiz(learner: UUID, lesson: str) -> KeptQuiz:
    """What is kept of a learner's way through the quiz of a lesson. Two queries."""
    return KeptQuiz(_answers_to.find(learner, lesson), _goes_at.find(learner, lesson))

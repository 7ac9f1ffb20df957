"""Asks the database what was answered: always as counts, so that no learner is known to what comes after.

All of it counts first attempts (go 1, attempt 1) unless it says otherwise. The number of queries is always the same.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import (
    Aggregate,
    Case,
    Count,
    F,
    Func,
    IntegerField,
    Max,
    Min,
    OuterRef,
    Q,
    Subquery,
    Sum,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast
from django.db.models.sql.compiler import SQLCompiler

from learners.statistics import in_class
from quiz.models import Answer, first_attempts
from quiz.questions import Given
from teach.statistics.items import Joint
from teach.statistics.tally import tally

PAUSE = 600  # seconds between two answers, from which on a learner has left off and come back
PLACES = 4  # decimals of sums of grades, so that thirds add up to the same whatever their order
EXACT = 9  # decimals of a grade: databases write out its last digits differently


class Listed(Aggregate):
    """The texts of a group, in one text, with commas between them. No order is promised."""

    function = "GROUP_CONCAT"
    output_field = TextField()

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_: Any) -> Any:
        return self.as_sql(compiler, connection, function="STRING_AGG", template="%(function)s(%(expressions)s, ',')")


class SecondsBetween(Func):
    """The time from a second moment to a first one, in whole seconds."""

    output_field = IntegerField(null=True)

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_: Any) -> Any:
        template = "CAST(ROUND((JULIANDAY(%(expressions)s)) * 86400) AS INTEGER)"
        return self.as_sql(compiler, connection, template=template, arg_joiner=") - JULIANDAY(")

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_: Any) -> Any:
        template = "CAST(ROUND(EXTRACT(EPOCH FROM (%(expressions)s))) AS INTEGER)"
        return self.as_sql(compiler, connection, template=template, arg_joiner=" - ")


class _Grades(dict[str, float]):
    """The grade of "question version grade", read once for each text."""

    def __missing__(self, text: str) -> float:
        self[text] = round(float(text.rpartition(" ")[2]), EXACT)
        return self[text]


def _item() -> Func:
    """An answer as "question version grade"."""
    # Nearly all grades are one of these two, and SQLite takes long to write a number out.
    text = TextField()
    grade = Case(
        When(grade=1, then=Value("1", text)), When(grade=0, then=Value("0", text)), default=Cast("grade", text)
    )
    return Func(
        F("question"), Value(" "), F("version"), Value(" "), grade,
        template="%(expressions)s", arg_joiner=" || ", output_field=TextField(),
    )  # fmt: skip


def joints(lesson: str) -> dict[tuple[str, str], Joint]:
    """What was answered to each question and version of a lesson, beside the rest of each learner. One query."""
    rows = first_attempts(lesson).values("learner").annotate(items=Listed(_item()))
    grades = _Grades()
    tallies: defaultdict[tuple[int, float], Counter[str]] = defaultdict(Counter)
    for listed, learners in tally(rows, "items"):
        items = listed.split(",")
        tallies[len(items), round(sum(map(grades.__getitem__, items)), EXACT)].update(items * learners)
    found: defaultdict[tuple[str, str], Counter[tuple[float, int, float]]] = defaultdict(Counter)
    for (number, total), counts in tallies.items():
        for text, count in counts.items():
            question, version, _ = text.split(" ")
            found[question, version][grades[text], number - 1, round(total - grades[text], PLACES)] += count
    return dict(found)


def joints_of(lesson: str, question: str) -> dict[str, Joint]:
    """The same of one question, by version. One query."""
    rows = (
        first_attempts(lesson)
        .values("learner")
        .annotate(own=Max(Case(When(question=question, then=_item()))), number=Count("*"), total=Sum("grade"))
    )
    grades = _Grades()
    found: defaultdict[str, Counter[tuple[float, int, float]]] = defaultdict(Counter)
    for own, number, total, count in tally(rows, "own", "number", "total"):
        if own is not None:
            version, grade = own.split(" ")[1], grades[own]
            found[version][grade, number - 1, round(total - grade, PLACES)] += count
    return dict(found)


@dataclass
class Taken:
    """Answers to a version at the first attempt: each, its grade, and how often. `first` is when."""

    first: datetime
    given: list[tuple[Given, float, int]] = field(default_factory=list)

    @property
    def n(self) -> int:
        """How many learners answered."""
        return sum(count for _, _, count in self.given)


def taken(lesson: str, question: str) -> dict[str, Taken]:
    """What was given to each version, in the order of first use; the most frequent answer first. One query."""
    rows = (
        first_attempts(lesson)
        .filter(question=question)
        .values_list("version", "given", "grade")
        .annotate(count=Count("*"), first=Min("created"))
        .order_by("-count", "first")
    )
    found: dict[str, Taken] = {}
    for version, given, grade, count, first in rows:
        kept = found.setdefault(version, Taken(first))
        kept.first = min(kept.first, first)
        kept.given.append((given, grade, count))
    return dict(sorted(found.items(), key=lambda item: item[1].first))


@dataclass(frozen=True)
class Later:
    """Attempts after a first one, by the version that was answered then. All are numbers of learners.

    `again` tried a second time in the first go, and `right` of them got it in the end. `retaken` were asked once more
    in a later go, and `retaken_right` of them were right there on the first try, in any of their later goes.
    """

    again: int = 0
    right: int = 0
    retaken: int = 0
    retaken_right: int = 0


def later(lesson: str, question: str) -> dict[str, Later]:
    """What came after first attempts, by version. One query."""
    rows = (
        in_class(
            Answer.objects.filter(Q(go=1, attempt__gt=1) | Q(go__gt=1, attempt=1), lesson=lesson, question=question)
        )
        .values("version")
        .annotate(
            again=Count("learner", distinct=True, filter=Q(go=1)),
            right=Count("learner", distinct=True, filter=Q(go=1, correct=True)),
            retaken=Count("learner", distinct=True, filter=Q(go__gt=1)),
            retaken_right=Count("learner", distinct=True, filter=Q(go__gt=1, correct=True)),
        )
        .values_list("version", "again", "right", "retaken", "retaken_right")
    )
    return {version: Later(*counts) for version, *counts in rows}


def seconds(lesson: str, question: str) -> dict[str, Counter[int]]:
    """How long before its first answer the same learner gave the answer before, in whole seconds, by version.

    That is the only time that can be told: nothing records when a question was first seen. It holds the reading of the
    last question's feedback. The first answer of a sitting has none, and more than PAUSE is a pause: both are left out.
    One query.
    """
    before = Answer.objects.filter(
        learner=OuterRef("learner"), lesson=OuterRef("lesson"), created__lt=OuterRef("created")
    ).order_by("-created")
    rows = (
        first_attempts(lesson)
        .filter(question=question)
        .annotate(seconds=SecondsBetween(F("created"), Subquery(before.values("created")[:1])))
    )
    found: defaultdict[str, Counter[int]] = defaultdict(Counter)
    for version, between, count in tally(rows, "version", "seconds"):
        if between is not None and between <= PAUSE:
            found[version][between] += count
    return dict(found)

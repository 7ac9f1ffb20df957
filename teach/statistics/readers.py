"""Where readers stop: opened, predicted, ran, began the quiz, finished. All but openings are numbers of learners."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import compress
from typing import Any

from django.db.models import Case, Count, Expression, Min, Q, QuerySet, Sum, Value, When
from django.utils import timezone

from charts.bars import Bar, bar_chart
from charts.scale import PER_CENT
from charts.shapes import Picture
from learners.statistics import in_class
from lessons.catalog import Lesson
from lessons.modes import MODES
from progress.models import Opening, Reading
from quiz.models import first_attempts, predictions_of
from quiz.predictions.reading import PREDICTIONS
from quiz.reading import QUIZ
from stopwatch import registry
from stopwatch.measurements import runs_for
from teach.statistics import tables
from teach.statistics.items import LEAST
from teach.statistics.tables import Column, Table
from teach.statistics.tally import tally_by_learner

RECENT = (7, 28)  # days
STEPS = ("Predicted", "Ran something", "Began the quiz", "Answered all of it")
COLUMNS = ("has_predicted", "has_run", "has_begun", "answered")


@dataclass(frozen=True)
class Step:
    """A step on the way through a lesson.

    `did` is how many learners took it, `reached` how many took it or a later one, and `stopped` how many took it and
    none after it. So `reached` never grows from step to step, also where somebody skipped one.
    """

    name: str
    did: int
    reached: int
    stopped: int


def cases_run(lesson: Lesson) -> tuple[str, ...]:
    """What can be measured on the pages of a lesson, by the blocks that run something."""
    names = {case for page in lesson.pages.values() for block in page.blocks for case in registry.cases_run(block)}
    return tuple(case for case in registry.cases if case in names)


def steps(names: Sequence[str], taken: Mapping[tuple[bool, ...], int]) -> list[Step]:
    """Where learners got to.

    Args:
        names: of the steps, in their order.
        taken: which of them somebody took, by how many learners did.
    """
    counted = []
    for place, name in enumerate(names):
        did = sum(count for took, count in taken.items() if took[place])
        reached = sum(count for took, count in taken.items() if any(took[place:]))
        stopped = sum(count for took, count in taken.items() if took[place] and not any(took[place + 1 :]))
        counted.append(Step(name, did, reached, stopped))
    return counted


def funnel(lesson: Lesson) -> list[Step]:
    """The steps that the lesson has, and how many learners took each. At most one query."""
    predictions, cases, quiz = lesson.get(PREDICTIONS), cases_run(lesson), lesson.get(QUIZ)
    ids = [question.id for question in quiz.questions] if quiz else []
    rows = []
    if predictions:
        rows.append(_rows(predictions_of(lesson.slug).exclude(chosen=""), has_predicted=Value(1)))
    if cases:
        rows.append(_rows(in_class(runs_for(lesson.slug, cases)), has_run=Value(1)))
    if ids:
        answered = Count(Case(When(question__in=ids, then=1)))
        rows.append(_rows(first_attempts(lesson.slug), has_begun=Value(1), answered=answered))
    # Who has answered as many of today's questions as one learner is asked.
    asked = quiz.draw or len(ids) if quiz else 0
    there = (bool(predictions), bool(cases), bool(ids), bool(ids))
    taken: Counter[tuple[bool, ...]] = Counter()
    for *did, answered_of, learners in tally_by_learner(rows, *COLUMNS) if rows else ():
        taken[tuple(compress((*map(bool, did), answered_of >= asked), there))] += learners
    return steps(tuple(compress(STEPS, there)), taken)


def _rows(rows: QuerySet[Any], **columns: Expression) -> QuerySet[Any, Any]:
    """What learners left of one kind, with every column."""
    told: QuerySet[Any, Any] = rows.values("learner").annotate(
        **{name: columns.get(name, Value(0)) for name in COLUMNS}
    )
    return told


def funnel_table(counted: list[Step], openings: int) -> Table:
    """Openings first, which are no learners, and then every step."""
    columns = (
        Column("Step"),
        Column("Count", is_number=True),
        Column("of"),
        Column("Got this far or further", is_number=True),
        Column("Stopped here", is_number=True),
    )
    blank = tables.withheld("")
    rows = [(tables.text("Opened"), tables.number(openings), tables.text("openings"), blank, blank)]
    total = counted[0].reached if counted else 0
    if 0 < total < LEAST:
        reason = tables.withheld(f"shown from {LEAST} learners on")
        rows.append((tables.text("Known learners"), tables.number(total), tables.text("learners"), reason, blank))
    elif total:
        rows += [
            (
                tables.text(step.name),
                tables.number(step.did),
                tables.text("learners"),
                tables.number(step.reached),
                tables.number(step.stopped),
            )
            for step in counted
        ]
    return Table("steps", "Where readers stop", columns, rows)


def funnel_picture(counted: list[Step]) -> Picture | None:
    """How many took each step, in numbers, and how many got there or further, as shares of all who took any."""
    total = counted[0].reached if counted else 0
    if total < LEAST:
        return None
    bars = [
        Bar(
            f"{step.name}: {step.did:,}",
            f"{step.reached:,} of {total:,} got this far",
            f"{tables.of_learners(step.did)} took this step, and {step.reached:,} of {total:,} took it or a later one",
            step.reached / total,
        )
        for step in counted
    ]
    return bar_chart("steps", "How far learners got: to each step or a later one", bars, PER_CENT)


@dataclass(frozen=True)
class Opened:
    """The openings of a mode: in the last days of each of RECENT, and since they are counted."""

    recent: tuple[int, ...]
    total: int


def opened(lesson: str) -> tuple[dict[str, Opened], str]:
    """The openings of each mode, and the first day that any was counted on, or an empty text. One query."""
    today = timezone.now().date()
    week, month = (Sum("count", filter=Q(day__gt=today - timedelta(days=days)), default=0) for days in RECENT)
    rows = (
        Opening.objects.filter(lesson=lesson)
        .values("mode")
        .annotate(week=week, month=month, total=Sum("count"), since=Min("day"))
        .values_list("mode", "week", "month", "total", "since")
    )
    counts = list(rows)
    by_mode = {mode: Opened((week, month), total) for mode, week, month, total, _ in counts}
    return by_mode, f"{min(since for *_, since in counts):%Y-%m-%d}" if counts else ""


def pages_table(lesson: Lesson, openings: dict[str, Opened]) -> Table:
    """Each page of the lesson: how often it was opened, and how many learners have marked it as read. One query."""
    columns = (
        Column("Page"),
        *(Column(f"Opened, last {days} days", is_number=True) for days in RECENT),
        Column("Opened, all", is_number=True),
        Column("Read, in learners", is_number=True),
    )
    marks = in_class(Reading.objects.filter(lesson=lesson.slug, read=True))
    read = dict(marks.values_list("mode").annotate(n=Count("*")))
    nothing = Opened((0,) * len(RECENT), 0)
    modes = dict.fromkeys([*lesson.pages, *openings])
    return Table(
        "pages",
        "The pages of the lesson",
        columns,
        [
            (
                tables.text(MODES.get(mode, mode)),
                *(tables.number(count) for count in openings.get(mode, nothing).recent),
                tables.number(openings.get(mode, nothing).total),
                tables.number(read.get(mode, 0)),
            )
            for mode in modes
        ],
    )

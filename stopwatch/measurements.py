"""Keeps what was measured for its learner, bounded, each run once, and finds it again."""

import json
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils import timezone

from learners.former_keys import known_as
from learners.models import lock_learner
from learners.plain_rows import PlainRows
from learners.statistics import in_class
from stopwatch.measured import Measured
from stopwatch.models import Measurement
from stopwatch.receipts import GOOD_FOR, Receipt
from stopwatch.registry import cases

# Measurements of one case in one lesson for one learner; older ones are dropped when their receipts are no longer good.
KEPT = 20
CLASS = 1000  # the latest measurements of a case, from which a class's figures are taken


class AlreadyCounted(Exception):
    """This run was measured before."""


def keep(learner: uuid.UUID, receipt: Receipt, measured: Measured, lesson: str) -> None:
    """Keep what a learner's browser measured of a run that was started in a lesson, or in none (an empty text).

    Raises:
        AlreadyCounted: the receipt was used.
    """
    _keep(learner, receipt.run, measured, datetime.fromtimestamp(receipt.began, UTC), lesson)


def keep_experiment(owner: uuid.UUID, run_id: str, measured: Measured, began: datetime) -> None:
    """Keep what an experiment's own load generator measured, for the learner who started it, once.

    It belongs to the whole site, wherever it was started. They may have signed in since, or have had everything about
    them deleted.
    """
    known = known_as(owner)
    if known is None:
        return
    try:
        _keep(known, run_id, measured, began, "")
    except AlreadyCounted:
        pass  # the task was run twice


def _keep(learner: uuid.UUID, run: str, measured: Measured, began: datetime, lesson: str) -> None:
    try:
        with transaction.atomic():
            lock_learner(learner)
            Measurement.objects.create(
                learner_id=learner,
                receipt=run,
                case=measured.case,
                lesson=lesson,
                seconds=measured.seconds,
                figures=dict(measured.figures),
                at_most=sorted(measured.at_most),
                detail=measured.detail,
                knobs=dict(measured.knobs),
                began=began,
            )
            _drop_old(learner, measured.case, lesson)
    except IntegrityError:
        raise AlreadyCounted("A run counts once, and this one has been counted.") from None


def _drop_old(learner: uuid.UUID, case: str, lesson: str) -> None:
    """A receipt that is still good must find its measurement, or it would count again."""
    of_case = Measurement.objects.filter(learner_id=learner, case=case, lesson=lesson)
    newest = list(of_case.order_by("-began", "-pk").values_list("pk", flat=True)[:KEPT])
    too_old = timezone.now() - timedelta(seconds=GOOD_FOR)
    of_case.filter(created__lt=too_old).exclude(pk__in=newest).delete()


def runs_for(lesson: str, names: Iterable[str]) -> QuerySet[Measurement]:
    """The runs of cases that a lesson may show: those that were made in it, and those that belong to the whole site.

    The latter may have been set to anything: `standing` says which count in lessons.
    """
    of_site = [name for name in names if cases[name].scope == "site"]
    of_lesson = [name for name in names if cases[name].scope == "lesson"]
    made_here, made_anywhere = Q(case__in=of_lesson, lesson=lesson), Q(case__in=of_site, lesson="")
    return Measurement.objects.filter(made_here | made_anywhere)


def standing(runs: QuerySet[Measurement], *fields: str) -> Iterator[tuple[Any, ...]]:
    """The case and these fields of each run that stands for the figures in lessons, in the order of the runs."""
    # Read as text: hardly any run of thousands was set to something, and of the others nothing needs to be parsed.
    rows = runs.annotate(set_to=Cast("knobs", TextField())).values_list("case", *fields, "set_to")
    for *told, set_to in rows:
        if set_to == "{}" or cases[told[0]].stands_with(json.loads(set_to)):
            yield tuple(told)


class Run(NamedTuple):
    """A run that a learner measured, of which case and when it began."""

    pk: int
    case: str
    began: datetime
    knobs: Mapping[str, Any]


class _Figures(NamedTuple):
    """What `measured_of` needs of a measurement."""

    case: str
    seconds: float
    figures: Mapping[str, float]
    at_most: Sequence[str]
    detail: Any
    knobs: Mapping[str, Any]
    receipt: str


_runs = PlainRows(Measurement, Run, by=("learner", "lesson"), order=("began", "pk"))
_figures = PlainRows(Measurement, _Figures, by=("pk",))


def runs_of(learner: uuid.UUID, lesson: str) -> list[Run]:
    """A learner's runs that stand for the figures in a lesson, those of each case in the order in which they began."""
    found: list[Run] = []
    for scope, where in (("lesson", lesson), ("site", "")):
        runs = (run for run in _runs.find(learner, where) if run.case in cases and cases[run.case].scope == scope)
        found += [run for run in runs if not run.knobs or cases[run.case].stands_with(run.knobs)]
    return found


def own_of(learner: uuid.UUID, lesson: str) -> dict[str, Measured]:
    """The latest measurement of each case that a learner has measured in a lesson, or for the whole site."""
    # Only these are fetched whole: some twenty of a case may be kept, each with its figures and its picture's data.
    latest = {run.case: run.pk for run in runs_of(learner, lesson)}
    return {kept.case: measured_of(kept) for pk in latest.values() for kept in _figures.find(pk)}


def own_with(learner: uuid.UUID, lesson: str, case: str, seconds: float) -> Measured | None:
    """The latest measurement of a case in a lesson of so many seconds of work, or None."""
    runs = runs_for(lesson, [case]).filter(learner_id=learner, seconds=seconds)
    kept = runs.order_by("began", "pk").last()
    return measured_of(kept) if kept else None


def class_figures(lesson: str, case: str, name: str, seconds: float) -> list[float]:
    """One figure of the class that measured a case in a lesson with so many seconds of work: each learner's latest."""
    latest: dict[uuid.UUID, float] = {}
    runs = in_class(runs_for(lesson, [case]).filter(seconds=seconds)).order_by("-began", "-pk")
    for _, learner, figures in standing(runs[:CLASS], "learner_id", "figures"):
        if name in figures:
            latest.setdefault(learner, figures[name])
    return sorted(latest.values())


def measured_of(kept: Measurement | _Figures) -> Measured:
    """A measurement as pages show it."""
    return Measured(
        kept.case,
        kept.seconds,
        kept.figures,
        frozenset(kept.at_most),
        detail=kept.detail,
        knobs=kept.knobs,
        run=kept.receipt,
    )

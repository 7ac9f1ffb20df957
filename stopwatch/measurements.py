"""Keeps what was measured for its learner, bounded, each run once, and finds it again."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from learners.former_keys import known_as
from learners.models import lock_learner
from learners.statistics import in_class
from stopwatch.measured import Measured
from stopwatch.models import Measurement
from stopwatch.receipts import GOOD_FOR, Receipt

KEPT = 20  # measurements of one case for one learner; older ones are dropped when their receipts are no longer good
CLASS = 1000  # the latest measurements of a case, from which a class's figures are taken


class AlreadyCounted(Exception):
    """This run was measured before."""


def keep(learner: uuid.UUID, receipt: Receipt, measured: Measured) -> None:
    """Keep what a learner's browser measured of a run.

    Raises:
        AlreadyCounted: the receipt was used.
    """
    _keep(learner, receipt.run, measured, datetime.fromtimestamp(receipt.began, UTC))


def keep_experiment(owner: uuid.UUID, run_id: str, measured: Measured, began: datetime) -> None:
    """Keep what an experiment's own load generator measured, for the learner who started it, once.

    They may have signed in since, or have had everything about them deleted.
    """
    known = known_as(owner)
    if known is None:
        return
    try:
        _keep(known, run_id, measured, began)
    except AlreadyCounted:
        pass  # the task was run twice


def _keep(learner: uuid.UUID, run: str, measured: Measured, began: datetime) -> None:
    try:
        with transaction.atomic():
            lock_learner(learner)
            Measurement.objects.create(
                learner_id=learner,
                receipt=run,
                case=measured.case,
                seconds=measured.seconds,
                figures=dict(measured.figures),
                at_most=sorted(measured.at_most),
                detail=measured.detail,
                began=began,
            )
            _drop_old(learner, measured.case)
    except IntegrityError:
        raise AlreadyCounted("A run counts once, and this one has been counted.") from None


def _drop_old(learner: uuid.UUID, case: str) -> None:
    """A receipt that is still good must find its measurement, or it would count again."""
    of_case = Measurement.objects.filter(learner_id=learner, case=case)
    newest = list(of_case.order_by("-began", "-pk").values_list("pk", flat=True)[:KEPT])
    too_old = timezone.now() - timedelta(seconds=GOOD_FOR)
    of_case.filter(created__lt=too_old).exclude(pk__in=newest).delete()


def own_of(learner: uuid.UUID) -> dict[str, Measured]:
    """The latest measurement of each case that a learner has measured."""
    # Only these are fetched whole: some twenty of a case may be kept, each with its figures and its picture's data.
    latest = dict(Measurement.objects.filter(learner_id=learner).order_by("began", "pk").values_list("case", "pk"))
    return {kept.case: _measured(kept) for kept in Measurement.objects.filter(pk__in=latest.values())}


def class_figures(case: str, name: str, seconds: float) -> list[float]:
    """One figure, in ms, of the class that measured a case with so many seconds of work: each learner's latest."""
    latest: dict[uuid.UUID, float] = {}
    rows: Sequence[tuple[uuid.UUID, Mapping[str, float]]] = list(
        in_class(Measurement.objects.filter(case=case, seconds=seconds))
        .order_by("-began", "-pk")
        .values_list("learner_id", "figures")[:CLASS]
    )
    for learner, figures in rows:
        if name in figures:
            latest.setdefault(learner, figures[name])
    return sorted(latest.values())


def _measured(kept: Measurement) -> Measured:
    return Measured(kept.case, kept.seconds, kept.figures, frozenset(kept.at_most), detail=kept.detail)

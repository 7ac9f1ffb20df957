"""What is kept about a learner here: what their browser measured. For "My data" and for merging."""

from uuid import UUID

from learners.personal_data import PersonalData, Row, register_personal_data
from stopwatch.models import Measurement


def register() -> None:
    """Tell learners of it."""
    register_personal_data(
        PersonalData(
            name="measurements",
            title="Measurements",
            says=(
                "What your browser measured of runs that you started, in ms. Lessons draw them for you, and the figures"
                " of a class are taken from everybody's, without a name."
            ),
            model=Measurement,
            rows=rows,
            merge=merge,
        )
    )


def rows(learner: UUID) -> list[Row]:
    """Every measurement of a learner, the oldest first."""
    return [
        {
            "measured": kept.created.isoformat(),
            "case": kept.case,
            "lesson": kept.lesson,
            "seconds of work": kept.seconds,
            "figures": kept.figures,
            "at most": kept.at_most,
            "run began": kept.began.isoformat(),
            "run": kept.receipt,
            "knobs": kept.knobs,
            "detail": kept.detail,
        }
        for kept in Measurement.objects.filter(learner_id=learner).order_by("created", "pk")
    ]


def merge(first: UUID, second: UUID) -> None:
    """Each run was measured once, whoever measured it, so all of them simply change hands."""
    Measurement.objects.filter(learner_id=first).update(learner_id=second)

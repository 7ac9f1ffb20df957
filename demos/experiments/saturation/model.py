"""What Saturation runs and measures, and what theory says of the same. All times are one clock's: the machine's own."""

import heapq
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import factorial
from typing import Any

from demos.bench.load import Outcome, Sample, percentile

ARRIVING = 5.0  # seconds in which tasks arrive
EMPTYING = 4.0  # seconds after that in which the queue may empty, at most
START_SECONDS = 2.0  # until the worker is up and warm, and until it has ended: an estimate
HANDOVER_MS = 0.5  # from the end of a task to the beginning of the next one on a busy worker: measured, the median


@dataclass(frozen=True)
class Plan:
    """What arrives, and at which worker.

    Attributes:
        length: of each task, in ms.
        rate: tasks a second, on average.
        threads: of the worker.
        seed: of the arrivals: the same one gives the same arrivals, closer together or wider apart with the rate.
    """

    length: int = 100
    rate: float = 9.5
    threads: int = 1
    seed: int = 1

    @property
    def utilisation(self) -> float:
        """How much of what the worker can do arrives: 1 is all of it."""
        return self.rate * self.length / 1000 / self.threads

    @property
    def run_seconds(self) -> float:
        """What a whole run takes."""
        behind = max(0.0, self.utilisation - 1) * ARRIVING + self.length / 1000
        return START_SECONDS + ARRIVING + min(EMPTYING, behind)

    def arrivals(self) -> list[float]:
        """When tasks arrive, in seconds: at random, each without regard to the others (a Poisson process)."""
        draws = random.Random(self.seed)  # noqa: S311 - nobody is to be kept from guessing them
        found: list[float] = []
        at = draws.expovariate(1) / self.rate
        while at < ARRIVING:
            found.append(at)
            at += draws.expovariate(1) / self.rate
        return found


@dataclass(frozen=True)
class Task:
    """A task, in ms since the first could have come: when it was published, began and ended. None: not yet."""

    published: float
    began: float | None
    ended: float | None


@dataclass(frozen=True)
class Told:
    """What was measured so far, `elapsed` ms after the first task could have come."""

    elapsed: float
    tasks: Sequence[Task]

    @property
    def samples(self) -> list[Sample]:
        """Each task with its queue wait, so far where it still waits."""
        return [
            Sample(task.published, round(max(0.0, self._until(task) - task.published), 1), _outcome(task))
            for task in self.tasks
        ]

    @property
    def waits(self) -> list[float]:
        """The queue wait of each task in ms. One that still waits counts as it has waited so far."""
        return [sample.latency_ms for sample in self.samples]

    @property
    def is_over(self) -> bool:
        """Whether every task has come, and none waits."""
        return self.elapsed >= ARRIVING * 1000 and not self.left

    @property
    def left(self) -> int:
        """How many still wait."""
        return sum(task.began is None for task in self.tasks)

    def recursion(self, plan: Plan) -> list[float]:
        """The wait of each task in ms as it follows from the arrivals and the lengths, up to the same moment.

        Lindley's recursion (1952), and for several threads that of Kiefer and Wolfowitz (1955): a task begins when it
        has come and a thread is free, and the thread is then taken for as long as the task.
        """
        free = [0.0] * plan.threads
        found: list[float] = []
        for task in self.tasks:
            begins = max(task.published, heapq.heappop(free))
            ran = plan.length if task.began is None or task.ended is None else task.ended - task.began
            heapq.heappush(free, begins + ran + HANDOVER_MS)
            found.append(round(min(begins, max(self.elapsed, task.published)) - task.published, 1))
        return found

    def _until(self, task: Task) -> float:
        return self.elapsed if task.began is None else task.began


def _outcome(task: Task) -> Outcome:
    return Outcome.WAITING if task.began is None else Outcome.ANSWERED


def erlang_c(plan: Plan) -> float | None:
    """The mean queue wait in ms after hours of this, for tasks of random length; None: it would grow without end.

    Erlang's formula (1917): how likely it is that every thread is taken, and how long one then waits.
    """
    if plan.utilisation >= 1:
        return None
    offered = plan.utilisation * plan.threads
    top = offered**plan.threads / factorial(plan.threads) / (1 - plan.utilisation)
    waits = top / (sum(offered**taken / factorial(taken) for taken in range(plan.threads)) + top)
    return waits * plan.length / (plan.threads - offered)


def mean(values: Sequence[float]) -> float:
    """The mean of at least one value."""
    return sum(values) / len(values)


def figures(told: Told, plan: Plan) -> dict[str, float]:
    """The figures of a whole run, by the names under which they are kept."""
    found = {
        "wait-mean": mean(told.waits),
        "wait-p95": percentile(told.waits, 95),
        "wait-longest": max(told.waits),
        "wait-recursion": mean(told.recursion(plan)),
        "wait-erlang": erlang_c(plan),
        "utilisation": plan.utilisation * 100,
        "tasks": float(len(told.tasks)),
        "left": float(told.left),
    }
    return {name: round(value, 1) for name, value in found.items() if value is not None}


def as_json(told: Told) -> dict[str, Any]:
    """What was measured, as the driver sends it: a task is [published, began, ended]."""
    return {"elapsed": told.elapsed, "tasks": [[task.published, task.began, task.ended] for task in told.tasks]}


def from_json(kept: Mapping[str, Any]) -> Told:
    """What `as_json` wrote."""
    return Told(kept["elapsed"], [Task(*times) for times in kept["tasks"]])

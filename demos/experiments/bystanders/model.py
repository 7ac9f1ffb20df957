"""What Bystanders runs and measures, and the figures that follow. All times are the load generator's own clock."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from math import ceil
from typing import Any

from demos.bench.load import Outcome, Sample, percentile

PHASES = ("view", "celery")  # in this order
PAGE_SECONDS = 0.005  # what the stranger's page takes
RATE = 20.0  # requests for the stranger's page, a second
SLOW_AT = 0.75  # seconds after a phase begins, and before it ends
START_SECONDS = 2.0  # until the small site is up and warm, and until it has ended: an estimate
PATIENCE = 2.0  # seconds in which responses may still come when the last request was due
LATE_MS = 100.0  # from here on a response counts as late: people begin to feel a delay


@dataclass(frozen=True)
class Plan:
    """The sizes of the small site, and when which request is due.

    Attributes:
        processes: of gunicorn, each of which takes one request at a time.
        requests: slow requests, all at the same moment.
        seconds: what the slow work takes.
        threads: of Celery's worker.
    """

    processes: int = 2
    requests: int = 2
    seconds: float = 3.0
    threads: int = 2

    def busy_seconds(self, phase: str) -> float:
        """How long the slow work of a phase takes: as many of it at once as there are processes, or threads."""
        return self.seconds * ceil(self.requests / (self.processes if phase == "view" else self.threads))

    def phase_seconds(self, phase: str) -> float:
        """How long a phase goes on."""
        return SLOW_AT + self.busy_seconds(phase) + SLOW_AT

    @property
    def run_seconds(self) -> float:
        """What a whole run takes."""
        return START_SECONDS + sum(map(self.phase_seconds, PHASES))

    @property
    def failed_ms(self) -> float:
        """What a request without a response counts as having waited: longer than any that has one."""
        return 1000 * (self.busy_seconds("view") + 3)

    @property
    def held_seconds(self) -> float:
        """For how long slow requests hold every process in the view: none is left for anybody else."""
        return self.seconds * max(0, ceil((self.requests - self.processes + 1) / self.processes))


@dataclass(frozen=True)
class Phase:
    """One phase, over or not. Times are in ms since the phase began.

    Attributes:
        name: "view" or "celery".
        elapsed_ms: how long it has gone on.
        stranger: the requests for the stranger's page.
        slow: the slow requests.
        reports_ms: when reports were done: in the view with the response, in the worker later.
    """

    name: str
    elapsed_ms: float
    stranger: Sequence[Sample]
    slow: Sequence[Sample]
    reports_ms: Sequence[float]

    @property
    def answered(self) -> int:
        """How many of the stranger's requests have had their response."""
        return sum(sample.outcome is Outcome.ANSWERED for sample in self.stranger)

    @property
    def failed(self) -> int:
        """How many of them had none in the end."""
        return sum(sample.outcome is Outcome.FAILED for sample in self.stranger)

    @property
    def late(self) -> int:
        """How many of them were answered more than 100 ms after they were due."""
        return sum(sample.outcome is Outcome.ANSWERED and sample.latency_ms > LATE_MS for sample in self.stranger)

    @property
    def slow_response_ms(self) -> float | None:
        """How long the slow requests waited for their responses: the one that waited longest."""
        return max((s.latency_ms for s in self.slow if s.outcome is Outcome.ANSWERED), default=None)

    @property
    def report_ms(self) -> float | None:
        """How long after the slow requests were due the last of their reports was done."""
        if not self.slow or len(self.reports_ms) < len(self.slow):
            return None
        return round(max(self.reports_ms) - self.slow[0].due_ms, 1)

    def latency_ms(self, percent: float, plan: Plan) -> float | None:
        """The stranger's latency by the nearest-rank percentile; 100 is the longest. None without a request.

        A request that failed counts as if it had waited for `plan.failed_ms`; one on its way, as it has waited so far:
        without it, the very requests that wait longest would be missing while a phase goes on.
        """
        waited = [_counted(sample, plan) for sample in self.stranger]
        return percentile(waited, percent) if waited else None

    def is_over(self, plan: Plan) -> bool:
        """Whether every request has left and none is on its way."""
        all_left = self.elapsed_ms >= plan.phase_seconds(self.name) * 1000 - 1000 / RATE
        return all_left and all(sample.outcome is not Outcome.WAITING for sample in self.stranger)

    @property
    def is_sound(self) -> bool:
        """Whether it measured what it was to: every slow request was answered, and 95 of 100 of the stranger's."""
        slow = all(sample.outcome is Outcome.ANSWERED for sample in self.slow)
        return slow and self.answered >= 0.95 * len(self.stranger)


def _counted(sample: Sample, plan: Plan) -> float:
    return max(sample.latency_ms, plan.failed_ms) if sample.outcome is Outcome.FAILED else sample.latency_ms


def figures(phases: Sequence[Phase], plan: Plan) -> dict[str, float]:
    """The figures of a whole run, in ms, by the names under which they are kept: "view-p95" and so on."""
    found: dict[str, float | None] = {}
    for phase in phases:
        found[f"{phase.name}-p50"] = phase.latency_ms(50, plan)
        found[f"{phase.name}-p95"] = phase.latency_ms(95, plan)
        found[f"{phase.name}-longest"] = phase.latency_ms(100, plan)
        found[f"{phase.name}-slow-response"] = phase.slow_response_ms
    return {name: value for name, value in found.items() if value is not None}


def expected_p95_ms(plan: Plan) -> float:
    """The stranger's p95 with the work in the view, by arithmetic alone.

    Whoever comes while every process is held waits for what is left of that time. Those who come first wait longest,
    and one of twenty requests comes within a twentieth of the phase.
    """
    return 1000 * max(PAGE_SECONDS, plan.held_seconds - 0.05 * plan.phase_seconds("view"))


def as_json(phases: Sequence[Phase]) -> list[dict[str, Any]]:
    """The phases as the driver sends them: a sample is [due_ms, latency_ms, outcome]."""
    return [asdict(phase) | {"stranger": _lists(phase.stranger), "slow": _lists(phase.slow)} for phase in phases]


def from_json(kept: Sequence[Mapping[str, Any]]) -> list[Phase]:
    """The phases that `as_json` wrote."""
    return [
        Phase(**{**phase, "stranger": _samples(phase["stranger"]), "slow": _samples(phase["slow"])}) for phase in kept
    ]


def _lists(samples: Sequence[Sample]) -> list[list[Any]]:
    return [[sample.due_ms, sample.latency_ms, sample.outcome] for sample in samples]


def _samples(lists: Sequence[Sequence[Any]]) -> list[Sample]:
    return [Sample(due, latency, Outcome(outcome)) for due, latency, outcome in lists]

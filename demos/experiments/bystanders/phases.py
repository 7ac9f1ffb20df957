"""What a phase measured, and the figures that follow from it. All times are the load generator's own clock."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from demos.experiments.bystanders import plan
from demos.experiments.load import Outcome, Sample, percentile


@dataclass(frozen=True)
class Phase:
    """One phase, over or not. Times are in ms since the phase began.

    Attributes:
        name: "view" or "celery".
        elapsed_ms: how long it has gone on.
        stranger: the requests for the stranger's page.
        slow: the slow requests.
        reports_ms: when reports were done: in the view with the answer, in the worker later.
    """

    name: str
    elapsed_ms: float
    stranger: Sequence[Sample]
    slow: Sequence[Sample]
    reports_ms: Sequence[float]

    @property
    def answered(self) -> int:
        """How many of the stranger's requests have had their answer."""
        return sum(sample.outcome is Outcome.ANSWERED for sample in self.stranger)

    @property
    def failed(self) -> int:
        """How many of them had none in the end."""
        return sum(sample.outcome is Outcome.FAILED for sample in self.stranger)

    @property
    def late(self) -> int:
        """How many of them were answered more than 100 ms after they were due."""
        return sum(sample.outcome is Outcome.ANSWERED and sample.latency_ms > plan.LATE_MS for sample in self.stranger)

    @property
    def slow_response_ms(self) -> float | None:
        """How long the slow requests waited for their answers: the one that waited longest."""
        return max((s.latency_ms for s in self.slow if s.outcome is Outcome.ANSWERED), default=None)

    @property
    def report_ms(self) -> float | None:
        """How long after the slow requests were due the last of their reports was done."""
        if not self.slow or len(self.reports_ms) < len(self.slow):
            return None
        return round(max(self.reports_ms) - self.slow[0].due_ms, 1)

    def latency_ms(self, percent: float) -> float | None:
        """The stranger's latency by the nearest-rank percentile; 100 is the longest. None without a request.

        A request that failed counts as if it had waited for 6,000 ms; one on its way, as it has waited so far: without
        it, the very requests that wait longest would be missing while a phase goes on.
        """
        waited = [_counted(sample) for sample in self.stranger]
        return percentile(waited, percent) if waited else None

    @property
    def is_over(self) -> bool:
        """Whether every request has left and none is on its way."""
        all_left = self.elapsed_ms >= plan.PHASE_SECONDS * 1000 - 1000 / plan.RATE
        return all_left and all(sample.outcome is not Outcome.WAITING for sample in self.stranger)

    @property
    def is_sound(self) -> bool:
        """Whether it measured what it was to: every slow request was answered, and 95 of 100 of the stranger's."""
        slow = all(sample.outcome is Outcome.ANSWERED for sample in self.slow)
        return slow and self.answered >= 0.95 * len(self.stranger)


def _counted(sample: Sample) -> float:
    return max(sample.latency_ms, plan.FAILED_MS) if sample.outcome is Outcome.FAILED else sample.latency_ms


def figures(phases: Sequence[Phase]) -> dict[str, float]:
    """The figures of a whole run, in ms, by the names under which they are kept: "view-p95" and so on."""
    found: dict[str, float | None] = {}
    for phase in phases:
        found[f"{phase.name}-p50"] = phase.latency_ms(50)
        found[f"{phase.name}-p95"] = phase.latency_ms(95)
        found[f"{phase.name}-longest"] = phase.latency_ms(100)
        found[f"{phase.name}-slow-response"] = phase.slow_response_ms
    return {name: value for name, value in found.items() if value is not None}


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

"""A run of an experiment as it can be looked at: its state, its place in the line, and what it has measured."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class State(StrEnum):
    """What has become of a run. The last four are final."""

    QUEUED = "queued"
    STARTED = "started"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    LOST = "lost"
    CANCELLED = "cancelled"


GOING_ON = frozenset({State.QUEUED, State.STARTED})


class Reason(StrEnum):
    """Why a run did not succeed, as its record says it (also in demos/store/line.lua)."""

    NEVER_PUBLISHED = "never published"
    EXPIRED = "expired"
    LEASE_LAPSED = "lease lapsed"
    WORKER_STOPPED = "worker stopped"
    WENT_WRONG = "went wrong"
    TOO_LONG = "too long"


WHY = {
    Reason.NEVER_PUBLISHED: "Its message could not be published in time, so it was given up.",
    Reason.EXPIRED: "No worker took it within 2 minutes.",
    Reason.LEASE_LAPSED: "Its worker was gone: there was no sign of it for 10 s. Its processes are gone too.",
    Reason.WORKER_STOPPED: "The worker was stopped in the middle of it.",
    Reason.WENT_WRONG: "It went wrong. What happened is in the log.",
    Reason.TOO_LONG: "It took longer than an experiment may, so all its processes were ended.",
}

NO_WORKER = "No worker is consuming the queue. The run keeps its place, and goes on when a worker is back."
NO_SIGN = "The worker gives no sign of life. If that lasts, the run counts as lost within 10 s."


@dataclass(frozen=True)
class Run:
    """A run as it was at one moment.

    Attributes:
        experiment: its name.
        owner: the learner who started it, in hex.
        note: says in words what a state alone does not.
        measured: what its driver has told so far, in its own shape; None when it has told nothing yet.
        figures: by name, in ms, when it has succeeded.
        before: how many are before it in the line, counting one that goes on.
        running_s: for how many seconds the one that goes on has done so; None when none does.
    """

    id: str
    experiment: str
    owner: str
    state: State
    note: str
    measured: Any
    figures: Mapping[str, float]
    before: int
    running_s: float | None

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen."""
        return self.state not in GOING_ON

    def wait_s(self, usual: float) -> float:
        """About how many seconds the line before it takes, when each run takes `usual`: an estimate."""
        if not self.before:
            return 0.0
        waiting = self.before - (self.running_s is not None)
        left = max(1.0, usual - self.running_s) if self.running_s is not None else 0.0
        return waiting * usual + left


def note_of(state: State, reason: str | None, *, worker_alive: bool) -> str:
    """What there is to say besides the state."""
    if reason:
        return WHY[Reason(reason)]
    if worker_alive:
        return ""
    return {State.QUEUED: NO_WORKER, State.STARTED: NO_SIGN}.get(state, "")

"""A run of the background demo or of an experiment, as it can be looked at: its state, its times, its place in line."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any, NotRequired, TypedDict


class State(StrEnum):
    """What has become of a run. The last four are final."""

    QUEUED = "queued"
    STARTED = "started"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    LOST = "lost"
    CANCELLED = "cancelled"


class Reason(StrEnum):
    """Why a run did not succeed, as its record says it (also in demos/store/*.lua)."""

    NEVER_PUBLISHED = "never published"
    EXPIRED = "expired"
    TAKEN = "taken"
    LEASE_LAPSED = "lease lapsed"
    WORKER_STOPPED = "worker stopped"
    WENT_WRONG = "went wrong"
    TOO_LONG = "too long"


WHY = {
    Reason.NEVER_PUBLISHED: "Its message could not be published in time, so it was given up.",
    Reason.EXPIRED: "No worker began it for as long as its message is good.",
    Reason.TAKEN: "A worker took its message and ended before it began the work.",
    Reason.LEASE_LAPSED: "Its worker was gone: there was no sign of it for 10 s. Nothing of it goes on.",
    Reason.WORKER_STOPPED: "The worker was stopped in the middle of it.",
    Reason.WENT_WRONG: "It went wrong. What happened is in the log.",
    Reason.TOO_LONG: "It took longer than an experiment may, so all its processes were ended.",
}

NO_WORKER = "No worker is consuming the queue. The run keeps its place, and goes on when a worker is back."
NO_SIGN = "The worker gives no sign of life. If that lasts, the run counts as lost within 10 s."


MOMENTS = ("published", "started", "finished")  # of a run, in the order in which they come


class Event(TypedDict):
    """One point of the timeline, in milliseconds since the run was accepted, as it is shown to programs."""

    event: str
    at_ms: float
    progress: NotRequired[float]


@dataclass(frozen=True)
class Run:
    """A run as it was at one moment, by the store's own clock.

    What is kept of every run has a property here for whoever shows it. What was asked for, what the worker tells and
    what came of it are texts in the record: of the background demo seconds, steps with their times, and words; of an
    experiment JSON each.

    Attributes:
        fields: of its record. Its times are microseconds since it was accepted.
        age_us: the same, until now.
        worker_alive: whether a worker shows that it consumes the queue.
        before: how many are before it in the line of the experiments, counting one that goes on.
        running_us: for how long the one that goes on has done so; below 0 when none does.
    """

    id: str
    fields: Mapping[str, str]
    age_us: float
    worker_alive: bool
    before: int = 0
    running_us: float = -1

    @cached_property
    def state(self) -> State:
        """What has become of it."""
        return State(self.fields["state"])

    @property
    def experiment(self) -> str:
        """The name of the experiment; empty for a run of the background demo."""
        return self.fields.get("experiment", "")

    @property
    def owner(self) -> str:
        """The id of the learner who started it, as 32 hex digits."""
        return self.fields.get("owner", "")

    @property
    def by_visitor(self) -> bool:
        """Whether its owner was a visitor until they started it."""
        return self.fields.get("visitor") == "1"

    @property
    def page(self) -> str:
        """Where it was started (demos/origins.py); empty when that was no lesson."""
        return self.fields.get("page", "")

    @property
    def note(self) -> str:
        """What there is to say besides the state."""
        if reason := self.fields.get("reason"):
            return WHY[Reason(reason)]
        if self.worker_alive or self.is_over:
            return ""
        # One of the line is queued, and a worker has taken its message all the same: it renews the lease.
        return NO_SIGN if self.state is State.STARTED or "lease" in self.fields else NO_WORKER

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen."""
        return self.state not in (State.QUEUED, State.STARTED)

    @property
    def seconds(self) -> float:
        """The seconds of work that the background demo was asked for."""
        return float(self.fields["asked"])

    @property
    def knobs(self) -> Mapping[str, Any]:
        """What was chosen about a run of an experiment, by name."""
        found: Mapping[str, Any] = json.loads(self.fields["asked"])
        return found

    @property
    def progress(self) -> float:
        """How much of the work of the background demo is done, from 0 to 1."""
        return 1.0 if self.state is State.SUCCEEDED else float(self.fields.get("told", "").rpartition(":")[2] or 0)

    @property
    def measured(self) -> Any:
        """What an experiment has measured so far, in its own shape; None when that is nothing yet."""
        return json.loads(self.fields.get("told") or "null")

    @property
    def result(self) -> str:
        """What came of the background demo, in words; empty until it has succeeded."""
        return self.fields.get("result", "")

    @property
    def figures(self) -> Mapping[str, float]:
        """The figures of an experiment that has succeeded, by name."""
        found: Mapping[str, float] = json.loads(self.result or "{}")
        return found

    @property
    def publish_ms(self) -> float | None:
        """How long the web server took to publish its message, by its own clock."""
        return float(self.fields["publish"]) if "publish" in self.fields else None

    @property
    def queue_wait_ms(self) -> float | None:
        """From the message's publishing until a worker began, or None while that is not known.

        A worker can begin before the web process has noted that the message is out. Then only a bound is known, the
        time since the run was accepted, and `queue_wait_is_a_bound` says so.
        """
        published, started = self._ms.get("published"), self._ms.get("started")
        if started is None or published is None:
            return None
        return started if started == published else round(started - published, 1)

    @property
    def queue_wait_is_a_bound(self) -> bool:
        """Whether the queue wait was at most what `queue_wait_ms` says, and not exactly that."""
        started = self._ms.get("started")
        return started is not None and started == self._ms.get("published")

    @property
    def run_ms(self) -> float | None:
        """From when a worker began until the end. None while that is not known: the end of a lost run, nobody saw."""
        if self.state is State.LOST:
            return None
        started, finished = self._ms.get("started"), self._ms.get("finished")
        return None if started is None or finished is None else round(finished - started, 1)

    @property
    def due_in_ms(self) -> float | None:
        """When the work of the background demo should be done, from now; None while nobody works on it."""
        started = self._ms.get("started")
        if self.state is not State.STARTED or started is None:
            return None
        return round(started + self.seconds * 1000 - self.age_us / 1000, 1)

    @property
    def timeline(self) -> list[Event]:
        """Every point that is known of a run of the background demo, in the order in which it came."""
        points: list[Event] = [{"event": "accepted", "at_ms": 0.0}]
        points += [{"event": name, "at_ms": at} for name, at in self._ms.items() if name != "finished"]
        for step in self.fields.get("told", "").split():
            at_ms, _, fraction = step.partition(":")
            points.append({"event": "progress", "at_ms": float(at_ms), "progress": float(fraction)})
        if "finished" in self._ms:
            points.append({"event": "finished", "at_ms": self._ms["finished"]})
        return points

    def wait_s(self, usual: float) -> float:
        """About how many seconds the line before it takes, when each run takes `usual`: an estimate."""
        if not self.before:
            return 0.0
        if self.running_us < 0:
            return self.before * usual
        return (self.before - 1) * usual + max(1.0, usual - self.running_us / 1_000_000)

    @cached_property
    def _ms(self) -> Mapping[str, float]:
        """The moments that are known, in milliseconds since it was accepted."""
        known = self.fields
        return {name: round(float(known[name]) / 1000, 1) for name in MOMENTS if name in known}

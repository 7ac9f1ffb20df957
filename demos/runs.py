"""A run of the background demo or of an experiment, as it can be looked at: its state, its times, its place in line."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple


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


class Event(NamedTuple):
    """One point of the timeline, in milliseconds since the run was accepted."""

    name: str
    at_ms: float
    progress: float | None = None


@dataclass(frozen=True)
class Run:
    """A run as it was at one moment. Times are milliseconds since it was accepted, by the store's own clock.

    Attributes:
        experiment: its name; empty for a run of the background demo.
        asked: what was asked for: the seconds of work, or an experiment's knobs as JSON.
        owner: the id of the learner who started it, as 32 hex digits.
        page: where it was started (demos/origins.py); empty when that was no lesson.
        told: what its worker has told so far: steps with their times, or what an experiment measured as JSON.
        result: what came of it, when it has succeeded: words, or an experiment's figures as JSON.
        note: says in words what a state alone does not.
        publish_ms: how long the web server took to publish its message, by its own clock.
        before: how many are before it in the line of the experiments, counting one that goes on.
        running_s: for how many seconds the one that goes on has done so; None when none does.
    """

    id: str
    experiment: str
    asked: str
    owner: str
    page: str
    state: State
    told: str
    result: str
    note: str
    age_ms: float
    publish_ms: float | None
    published_ms: float | None
    started_ms: float | None
    finished_ms: float | None
    before: int
    running_s: float | None

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen."""
        return self.state not in GOING_ON

    @property
    def seconds(self) -> float:
        """The seconds of work that the background demo was asked for."""
        return float(self.asked)

    @property
    def progress(self) -> float:
        """How much of the work of the background demo is done, from 0 to 1."""
        if self.state is State.SUCCEEDED:
            return 1.0
        return float(self.told.rpartition(":")[2] or 0)

    @property
    def knobs(self) -> Mapping[str, Any]:
        """What was chosen about a run of an experiment, by name."""
        found: Mapping[str, Any] = json.loads(self.asked)
        return found

    @property
    def measured(self) -> Any:
        """What an experiment has measured so far, in its own shape; None when that is nothing yet."""
        return json.loads(self.told) if self.told else None

    @property
    def figures(self) -> Mapping[str, float]:
        """The figures of an experiment that has succeeded, by name."""
        found: Mapping[str, float] = json.loads(self.result) if self.result else {}
        return found

    @property
    def queue_wait_ms(self) -> float | None:
        """From the message's publishing until a worker began, or None while that is not known.

        A worker can begin before the web process has noted that the message is out. Then only a bound is known, the
        time since the run was accepted, and `queue_wait_is_a_bound` says so.
        """
        if self.started_ms is None or self.published_ms is None:
            return None
        return self.started_ms if self.queue_wait_is_a_bound else round(self.started_ms - self.published_ms, 1)

    @property
    def queue_wait_is_a_bound(self) -> bool:
        """Whether the queue wait was at most what `queue_wait_ms` says, and not exactly that."""
        return self.started_ms is not None and self.started_ms == self.published_ms

    @property
    def run_ms(self) -> float | None:
        """From when a worker began until the end, or None while that is not known."""
        if self.started_ms is None or self.finished_ms is None:
            return None
        return round(self.finished_ms - self.started_ms, 1)

    @property
    def due_in_ms(self) -> float | None:
        """When the work should be done, from now; None while nobody works on it."""
        if self.state is not State.STARTED or self.started_ms is None:
            return None
        return self.started_ms + self.seconds * 1000 - self.age_ms

    @property
    def timeline(self) -> list[Event]:
        """Every point that is known of a run of the background demo, in the order in which it came."""
        points = [Event("accepted", 0.0)]
        if self.published_ms is not None:
            points.append(Event("published", self.published_ms))
        if self.started_ms is not None:
            points.append(Event("started", self.started_ms))
        for step in self.told.split():
            at_ms, _, fraction = step.partition(":")
            points.append(Event("progress", float(at_ms), float(fraction)))
        if self.finished_ms is not None:
            points.append(Event("finished", self.finished_ms))
        return points

    def wait_s(self, usual: float) -> float:
        """About how many seconds the line before it takes, when each run takes `usual`: an estimate."""
        if not self.before:
            return 0.0
        waiting = self.before - (self.running_s is not None)
        left = max(1.0, usual - self.running_s) if self.running_s is not None else 0.0
        return waiting * usual + left


def read(
    run_id: str,
    fields: Mapping[str, str],
    age_us: float,
    *,
    worker_alive: bool,
    before: int = 0,
    running_us: float = -1,
) -> Run:
    """Make a run of its record, as demos/store/look.lua answers.

    Args:
        fields: the record's fields; its times are microseconds since it was accepted.
        age_us: microseconds since it was accepted.
        worker_alive: whether a worker shows that it consumes the queue.
        before: how many stand before it in the line.
        running_us: for how many microseconds the one that goes on has done so; below 0 when none does.
    """
    get = fields.get
    state = State(fields["state"])
    return Run(
        id=run_id,
        experiment=get("experiment", ""),
        asked=fields["asked"],
        owner=get("owner", ""),
        page=get("page", ""),
        state=state,
        told=get("told", ""),
        result=get("result", ""),
        note=_note(state, get("reason"), worker_alive=worker_alive),
        age_ms=_ms(age_us),
        publish_ms=float(fields["publish"]) if "publish" in fields else None,
        published_ms=_known(get("published")),
        started_ms=_known(get("started")),
        finished_ms=_known(get("finished")),
        before=before if state is State.QUEUED else 0,
        running_s=None if running_us < 0 else running_us / 1_000_000,
    )


def _note(state: State, reason: str | None, *, worker_alive: bool) -> str:
    """What there is to say besides the state."""
    if reason:
        return WHY[Reason(reason)]
    if worker_alive:
        return ""
    return {State.QUEUED: NO_WORKER, State.STARTED: NO_SIGN}.get(state, "")


def _known(microseconds: str | None) -> float | None:
    return None if microseconds is None else _ms(microseconds)


def _ms(microseconds: str | float) -> float:
    return round(float(microseconds) / 1000, 1)

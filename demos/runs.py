"""A run of the background demo as it can be looked at: its state, and its timeline since it was accepted."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """What has become of a run. The last three are final."""

    QUEUED = "queued"
    STARTED = "started"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    LOST = "lost"


FINAL = frozenset({State.SUCCEEDED, State.FAILED, State.LOST})


class Reason(StrEnum):
    """Why a run did not succeed, as its record says it (also in demos/store/*.lua)."""

    NEVER_PUBLISHED = "never published"
    EXPIRED = "expired"
    TAKEN = "taken"
    LEASE_LAPSED = "lease lapsed"
    WORKER_STOPPED = "worker stopped"
    WENT_WRONG = "went wrong"


WHY = {
    Reason.NEVER_PUBLISHED: "Its message could not be published in time, so it was given up.",
    Reason.EXPIRED: "It waited for 10 minutes, which is as long as its message is good for.",
    Reason.TAKEN: "A worker took its message and ended before it began the work.",
    Reason.LEASE_LAPSED: "Its worker was gone in the middle of the work: there was no sign of it for 10 s.",
    Reason.WORKER_STOPPED: "The worker was stopped in the middle of the work.",
    Reason.WENT_WRONG: "The work went wrong. What happened is in the log.",
}

NO_WORKER = "No worker is consuming the queue. The run stays queued, and goes on when a worker is back."
NO_SIGN = "The worker gives no sign of life. If that lasts, the run counts as lost within 10 s."


@dataclass(frozen=True)
class Event:
    """One point of the timeline, in milliseconds since the run was accepted."""

    name: str
    at_ms: float
    progress: float | None = None


@dataclass(frozen=True)
class Run:
    """A run as it was at one moment. Times are milliseconds since it was accepted, by the store's own clock.

    `note` says in words what a state alone does not; `progress` is 0 to 1; `noted` has the steps as they are kept.
    `owner` is the id of the learner who started it, as 32 hex digits. `publish_ms` is how long the web server took to
    publish its message, by its own clock.
    """

    id: str
    state: State
    owner: str
    seconds: float
    progress: float
    result: str
    note: str
    age_ms: float
    publish_ms: float | None
    published_ms: float | None
    started_ms: float | None
    finished_ms: float | None
    noted: str

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen."""
        return self.state in FINAL

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
        """Every point that is known, in the order in which it came."""
        points = [Event("accepted", 0.0)]
        if self.published_ms is not None:
            points.append(Event("published", self.published_ms))
        if self.started_ms is not None:
            points.append(Event("started", self.started_ms))
        points.extend(_steps(self.noted))
        if self.finished_ms is not None:
            points.append(Event("finished", self.finished_ms))
        return points


def read(run_id: str, fields: Mapping[str, str], age_us: float, *, worker_alive: bool) -> Run:
    """Make a run of its record.

    Args:
        fields: the record's fields; its times are microseconds since it was accepted.
        age_us: microseconds since it was accepted.
        worker_alive: whether a worker shows that it consumes the queue.
    """
    state = State(fields["state"])
    return Run(
        id=run_id,
        state=state,
        owner=fields.get("owner", ""),
        seconds=float(fields["seconds"]),
        progress=float(fields.get("progress", 0)),
        result=fields.get("result", ""),
        note=WHY[Reason(fields["reason"])] if "reason" in fields else _note(state, worker_alive=worker_alive),
        age_ms=_ms(age_us),
        publish_ms=float(fields["publish"]) if "publish" in fields else None,
        published_ms=_known(fields.get("published")),
        started_ms=_known(fields.get("started")),
        finished_ms=_known(fields.get("finished")),
        noted=fields.get("steps", ""),
    )


def _note(state: State, *, worker_alive: bool) -> str:
    if worker_alive:
        return ""
    return {State.QUEUED: NO_WORKER, State.STARTED: NO_SIGN}.get(state, "")


def _steps(kept: str) -> tuple[Event, ...]:
    pairs = (pair.split(":") for pair in kept.split())
    return tuple(Event("progress", _ms(at), float(fraction)) for at, fraction in pairs)


def _known(microseconds: str | None) -> float | None:
    return None if microseconds is None else _ms(microseconds)


def _ms(microseconds: str | float) -> float:
    return round(float(microseconds) / 1000, 1)

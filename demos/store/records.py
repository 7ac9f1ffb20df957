"""A run's record: a hash that lives for an hour, under an id that cannot be guessed and is listed nowhere.

Queued, it is begun by one worker only; started, it is that worker's as long as its lease is renewed; ended, it stays as
it is. The times in it are the store's own, in microseconds since the run was accepted.

A run of an experiment stands in a line besides: first come is first served, and one goes on at a time for the whole
site, as they would disturb each other's figures. Every function here raises Unreachable when the store does not answer.
"""

import secrets
from enum import Enum
from typing import Any

from django.conf import settings

from demos.runs import Reason, Run, State
from demos.store.client import run_script, worker_key
from frontdoor.metrics import refused

SECOND = 1_000_000  # in microseconds, the unit of the records

KEPT = 3600  # seconds
LONGEST_WAIT = 600  # seconds in which a worker must have begun the report of a run,
LONGEST_WAIT_IN_LINE = 120  # and in which one must have taken an experiment
LONGEST_LINE = min(10, max(2, settings.SEATS // 4))


class QueueFull(Exception):
    """As many runs wait as may wait."""


class LineFull(Exception):
    """As many runs stand in the line as may."""


class Turn(Enum):
    """The answer to a worker that wants to begin a run."""

    GO = "go"
    WAIT = "wait"
    GONE = "gone"


def accept(seconds: float, owner: str, page: str = "", *, by_visitor: bool = False) -> str:
    """Write the record of a new run of the background demo, which waits, and give its id.

    Args:
        seconds: of work.
        owner: the id of the learner whose run it is, as 32 hex digits.
        page: where it was started (demos/origins.py).
        by_visitor: whether they were a visitor until now, and have that id from this very request.

    Raises:
        QueueFull: as many runs wait as may wait.
    """
    limits = {"good_for": LONGEST_WAIT, "most": settings.QUEUED_RUNS}
    found = _accept("", f"{seconds}", owner, page, **limits, by_visitor=by_visitor)
    if found is None:
        refused("length of the queue")
        raise QueueFull(f"{settings.QUEUED_RUNS:,} runs wait already, which is as many as may.")
    return found[0]


def join(experiment: str, asked: str, owner: str, page: str = "") -> tuple[str, bool]:
    """Put a new run at the end of the line. Gives its id, and True; or False with the owner's that is in it already.

    Raises:
        LineFull: as many stand in it as may.
    """
    found = _accept(experiment, asked, owner, page, good_for=LONGEST_WAIT_IN_LINE, most=LONGEST_LINE)
    if found is None:
        refused("length of the line")
        raise LineFull(f"{LONGEST_LINE} runs stand in the line, which is as many as may.")
    return found


def _accept(
    experiment: str, asked: str, owner: str, page: str, *, good_for: int, most: int, by_visitor: bool = False
) -> tuple[str, bool] | None:
    new, limits = secrets.token_urlsafe(16), (good_for * SECOND, KEPT, most)
    answer = _run("accept", new, experiment, asked, owner, page, *limits, int(by_visitor))
    return (answer[0], bool(answer[1])) if len(answer) > 1 else None


def note_published(run_id: str, took_ms: float) -> None:
    """Note that the run's message is on the queue, and that publishing it took so many ms."""
    _run("published", run_id, round(took_ms, 1))


def begin(run_id: str) -> tuple[Turn, str]:
    """Whether a worker may begin a run; if so it has begun, and what was asked for is given.

    Who asks for the turn of an experiment renews its lease.
    """
    turn, *asked = _run("begin", run_id)
    return Turn(turn), "".join(asked)


def tell(run_id: str, *, step: float | None = None, measured: str = "") -> bool:
    """Note how far a run has come and renew its lease. False: it has ended, and nobody waits for it any more.

    Args:
        step: the fraction of the work that is done.
        measured: all that an experiment has measured so far, as JSON.
    """
    return bool(_run("tell", run_id, "" if step is None else round(step, 3), measured))


def finish(run_id: str, result: str) -> None:
    """The work is done; a run that had ended before, because it was cancelled, say, stays as it is."""
    _run("finish", run_id, State.SUCCEEDED, "result", result)


def fail(run_id: str, reason: Reason) -> None:
    """The work went wrong, could not be handed over, or was lost together with its worker."""
    state = State.LOST if reason is Reason.WORKER_STOPPED else State.FAILED
    _run("finish", run_id, state, "reason", reason)


def cancel(run_id: str) -> bool:
    """Its learner wants it no more. False: it had ended already."""
    return bool(_run("finish", run_id, State.CANCELLED, "by", "its learner"))


def leave(run_id: str) -> None:
    """Every process of the run has ended. One that was cancelled meanwhile has held its place in the line until now."""
    _run("leave", run_id)


def look(run_id: str) -> Run | None:
    """The run as it is now, or None when there is no such run (any more)."""
    found = _run("look", run_id)
    if found is None:
        return None
    age_us, alive, before, running_us, *flat = found.split("\0")
    fields = dict(zip(flat[::2], flat[1::2], strict=True))
    place = int(before) if fields["state"] == State.QUEUED else 0
    return Run(run_id, fields, float(age_us), alive == "1", place, float(running_us))


def in_line(owner: str) -> str | None:
    """The id of an owner's run that waits in the line or goes on, or None."""
    found: str | None = _run("find", "", owner)
    return found


def _run(script: str, run_id: str, *arguments: str | float) -> Any:
    queues = (settings.WAITING_QUEUE, settings.EXPERIMENTS_QUEUE)
    keys = [f"offload:run:{run_id}", *queues, *map(worker_key, queues)]
    return run_script(script, keys, [run_id, *arguments])

"""The record of an experiment's run, and the line in which it stands: in the site's Valkey, like the demos' runs.

A record is a hash that lives for an hour, under an id that cannot be guessed. In the line, first come is first served;
one run goes on at a time, for the whole site, as they would disturb each other's figures.
"""

import json
import secrets
from collections.abc import Mapping
from enum import Enum
from typing import Any

from django.conf import settings

from demos.experiments.runs import Reason, Run, State, note_of
from demos.store.client import run_script, worker_key
from demos.store.records import KEPT, LEASE, LONGEST_PUBLISH, SECOND

LONGEST_WAIT = 120  # seconds until a worker must have taken it
BOUNDS = [LONGEST_PUBLISH, LONGEST_WAIT * SECOND]
# How many may stand in the line. Each of them waits in a thread of the worker, so most threads are left for the demos.
LONGEST_LINE = min(10, max(2, settings.SEATS // 4))


class LineFull(Exception):
    """As many runs stand in the line as may."""


class Turn(Enum):
    """The answer to a worker that asks whether a run's turn has come."""

    GO = "go"
    WAIT = "wait"
    GONE = "gone"


def join(experiment: str, owner: str) -> tuple[str, bool]:
    """Put a new run at the end of the line. Gives its id, and True; or False with the owner's that is in it already.

    Raises:
        LineFull: as many stand in it as may.
        Unreachable: the store does not answer; so with all functions here.
    """
    new = secrets.token_urlsafe(16)
    answer = run_script("line line_join", [], [*BOUNDS, new, experiment, owner, LONGEST_LINE, KEPT])
    if len(answer) == 1:
        raise LineFull(f"{LONGEST_LINE} runs stand in the line, which is as many as may.")
    return answer[0], bool(answer[1])


def note_published(run_id: str, took_ms: float) -> None:
    """Note that the run's message is on the queue, and that publishing it took so many ms."""
    run_script("published", [_key(run_id)], [round(took_ms, 1)])


def ask_turn(run_id: str) -> Turn:
    """Whether a run's turn has come; if so, it has begun. Asking renews its lease."""
    return Turn(run_script("line line_turn", [], [*BOUNDS, run_id, LEASE]))


def keep_measured(run_id: str, measured: str = "") -> bool:
    """Keep what was measured so far and renew the lease. False: nobody waits for it any more.

    `measured` is JSON; when it is empty there is nothing new.
    """
    return bool(run_script("measured", [_key(run_id)], [LEASE, measured]))


def finish(run_id: str, figures: Mapping[str, float]) -> None:
    """The run is done; one that had ended before, because it was cancelled, say, stays as it is."""
    run_script("finish", [_key(run_id)], [State.SUCCEEDED, "figures", json.dumps(dict(figures))])


def fail(run_id: str, reason: Reason) -> None:
    """The run went wrong."""
    run_script("finish", [_key(run_id)], [State.FAILED, "reason", reason])


def lose(run_id: str, reason: Reason) -> None:
    """The worker goes away before the run is done."""
    run_script("finish", [_key(run_id)], [State.LOST, "reason", reason])


def cancel(run_id: str) -> bool:
    """Its learner wants it no more. False: it had ended already."""
    return bool(run_script("finish", [_key(run_id)], [State.CANCELLED, "by", "its learner"]))


def leave(run_id: str) -> None:
    """Every process of the run has ended. One that was cancelled meanwhile has held its place in the line until now."""
    run_script("left", [_key(run_id)], [])


def look(run_id: str) -> Run | None:
    """The run as it is now, or None when there is no such run (any more)."""
    found = run_script("line line_look", [_key(run_id), worker_key(settings.WAITING_QUEUE)], [*BOUNDS, run_id])
    return None if found is None else read(run_id, json.loads(found))


def read(run_id: str, found: list[Any]) -> Run:
    """Make a run of what demos/store/line_look.lua answers."""
    flat, _age, alive, before, running = found
    fields = dict(zip(flat[::2], flat[1::2], strict=True))
    state = State(fields["state"])
    return Run(
        id=run_id,
        experiment=fields["experiment"],
        owner=fields["owner"],
        state=state,
        note=note_of(state, fields.get("reason"), worker_alive=bool(alive)),
        measured=json.loads(fields["measured"]) if "measured" in fields else None,
        figures=json.loads(fields.get("figures", "{}")),
        before=int(before) if state is State.QUEUED else 0,
        running_s=None if running < 0 else running / SECOND,
    )


def _key(run_id: str) -> str:
    return f"offload:experiment:{run_id}"

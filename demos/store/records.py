"""A run's record: a hash that lives for an hour, under an id that cannot be guessed and is listed nowhere.

Queued, it is begun by one worker only; started, it is that worker's as long as its lease is renewed; ended, it stays as
it is. The times in it are the store's own, in microseconds since the run was accepted.
"""

import json
import secrets

from django.conf import settings

from demos import runs
from demos.runs import Reason, Run, State
from demos.seconds import LARGEST
from demos.store.client import run_script, worker_key

SECOND = 1_000_000  # in microseconds, the unit of the records

KEPT = 3600  # seconds
LEASE = 10 * SECOND
LONGEST_PUBLISH = 2 * SECOND  # what takes longer was answered with an error, and must not run
LONGEST_WAIT = 600  # seconds in the queue
# A busy worker may have taken one message more than it has threads; one of them is free after the longest run.
LONGEST_TAKEN = int(LARGEST + 2) * SECOND


class QueueFull(Exception):
    """As many runs wait as may wait."""


def accept(seconds: float, owner: str) -> str:
    """Write the record of a new run, which waits, and give its id.

    Raises:
        QueueFull: as many runs wait as may wait.
        Unreachable: the store does not answer.
    """
    run_id = secrets.token_urlsafe(16)
    keys = [_key(run_id), settings.WAITING_QUEUE]
    if not run_script("accept", keys, [seconds, owner, settings.QUEUED_RUNS, KEPT]):
        raise QueueFull(f"{settings.QUEUED_RUNS:,} runs wait already, which is as many as may.")
    return run_id


def note_published(run_id: str, took: float) -> None:
    """Note that the message is on the queue, and that publishing it took so many ms.

    Raises:
        Unreachable: the store does not answer.
    """
    run_script("published", [_key(run_id)], [round(took, 1)])


def begin(run_id: str) -> float | None:
    """Begin a run that waits, and give the seconds that it takes; None when there is nothing to begin.

    Raises:
        Unreachable: the store does not answer.
    """
    seconds = run_script("begin", [_key(run_id)], [LEASE, LONGEST_PUBLISH])
    return None if seconds is None else float(seconds)


def note_progress(run_id: str, fraction: float) -> bool:
    """Note how far a run has come and renew its lease. False: it has ended, and nobody waits for it any more.

    Raises:
        Unreachable: the store does not answer.
    """
    return bool(run_script("progress", [_key(run_id)], [round(fraction, 3), LEASE]))


def finish(run_id: str, result: str) -> None:
    """The work is done. Raises Unreachable when the store does not answer, as do the next two."""
    run_script("finish", [_key(run_id)], [State.SUCCEEDED, "result", result])


def fail(run_id: str, reason: Reason) -> None:
    """The work went wrong, or could not be handed over."""
    run_script("finish", [_key(run_id)], [State.FAILED, "reason", reason])


def lose(run_id: str, reason: Reason) -> None:
    """The worker goes away before the work is done."""
    run_script("finish", [_key(run_id)], [State.LOST, "reason", reason])


def look(run_id: str) -> Run | None:
    """The run as it is now, or None when there is no such run (any more).

    Raises:
        Unreachable: the store does not answer.
    """
    queue = settings.WAITING_QUEUE
    bounds = [LONGEST_PUBLISH, LONGEST_WAIT * SECOND, LONGEST_TAKEN]
    found = run_script("look", [_key(run_id), queue, worker_key(queue)], bounds)
    if found is None:
        return None
    flat, age_us, alive = json.loads(found)
    fields = dict(zip(flat[::2], flat[1::2], strict=True))
    return runs.read(run_id, fields, age_us, worker_alive=bool(alive))


def _key(run_id: str) -> str:
    return f"offload:run:{run_id}"

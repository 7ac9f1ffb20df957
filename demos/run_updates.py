"""What a worker writes about its run, also while the store is away for a moment: a lease lasts longer than that."""

import logging
from time import monotonic

from demos.runs import Reason
from demos.store import records
from demos.store.client import Unreachable
from demos.worker import stopping

logger = logging.getLogger(__name__)

PATIENCE = 8.0  # seconds for which the end of a run is tried to be written; its lease ends after 10 s


class Unwanted(Exception):
    """Nobody waits for the run any more: it was cancelled, or counts as lost."""


def tell(run_id: str, *, step: float | None = None, measured: str = "") -> None:
    """Note how far a run is. When the store is away the next note tries again; when none gets through, the lease ends.

    Raises:
        Unwanted: see there.
    """
    try:
        wanted = records.tell(run_id, step=step, measured=measured)
    except Unreachable:
        return
    if not wanted:
        raise Unwanted


def hand_over(run_id: str, result: str) -> None:
    """Write the result, also when the store comes back only a few seconds after the work is done."""
    until = monotonic() + PATIENCE
    while True:
        try:
            return records.finish(run_id, result)
        except Unreachable as error:
            if monotonic() > until or stopping.wait(0.5):
                logger.error("run %s is done, but its result could not be kept: %s", run_id, error)  # noqa: TRY400
                return None


def give_up(run_id: str, reason: Reason) -> None:
    """Write that a run came to nothing; a store that does not answer finds out by itself (demos/store/common.lua)."""
    try:
        records.fail(run_id, reason)
    except Unreachable as error:
        logger.warning("run %s ended (%s), which could not be kept: %s", run_id, reason, error)

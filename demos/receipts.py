"""The receipts of the two demos: what the server knows of a run, signed for the browser that measured it."""

import secrets
import time
import uuid

from demos.runs import Run
from stopwatch.receipts import Receipt, owner_mark, sign


def of_request(owner: uuid.UUID | None, seconds: float, began: float, held_ms: float) -> str:
    """The receipt of work that was done inside a request.

    Args:
        owner: who asked for it, or None for a visitor.
        seconds: the work that was asked for.
        began: when it began, in seconds since 1970.
        held_ms: how long it held the request and a thread.
    """
    run = secrets.token_urlsafe(16)
    return sign(Receipt(run, "blocking", owner_mark(owner), seconds, began, {"held": held_ms}))


def of_run(run: Run) -> str:
    """The receipt of a run that has succeeded; empty when its record lacks what a receipt says."""
    if run.publish_ms is None or run.queue_wait_ms is None or run.run_ms is None or not run.owner:
        return ""
    figures = {"held": run.publish_ms, "queue-wait": run.queue_wait_ms, "ran": run.run_ms}
    at_most = ("queue-wait",) if run.queue_wait_is_a_bound else ()
    # The run's age is by the store's clock, and is counted back from this server's: the two are never subtracted.
    began = time.time() - run.age_us / 1_000_000
    mark = owner_mark(uuid.UUID(run.owner))
    return sign(Receipt(run.id, "celery", mark, run.seconds, began, figures, at_most, by_visitor=run.by_visitor))

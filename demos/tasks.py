"""The tasks of the background demo and of the experiments: load, call a plain function, save."""

import logging
from time import monotonic

from celery import shared_task

from demos.bench import runner
from demos.experiments import records as experiments
from demos.runs import Reason
from demos.store import records
from demos.store.client import Unreachable
from demos.waiting import Stopped, build_report
from demos.worker import stopping

logger = logging.getLogger(__name__)

PATIENCE = 8.0  # seconds for which the end of a run is tried to be written; its lease ends after 10 s


@shared_task(name="demos.report", expires=records.LONGEST_WAIT)
def report(run_id: str) -> None:
    """Build the report of a run, unless there is nothing to begin: its publishing was given up, say."""
    seconds = records.begin(run_id)
    if seconds is None:
        return
    try:
        result = build_report(seconds, progress=lambda fraction: note_progress(run_id, fraction), stopping=stopping)
    except Stopped:
        records.lose(run_id, Reason.WORKER_STOPPED)
    except Exception:
        logger.exception("run %s failed", run_id)
        records.fail(run_id, Reason.WENT_WRONG)
    else:
        hand_over(run_id, result)


def note_progress(run_id: str, fraction: float) -> None:
    """Tell the store how far a run is. It may be away for a moment; what it has given up is not gone on with."""
    try:
        wanted = records.note_progress(run_id, fraction)
    except Unreachable:
        return  # the next step tries again, and when none gets through, the lease ends
    if not wanted:
        raise Stopped


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


@shared_task(name="demos.experiment", expires=experiments.LONGEST_WAIT)
def experiment(run_id: str) -> None:
    """Run an experiment when its turn in the line has come, unless it was given up or cancelled."""
    runner.run(run_id)

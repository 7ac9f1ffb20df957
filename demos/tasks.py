"""The tasks of the background demo and of the experiments: load, call a plain function, save."""

import logging

from celery import shared_task

from demos.bench import runner
from demos.run_updates import Unwanted, give_up, hand_over, tell
from demos.runs import Reason
from demos.store import records
from demos.store.records import Turn
from demos.waiting import Stopped, build_report
from demos.worker import stopping

logger = logging.getLogger(__name__)


@shared_task(name="demos.report", expires=records.LONGEST_WAIT)
def report(run_id: str) -> None:
    """Build the report of a run, unless there is nothing to begin: its publishing was given up, say."""
    turn, seconds = records.begin(run_id)
    if turn is not Turn.GO:
        return
    try:
        result = build_report(float(seconds), progress=lambda done: tell(run_id, step=done), stopping=stopping)
    except Unwanted:
        pass
    except Stopped:
        give_up(run_id, Reason.WORKER_STOPPED)
    except Exception:
        logger.exception("run %s failed", run_id)
        give_up(run_id, Reason.WENT_WRONG)
    else:
        hand_over(run_id, result)


@shared_task(name="demos.experiment", expires=records.LONGEST_WAIT_IN_LINE)
def experiment(run_id: str) -> None:
    """Let an experiment wait for its turn in the line, and run, beside the threads that the demos' work takes."""
    runner.start(run_id)

"""A learner's own runs of an experiment: the one that waits or goes on, and those that were kept."""

import logging
import uuid

from demos.bench.experiment import Experiment
from demos.runs import Run
from demos.store import records
from demos.store.client import Unreachable

logger = logging.getLogger(__name__)


def going_on(learner: uuid.UUID | None, experiment: Experiment) -> Run | None:
    """The learner's run of an experiment that waits or goes on; None also while the store does not answer."""
    if learner is None:
        return None
    try:
        run_id = records.in_line(learner.hex)
        found = records.look(run_id) if run_id else None
    except Unreachable as error:
        logger.warning("it cannot be told whether a run of %s goes on: %s", experiment.name, error)
        return None
    return found if found and found.experiment == experiment.name and not found.is_over else None

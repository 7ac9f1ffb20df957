"""Hands a run over to Celery, or makes sure that it does not run."""

import logging
from time import perf_counter

from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from demos.experiments import records
from demos.experiments.runs import Reason
from demos.store.client import Unreachable
from demos.tasks import experiment

logger = logging.getLogger(__name__)


def publish(run_id: str) -> None:
    """Publish the task of a run that stands in the line.

    Raises:
        Unreachable: the broker does not answer. The message may arrive all the same, so the run is marked as failed;
            when not even that gets through, it counts as given up, for nobody noted that it was published.
    """
    began = perf_counter()
    try:
        experiment.delay(run_id)
        records.note_published(run_id, (perf_counter() - began) * 1000)
    except (OperationalError, RedisError, Unreachable) as error:
        logger.warning("experiment %s could not be published: %s", run_id, error)
        try:
            records.fail(run_id, Reason.NEVER_PUBLISHED)
        except Unreachable:
            pass  # the line drops it after 2 s (demos/store/line.lua)
        raise Unreachable(str(error)) from error

"""Hands a run over to Celery, or makes sure that it does not run."""

import logging
from time import perf_counter
from typing import Any

from celery import Task, current_app
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from demos.run_updates import give_up
from demos.runs import Reason
from demos.store import records
from demos.store.client import Unreachable

logger = logging.getLogger(__name__)


def publish(task: Task[[str], None], run_id: str) -> float:
    """Publish the task of an accepted run, and give the milliseconds that this took.

    Raises:
        Unreachable: the broker does not answer. The message may arrive all the same, so the run is marked as failed;
            when not even that gets through, it counts as given up, for nobody noted that it was published.
    """
    began = perf_counter()
    try:
        task.delay(run_id)
        took = (perf_counter() - began) * 1000
        records.note_published(run_id, took)
    except (OperationalError, RedisError, Unreachable) as error:
        logger.warning("run %s could not be published: %s", run_id, error)
        give_up(run_id, Reason.NEVER_PUBLISHED)
        raise Unreachable(str(error)) from error
    return took


def can_publish() -> bool:
    """Whether the broker would take a message now.

    Asked before the first reader comes, this also makes the connection, which would cost the first click some 50 ms.
    """
    try:
        with current_app.producer_pool.acquire(block=True) as producer:
            channel: Any = producer.channel  # of Redis' own transport, which celery-types do not know
            # A write, because a store whose memory or disk is full still answers a ping.
            channel.client.set("offload:ready", 1, ex=5)
    except (OperationalError, RedisError):
        return False
    return True

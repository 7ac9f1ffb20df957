"""What Prometheus is told of the queue and of runs. It is looked up when it is asked for, and nothing is kept here."""

import logging
from collections.abc import Iterator, Mapping
from math import isinf

from django.conf import settings
from prometheus_client.metrics_core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric

from demos.publishing import can_publish
from demos.store import traffic
from demos.store.client import Unreachable
from demos.store.traffic import Times, Traffic

logger = logging.getLogger(__name__)


def collect() -> Iterator[Metric]:
    """All of it. While the broker does not answer, only that."""
    yield _gauge("offload_places", "Places that there are.", {"blocking": settings.SEATS}, "of")
    try:
        found = traffic.look()
    except Unreachable as error:
        logger.warning("the queue cannot be looked at: %s", error)
        yield GaugeMetricFamily("offload_broker_up", "Whether the broker answers and takes messages.", 0)
        return
    # One whose memory is full answers, and takes no message.
    yield GaugeMetricFamily("offload_broker_up", "Whether the broker answers and takes messages.", float(can_publish()))
    yield from _of_the_queue(found)
    yield from _of_runs(found)


def _of_the_queue(found: Traffic) -> Iterator[Metric]:
    queue = settings.WAITING_QUEUE
    yield _gauge("offload_queue_messages", "Messages on the queue.", {queue: found.queued}, "queue")
    yield _gauge(
        "offload_oldest_message_age_seconds",
        "For how long the oldest message has been on the queue; 0 when it is empty.",
        {queue: found.oldest},
        "queue",
    )
    yield _gauge("offload_worker_up", "Whether a worker consumes the queue.", found.workers, "queue")
    yield GaugeMetricFamily("offload_line_runs", "Runs of experiments in the line.", found.in_line)


def _of_runs(found: Traffic) -> Iterator[Metric]:
    ended = CounterMetricFamily("offload_runs", "Runs that ended, and how.", labels=["kind", "outcome"])
    for (kind, outcome), count in found.outcomes.items():
        ended.add_metric([kind, outcome], count)
    yield ended
    yield _histogram("offload_queue_wait_seconds", "From publishing until a worker began.", found.waits)
    yield _histogram("offload_run_seconds", "From when a worker began until the end.", found.runs)


def _gauge(name: str, says: str, values: Mapping[str, float], label: str) -> Metric:
    family = GaugeMetricFamily(name, says, labels=[label])
    for value, number in values.items():
        family.add_metric([value], number)
    return family


def _histogram(name: str, says: str, of: Mapping[str, Times]) -> Metric:
    family = HistogramMetricFamily(name, says, labels=["kind"])
    for kind, times in of.items():
        buckets = [("+Inf" if isinf(edge) else f"{edge:g}", float(count)) for edge, count in times.up_to]
        family.add_metric([kind], buckets, times.total)
    return family

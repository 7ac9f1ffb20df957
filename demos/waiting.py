"""The work of both demos: a report that has to wait for a slow service. Nothing here knows of requests or of Celery."""

from collections.abc import Callable
from threading import Event
from time import monotonic

SHORTEST_STEP = 0.1  # seconds: more steps than this would measure the reporting, not the waiting
STEPS = 10

Listener = Callable[[float], None]


class Stopped(Exception):
    """The process in which the work ran is being stopped."""


def nobody(fraction: float) -> None:
    """Take no notice of progress."""


def build_report(seconds: float, progress: Listener = nobody, stopping: Event | None = None) -> str:
    """Wait for a slow service, really, and say what came of it.

    Args:
        seconds: how long the service takes.
        progress: is told, step by step, which fraction is done, above 0 and below 1.
        stopping: gives the work up as soon as it is set.

    Raises:
        Stopped: `stopping` was set before the work was done.
    """
    stopping = stopping or Event()
    began = monotonic()
    steps = max(1, min(STEPS, int(seconds / SHORTEST_STEP)))
    for step in range(1, steps + 1):
        # Every step ends at its own point in time, so that what reporting costs does not add up.
        if stopping.wait(max(0.0, began + seconds * step / steps - monotonic())):
            raise Stopped
        if step < steps:
            progress(step / steps)
    return f"The report is ready. The slow service took {seconds:g} s."

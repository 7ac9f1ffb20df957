"""What a worker does besides its tasks: it shows that it consumes, and lets go of running work when it is stopped."""

import logging
from threading import Event
from time import sleep
from typing import Any

from celery import bootsteps
from celery.worker.consumer import Consumer
from celery.worker.consumer.tasks import Tasks

from demos.store.client import Unreachable, show_sign_of_life

logger = logging.getLogger(__name__)

EVERY = 0.5  # seconds
GOOD_FOR = 3  # seconds: several signs may be late before the worker counts as gone
PAUSE = 1.0  # seconds until a broker that answers with an error is asked again

# Set when this worker is told to stop. Its signal is answered by a warm shutdown, which waits for running tasks; these
# have to give up, as a supervisor waits for a few seconds only.
stopping = Event()


class SignOfLife(bootsteps.StartStopStep):
    """A step of the consumer, by whose timer a key for each queue is renewed: it is there only while it consumes.

    `inspect ping` would ask over the broker and wait for whoever answers: too slow for a poll, and silent about why.
    """

    requires = (Tasks,)

    def __init__(self, parent: Consumer, **options: Any) -> None:
        super().__init__(parent, **options)
        self.entry: Any = None
        self.queues: list[str] = []

    def start(self, parent: Consumer) -> None:
        """Begin to show signs; called anew after every reconnection."""
        self.queues = list(parent.app.amqp.queues.consume_from)
        self.sign()
        self.entry = parent.timer.call_repeatedly(EVERY, self.sign)

    def stop(self, parent: Consumer) -> None:  # noqa: ARG002 - a step is given its parent
        """Show none any more. The key is left to end by itself: another worker may share it."""
        if self.entry is not None:
            self.entry.cancel()
            self.entry = None

    def sign(self) -> None:
        """Renew the keys. The consumer itself notices and reports when its broker is away."""
        try:
            show_sign_of_life(self.queues, GOOD_FOR)
        except Unreachable as error:
            logger.debug("no sign of life could be shown: %s", error)


class PatientConsumer(Consumer):
    """Celery's consumer, with a pause where it has none: before it asks a broker again that answered with an error."""

    def on_connection_error_before_connected(self, exc: Exception) -> None:
        """Called while the broker takes connections, and no consumer."""
        super().on_connection_error_before_connected(exc)
        sleep(PAUSE)


def stop_running_work(**_: Any) -> None:
    """Receiver of Celery's worker_shutting_down."""
    stopping.set()

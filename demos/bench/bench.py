"""What a driver has at hand: processes of its own, a queue of its own, and somebody who listens to what it measures.

A driver is a process of its own that knows nothing of the site's settings. It says what it has to say in lines of JSON:
`{"measured": …}` again and again, with all that there is so far, and then `{"figures": …}` or `{"failed": …}`.
"""

import json
import os
import signal
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from typing import Any

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from demos.bench import brokers, processes
from demos.store.client import redis_py_url


class Failed(Exception):
    """The run measured nothing that could be shown. Its text says why, for the log."""


class Bench:
    """The processes of one run. All of them have ended when the `bench` has been left."""

    def __init__(self, stack: ExitStack) -> None:
        self._stack = stack

    def web_server(self, application: str, workers: int) -> int:
        """Start gunicorn with so many sync workers, of which each takes one request at a time. Gives its port."""
        return self._stack.enter_context(processes.web_server(application, workers, os.environ))

    def worker(self, app: str, threads: int, heard: Callable[[str], None]) -> Callable[[], None]:
        """Start a Celery worker. Gives a function that waits until it consumes.

        Args:
            app: a module with an app of demos/bench/background.py.
            heard: is called, in a thread, with each line that the app says.
        """
        return self._stack.enter_context(processes.celery_worker(app, threads, os.environ, heard))

    def tell(self, measured: Any) -> None:
        """Send everything that has been measured so far, as JSON can have it."""
        _say({"measured": measured})


def drive(run: Callable[[Bench], Mapping[str, float]]) -> int:
    """Let an experiment run, and say its figures, or why there are none. Returns an exit code."""
    with _cleared(), ExitStack() as stack:
        try:
            figures = run(Bench(stack))
        except (Failed, processes.NotUp) as error:
            _say_last({"failed": str(error)})
            return 1
        _say_last({"figures": figures})
    return 0


@contextmanager
def _cleared() -> Iterator[None]:
    """Remove afterwards what the run's worker kept on the broker. When it does not answer, the next run does that."""
    try:
        yield
    finally:
        with redis.Redis.from_url(
            redis_py_url(os.environ["BROKER_URL"]),
            socket_timeout=1,
            socket_connect_timeout=1,
            retry=Retry(NoBackoff(), 0),
        ) as client:
            try:
                brokers.clear(client, os.environ["KEY_PREFIX"])
            except redis.RedisError as error:
                sys.stderr.write(f"the queue of an experiment could not be removed: {error}\n")


def _say(message: Mapping[str, Any]) -> None:
    sys.stdout.write(json.dumps(message, separators=(",", ":")) + "\n")
    sys.stdout.flush()


def _say_last(message: Mapping[str, Any]) -> None:
    """Say the last thing there is to say. Whoever hears it ends the driver, but not in the middle of cleaning up."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    _say(message)

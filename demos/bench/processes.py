"""What a driver starts: its own web server and worker, all in one process group, all gone when it ends."""

import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from demos.bench.brokers import QUEUE
from processes.group import ask_to_end, start

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 5.0  # a worker is up after 0.4 to 0.7 s on an idle machine
STOP_SECONDS = 1.0
READY = "ready"  # what a worker's app prints when it consumes


class NotUp(Exception):
    """A process of the run did not come up in time, or ended."""


@contextmanager
def started(command: list[str], stop: signal.Signals, **more: Any) -> Iterator[subprocess.Popen[bytes]]:
    """A process in this one's group. It is asked to end with `stop`, and killed when that takes too long.

    On Linux the kernel ends it when the driver is killed outright.
    """
    process = start(command, own_group=False, cwd=ROOT, **more)
    try:
        yield process
    finally:
        if not ask_to_end(process, STOP_SECONDS, stop):
            process.kill()
            process.wait()


@contextmanager
def web_server(application: str, workers: int, environ: Mapping[str, str]) -> Iterator[int]:
    """Gunicorn with so many sync workers on a free port of the loopback interface, which is given.

    The driver itself listens, and hands the socket over: so the port is nobody else's, and requests that come before
    gunicorn is up only wait a little.
    """
    with ExitStack() as stack:
        listener = stack.enter_context(socket.create_server(("127.0.0.1", 0), backlog=512))
        command = [
            *(sys.executable, "-m", "gunicorn", application),
            *("--bind", f"fd://{listener.fileno()}"),
            *("--worker-class", "sync", "--workers", str(workers)),
            "--preload",  # the application is loaded once and not by every worker: it is up sooner
            *("--graceful-timeout", "1", "--log-level", "warning"),
        ]
        stack.enter_context(
            started(
                command,
                signal.SIGINT,  # gunicorn's quick shutdown, which does not wait for requests
                env=environ,
                stdout=subprocess.DEVNULL,
                pass_fds=[listener.fileno()],
            )
        )
        port: int = listener.getsockname()[1]
        yield port


@contextmanager
def celery_worker(
    app: str, threads: int, environ: Mapping[str, str], heard: Callable[[str], None]
) -> Iterator[Callable[[], None]]:
    """A Celery worker on the queue of the run. Gives a function that waits until it consumes, and raises NotUp.

    Args:
        heard: is called, in a thread, with each further line that the app prints to its standard output.
    """
    command = [
        *(sys.executable, "-W", "ignore:You're running the worker with superuser privileges"),
        *("-m", "celery", "-A", app, "--quiet", "worker"),
        *("--pool", "threads", "--concurrency", str(threads), "--queues", QUEUE),
        *("--loglevel", "WARNING", "--without-gossip", "--without-mingle", "--without-heartbeat"),
    ]
    # SIGKILL, as a worker that is asked waits for its running work, and there is nothing to save.
    with started(command, signal.SIGKILL, env=environ, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        output = process.stdout
        ready = threading.Event()

        def listen() -> None:
            for line in output:
                said = line.decode(errors="replace").strip()
                if said == READY:
                    ready.set()
                else:
                    heard(said)

        threading.Thread(target=listen, daemon=True).start()

        def wait_until_ready() -> None:
            if not ready.wait(START_SECONDS):
                raise NotUp("the Celery worker of the run did not come up")

        yield wait_until_ready

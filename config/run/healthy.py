"""What the health check of a container asks: does the web process in it answer, or does a worker take this queue?"""

from config import environment
from config.queues import QUEUES
from config.run import probes

NAMES = ("web", *QUEUES)


def check(name: str) -> str | int:
    """0, or the line that says what is not as it should be, which a process that exits with it prints.

    Args:
        name: "web", or the name of a queue.

    Raises:
        WrongSetting: something that the user can change is in the way.
    """
    return _web() if name == "web" else _queue(name)


def _web() -> str | int:
    found = environment.read()
    status, _ = probes.site_says(probes.address_to_ask(found.bind), found.port, "/healthz", "localhost")
    return 0 if status == 200 else f"offload: /healthz is answered with {status or 'nothing'}"  # noqa: PLR2004 - HTTP's OK


def _queue(name: str) -> str | int:
    """The sign of life is shared by all workers of a queue: of two it says that at least one is there."""
    from demos.store.client import Unreachable, has_worker  # not at the top: what asks for a web process does without

    try:
        return 0 if has_worker(name) else f"offload: no worker takes the queue “{name}”"
    except Unreachable as error:
        return f"offload: the broker does not answer: {error}"

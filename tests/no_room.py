"""A disk on which nothing has room any more, for whoever may not mount one: no file may grow past a size."""

import resource
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

# Writing past it fails as on a full disk, by another number. Python ignores the signal that comes with it.
LIMIT = resource.RLIMIT_FSIZE
ANY_PROCESS = sys.platform == "linux"  # whether that of a process that runs already can be set


@contextmanager
def no_room(pids: Iterable[int] = (), size: int = 0) -> Iterator[None]:
    """While the block runs, no file of these processes (or, without any, of this one) can grow past `size` bytes."""
    before = resource.getrlimit(LIMIT)
    limited = list(pids)
    _limit(limited, (size, before[1]))
    try:
        yield
    finally:
        _limit(limited, before)


def _limit(pids: list[int], limits: tuple[int, int]) -> None:
    if not pids:
        resource.setrlimit(LIMIT, limits)
    if sys.platform == "linux":
        for pid in pids:
            resource.prlimit(pid, LIMIT, limits)

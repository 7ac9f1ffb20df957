"""A process that has what it counts in common with others of its folder, as a web process has: a fork of the test's."""

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from frontdoor import in_common
from frontdoor.in_common import InCommon, Store
from tests.forking import fork


@contextmanager
def having_in_common(folder: Path, machines: int = 1, store: Store | None = None) -> Iterator[InCommon]:
    """Have in common what lies in the folder, while the block runs."""
    before = in_common._now
    in_common._now = InCommon(folder, machines, store)
    try:
        yield in_common._now
    finally:
        in_common._now = before


@contextmanager
def another_process(does: Callable[[], object]) -> Iterator[int]:
    """Another process that has done something, and then waits to be ended; its pid."""
    done, says_so = os.pipe()

    def do_and_wait() -> None:
        does()
        os.write(says_so, b"1")
        signal.pause()

    pid = fork(do_and_wait)
    os.close(says_so)
    try:
        assert os.read(done, 1), "the other process failed"
        yield pid
    finally:
        os.close(done)
        end(pid)


def end(pid: int) -> None:
    """Kill a process, and wait until it is gone."""
    with suppress(ProcessLookupError, ChildProcessError):
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)

"""Binds the running process to whoever holds its standard input, on any system.

When that closes, its holder is gone, however it ended.
"""

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn


@contextmanager
def bound_to_input() -> Iterator[None]:
    """While the block runs, this process ends when its standard input closes, or when told to (SIGTERM).

    It ends by a SystemExit, so that the block can clean up, and all that it started ends with it when it leads its
    group. To be used in the main thread, around everything that the process does.
    """

    def leave(_number: int, _frame: object) -> NoReturn:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)  # cleaning up is not to be interrupted by being told again
        sys.exit(1)

    def watch() -> None:
        while os.read(sys.stdin.fileno(), 1024):
            pass
        os.kill(os.getpid(), signal.SIGTERM)

    signal.signal(signal.SIGTERM, leave)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C in a terminal is the parent's business
    threading.Thread(target=watch, daemon=True).start()
    try:
        yield
    except BaseException:
        if os.getpgrp() == os.getpid() and sys.exc_info()[0] is SystemExit:
            os.killpg(0, signal.SIGKILL)  # what is left of the group, this process too
        raise

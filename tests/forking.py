"""Another process for a test: a fork of the test's own."""

import os
import warnings
from collections.abc import Callable


def fork(does: Callable[[], object]) -> int:
    """Start a process that does something, and ends with 0 if that went well. Returns its pid."""
    with warnings.catch_warnings():
        # Python warns of locks that other threads hold: those of what shares the tests, which the fork leaves alone.
        warnings.simplefilter("ignore", DeprecationWarning)
        pid = os.fork()
    if pid == 0:
        try:
            does()
            os._exit(0)
        finally:
            os._exit(1)
    return pid

"""Ends a process of multiprocessing with the one that started it, also when that was killed outright (SIGKILL)."""

import multiprocessing
import os
import signal
import threading
from multiprocessing.connection import wait


def end_with_starter() -> None:
    """From now on, this process is told to end (SIGTERM) when the one that started it has ended. No other one is.

    Such a process is told to end by its starter alone. One that was killed tells nobody, and what it started would hold
    its port for ever.
    """
    starter = multiprocessing.parent_process()
    if starter is None:
        return

    def watch() -> None:
        wait([starter.sentinel])
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, name="starter", daemon=True).start()

"""Where instructors' texts are read: in a process apart, so that no text keeps readers waiting, whatever it holds.

What reads a text is given to `run` and is a plain function. The process is this module, run with the number of a
socket: it knows the content as this one does, and looks for changes before each run.
"""

import logging
import os
import sys
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from django.conf import settings

from processes.apart import Apart, GivenUp, serve

__all__ = ["SECONDS", "GivenUp", "prepare", "run"]

SECONDS = 2.0  # of processor time, for one text
PATIENCE = 8.0  # seconds by the clock, also on a machine that is busy with other things, and when the process starts
NICER = 5  # than the processes that readers wait for

P = ParamSpec("P")
Result = TypeVar("Result")

_apart = Apart(
    [sys.executable, "-m", "teach.apart"], settings.BASE_DIR, SECONDS, PATIENCE, places=max(2, os.cpu_count() or 1)
)


def run(function: Callable[P, Result], *args: P.args, **kwargs: P.kwargs) -> Result:
    """What a function returns or raises that reads what an instructor sent.

    Raises:
        GivenUp: it took more than SECONDS.
    """
    return _apart.run(function, *args, **kwargs)


def prepare() -> None:
    """Let the process be there before there is something to read: its start takes about a second."""
    _apart.prepare()


def main() -> None:
    import django

    os.nice(NICER)
    django.setup()
    from lessons.catalog import catalog

    # The web process says what is wrong with the content, once.
    logging.getLogger("lessons.catalog.problems").disabled = True
    catalog()
    serve(int(sys.argv[1]), SECONDS, PATIENCE, lambda: catalog().refresh())


if __name__ == "__main__":
    main()

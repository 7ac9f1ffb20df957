"""Says in one line what is missing where Offload is started by a Python that does not have what it needs.

It imports nothing of that, and is written for any Python 3, so that it can say so.
"""

import os
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
OLDEST = (3, 11)


def check_version() -> None:
    """End this process in words when its Python is too old even to read the rest."""
    if sys.version_info < OLDEST:
        here, oldest = (".".join(map(str, version[:2])) for version in (sys.version_info, OLDEST))
        _end(f"is {here}, and {oldest} is the oldest that will do")


def end_without(missing: ModuleNotFoundError) -> None:
    """End this process in words about a package that is missing. One of our own modules is a fault: nothing happens."""
    name = (missing.name or "").partition(".")[0]
    if not os.path.exists(os.path.join(ROOT, name)):
        _end(f"has no package {name!r}")


def _end(lack: str) -> None:
    by_hand = "bin/setup run, and then .venv/bin/python in place of this one"
    sys.exit(f"offload: {sys.executable} {lack}. `make run` installs all that is needed and starts; by hand: {by_hand}")

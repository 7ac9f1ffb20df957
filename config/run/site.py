"""The site as its settings describe it: which processes it has, in which order they start, and when it is up."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

from django.conf import settings

from config import environment
from config.environment import WrongSetting
from config.run import preparation, programs


def _valkey() -> list[str]:
    socket = environment.valkey_socket(settings.DATA_DIR)
    folder = settings.DATA_DIR / "valkey"
    for needed in (socket.parent, folder):
        _make_private(needed)
    return programs.valkey(folder, socket)


def _web() -> list[str]:
    preparation.collect_static()  # each machine that serves needs them; done once, this takes a few ms
    return programs.web(settings.ENVIRONMENT.bind, settings.ENVIRONMENT.port, settings.WEB_THREADS)


def _worker() -> list[str]:
    return programs.worker(settings.WAITING_QUEUE, settings.SEATS)


PROGRAMS: dict[str, Callable[[], list[str]]] = {"valkey": _valkey, "web": _web, "worker": _worker}


def become(name: str) -> NoReturn:
    """Replace this process by one of the site's."""
    command = PROGRAMS[name]()
    os.execv(command[0], command)  # noqa: S606 - no shell is wanted


def prepare() -> None:
    preparation.prepare()


def run() -> int:
    return 0


def _make_private(folder: Path) -> None:
    """Make a folder, if it is missing, that only this user can enter.

    Raises:
        WrongSetting: it cannot be made.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise WrongSetting(f"DATA_DIR needs the folder {folder}: {error.strerror}") from error

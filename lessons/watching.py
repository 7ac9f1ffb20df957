"""Notices edits of content: looks at file times twice a second, on a thread of its own, so that no request pays for it.

Looking beats being told: inotify is silent on shared folders, which is where classrooms keep their files.
"""

import logging
import threading

from lessons.catalog import catalog
from lessons.pages import refresh

LOOK_EVERY = 0.5  # seconds

logger = logging.getLogger(__name__)


def start() -> threading.Event:
    """Prepare every page now, and then watch. Set the returned event to stop."""
    refresh()
    stop = threading.Event()
    threading.Thread(target=_watch, args=(stop,), name="content", daemon=True).start()
    return stop


def _watch(stop: threading.Event) -> None:
    while not stop.wait(LOOK_EVERY):
        try:
            if catalog().refresh():
                refresh()
        except Exception:
            # Whatever a file holds, the thread that would see it mended must live on.
            logger.exception("content could not be read; its last state stays up")

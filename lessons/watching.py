"""Notices edits of content: looks at file times twice a second, on a thread of its own, so that no request pays for it.

Looking beats being told: inotify is silent on shared folders, which is where classrooms keep their files.
"""

import logging
import threading

from lessons.catalog import Course, catalog, course
from lessons.pages import refresh

LOOK_EVERY = 0.5  # seconds

logger = logging.getLogger(__name__)

_failed: Course | None = None


def start() -> threading.Event:
    """Prepare every page now, and then watch. Set the returned event to stop."""
    refresh()
    stop = threading.Event()
    threading.Thread(target=_watch, args=(stop,), name="content", daemon=True).start()
    return stop


def look() -> None:
    """Read what changed, and prepare its pages: also of what was read before.

    Whatever a file holds, who looks goes on: the pages stay as they were, and the log says why, once for each state of
    the content.
    """
    global _failed
    try:
        catalog().refresh()
        refresh()
    except Exception:
        if _failed is not course():
            logger.exception("the pages could not be prepared; their last state stays up")
        _failed = course()
    else:
        _failed = None


def _watch(stop: threading.Event) -> None:
    while not stop.wait(LOOK_EVERY):
        look()

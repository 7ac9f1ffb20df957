"""Notices edits of content: looks at file times twice a second, on a thread of its own, so that no request pays for it.

Looking beats being told: inotify is silent on shared folders, which is where classrooms keep their files.

What an instructor saves is there at once, whichever process saved it: each request looks at one file, which every save
makes longer. Who comes after a save waits while the pages are prepared; but nobody does any more once that has taken a
second, as with a long text that is hard to read. The page as it was is shown until then.
"""

import logging
import threading
from collections.abc import Callable
from time import monotonic

from django.http import HttpRequest, HttpResponse

from lessons.catalog import Course, catalog, course
from lessons.pages import prepared, refresh

LOOK_EVERY = 0.5  # seconds
AT_A_TIME = 0.1  # seconds, for pages that nobody has asked for yet
PATIENCE = 1.0  # seconds, from when a save is noticed, for which requests wait for its pages. Most take a fifth of it

logger = logging.getLogger(__name__)

_looking = threading.Lock()
_wanted = threading.Event()  # somebody waits for a look
_looked = threading.Condition()
_noticed: tuple[int, float] = 0, 0.0  # the latest save that a request came after, and until when requests wait for it
_saves: int | None = None  # how often something was saved here, at the last look
_failed: Course | None = None


def start() -> threading.Event:
    """Prepare every page now, and then watch. Set the returned event to stop: it does within LOOK_EVERY."""
    global _saves
    _saves = catalog().files.saves()
    refresh()
    stop = threading.Event()
    threading.Thread(target=_watch, args=(stop,), name="content", daemon=True).start()
    return stop


def look() -> None:
    """Read what changed, and prepare its pages: also of what was read before.

    Whatever a file holds, who looks goes on: the pages stay as they were, and the log says why, once for each state of
    the content.
    """
    with _looking:
        _look()


def _look() -> None:
    global _failed, _saves
    saves = catalog().files.saves()  # before the files: for what is saved while they are read, somebody looks again
    try:
        catalog().refresh()
        refresh()
    except Exception:
        if _failed is not course():
            logger.exception("the pages could not be prepared; their last state stays up")
        _failed = course()
    else:
        _failed = None
    _saves = saves
    with _looked:
        _looked.notify_all()


class UpToDate:
    """Middleware: what was saved in another process is up before a view asks for it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if _is_behind():
            _wait_a_moment()
        return self.get_response(request)


def _wait_a_moment() -> None:
    """Have the thread look now, and wait for it; not longer than until PATIENCE after the save was noticed here."""
    global _noticed
    with _looked:
        saves = catalog().files.saves()
        if _noticed[0] != saves:
            _noticed = saves, monotonic() + PATIENCE
        _wanted.set()
        _looked.wait_for(lambda: not _is_behind(), _noticed[1] - monotonic())


def _is_behind() -> bool:
    return _saves is not None and catalog().files.saves() != _saves


def _watch(stop: threading.Event) -> None:
    pause = LOOK_EVERY
    while not stop.is_set():
        if _wanted.wait(pause):
            _wanted.clear()
        if stop.is_set():
            return
        look()
        pause = _prepare_more() or LOOK_EVERY


def _prepare_more() -> float:
    """Of a long course, prepare more of the pages that nobody has asked for yet. Gives the seconds that it took.

    As long a pause follows, which is the requests'; and both are short, so that an edit waits no longer than at any
    other time.
    """
    began = monotonic()
    try:
        return monotonic() - began if prepared().modes.go_on(AT_A_TIME) else 0.0
    except Exception:
        logger.exception("a page could not be prepared")
        return 0.0

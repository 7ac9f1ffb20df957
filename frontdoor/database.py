"""What is said while the database does not answer, or stays locked by others for longer than anybody waits."""

import logging
import sqlite3
from collections.abc import Callable

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from frontdoor.metrics import refused
from frontdoor.problems import problem

logger = logging.getLogger(__name__)

AWAY_FOR = 5  # seconds after which another try makes sense
FULL_FOR = 10  # and where somebody has to make room first
# What SQLite and PostgreSQL call a disk without room. The second is a write that was refused for a reason like it.
FULL = ("SQLITE_FULL", "SQLITE_IOERR_WRITE", "53100")


class DatabaseAway:
    """Middleware: a view that could not reach the database answers with 503 and words, and one line in the log.

    They mean that the database is away, locked, full or damaged. Every other one is a fault of ours, and stays a 500.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Called by Django with what a view raised; None leaves it to Django."""
        if not isinstance(exception, OperationalError | InterfaceError) and not _is_damage(exception):
            return None
        logger.error("%s %s had no answer from the database: %s", request.method, request.path, exception)
        if _is_full(exception):
            refused("room on the disk")
            detail = (
                "What you sent cannot be kept. What was kept before can be read, and lessons and the live demos go on."
            )
            return problem(request, 503, "The disk of this site is full", detail, retry_after=FULL_FOR)
        refused("database does not answer")
        detail = "What is kept of you can be neither read nor written now. Lessons and the live demo go on without it."
        return problem(request, 503, "The database does not answer", detail, retry_after=AWAY_FOR)


def _is_full(exception: Exception) -> bool:
    cause = exception.__cause__
    return getattr(cause, "sqlite_errorname", None) in FULL or getattr(cause, "sqlstate", None) in FULL


def _is_damage(exception: Exception) -> bool:
    """Whether SQLite cannot read its file: one that is damaged, or is just being copied to its place."""
    return type(exception.__cause__) is sqlite3.DatabaseError  # what it finds wrong with us has names of its own

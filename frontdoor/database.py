"""What is said while the database does not answer, or stays locked by others for longer than anybody waits."""

import logging
from collections.abc import Callable

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from frontdoor.problems import problem

logger = logging.getLogger(__name__)

AWAY_FOR = 5  # seconds after which another try makes sense


class DatabaseAway:
    """Middleware: a view that could not reach the database answers with 503 and words, and one line in the log.

    Both errors mean that the database is away, locked or full. Every other one is a fault of ours, and stays a 500.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Called by Django with what a view raised; None leaves it to Django."""
        if not isinstance(exception, OperationalError | InterfaceError):
            return None
        logger.error("%s %s had no answer from the database: %s", request.method, request.path, exception)
        detail = "What is kept of you can be neither read nor written now. Lessons and the live demo go on without it."
        return problem(request, 503, "The database does not answer", detail, retry_after=AWAY_FOR)

"""What a platform asks: is the process alive, and can it serve."""

from functools import cache
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse, JsonResponse

from demos.publishing import can_publish
from demos.store.client import Unreachable, answers, has_worker
from frontdoor.guards import takes

OK = "ok"
NO_ANSWER = "does not answer"
UNDERSCORES = "Names of headers with underscores arrive here: let the proxy drop them (docs/operating.md).\n"


@takes("GET", "HEAD")
def alive(request: HttpRequest) -> HttpResponse:
    """The process answers. Says nothing of what it needs.

    And whether a header whose name is written with an underscore arrives here, for who sets up a proxy.
    """
    text = "alive\n" + (UNDERSCORES if "HTTP_NAMES_WITH" in request.META else "")
    return HttpResponse(text, content_type="text/plain", headers={"Cache-Control": "no-store"})


@takes("GET", "HEAD")
def ready(request: HttpRequest) -> HttpResponse:
    """The database and the broker answer. 503 names the one that does not, and says what helps.

    It also says whether workers consume both queues. Without one the status stays 200: the pages that a platform would
    take away from readers then are those that work.
    """
    needed = {"database": _database(), "broker": _broker()}
    status = 200 if set(needed.values()) == {OK} else 503
    return JsonResponse({**needed, "worker": _worker()}, status=status, headers={"Cache-Control": "no-store"})


def _database() -> str:
    if wrong := _wrong_files():
        return wrong
    try:
        has = MigrationRecorder(connection).applied_migrations().keys()  # none where there is no table of them
    except DatabaseError:
        return _wrong_files() or NO_ANSWER
    return OK if _migrations() <= has else "its tables are of an older version: stop the site and start it again"


def _wrong_files() -> str | None:
    of_sqlite = getattr(connection, "what_is_wrong", None)  # the one engine of ours
    return of_sqlite() if of_sqlite else None


@cache
def _migrations() -> frozenset[tuple[str, str]]:
    """Every migration of this version by its app and name: from their files, as to import them takes far longer."""
    folders = ((app.label, Path(app.path) / "migrations") for app in apps.get_app_configs())
    return frozenset((label, path.stem) for label, folder in folders for path in folder.glob("[0-9]*.py"))


def _broker() -> str:
    if not answers():
        return NO_ANSWER
    return OK if can_publish() else "takes no message: its memory or disk is full, or it is a replica"


def _worker() -> str:
    try:
        if not has_worker(settings.WAITING_QUEUE):
            return "none is consuming"
        return OK if has_worker(settings.EXPERIMENTS_QUEUE) else "none takes experiments"
    except Unreachable:
        return "cannot be told without the broker"

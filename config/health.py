"""What a platform asks: is the process alive, and can it serve."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse

from demos.publishing import can_publish
from demos.store.client import answers
from frontdoor.guards import takes


@takes("GET", "HEAD")
def alive(request: HttpRequest) -> HttpResponse:
    """The process answers. Says nothing of what it needs."""
    return HttpResponse("alive\n", content_type="text/plain", headers={"Cache-Control": "no-store"})


@takes("GET", "HEAD")
def ready(request: HttpRequest) -> HttpResponse:
    """The database and the broker answer. 503 names the one that does not."""
    parts = {"database": _database(), "broker": answers() and can_publish()}
    states = {name: "ok" if fine else "does not answer" for name, fine in parts.items()}
    return JsonResponse(states, status=200 if all(parts.values()) else 503, headers={"Cache-Control": "no-store"})


def _database() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True

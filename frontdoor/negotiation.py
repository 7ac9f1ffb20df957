"""In which form a request wants its response: a fragment for htmx, a page for a browser, JSON for everything else."""

from enum import Enum

from django.http import HttpRequest, HttpResponse


class Form(Enum):
    """A form of a response."""

    FRAGMENT = "fragment"
    PAGE = "page"
    JSON = "json"


def wanted(request: HttpRequest) -> Form:
    """The form that suits who asks. curl and htmx 2 both accept anything, so htmx is told by its own header."""
    meta = request.META
    if meta.get("HTTP_HX_REQUEST") == "true" and "HTTP_HX_HISTORY_RESTORE_REQUEST" not in meta:
        return Form.FRAGMENT
    return Form.PAGE if "text/html" in meta.get("HTTP_ACCEPT", "") else Form.JSON


def never_stored(response: HttpResponse) -> HttpResponse:
    """Mark a response that is for this reader, now: no cache keeps it, and Vary tells its forms apart."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["Vary"] = "HX-Request, Accept"
    return response

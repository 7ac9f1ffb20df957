"""The answers about a run that cannot be looked at: there is none, or the store does not answer."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from demos.refusals import UNREACHABLE_FOR
from demos.store.records import KEPT
from frontdoor.negotiation import Form, never_stored, wanted
from frontdoor.problems import problem

POLL_MS = 2000  # until the fragment asks again


def unknown(request: HttpRequest, way_out: tuple[str, str]) -> HttpResponse:
    """There is no such run, or not any more. `way_out` is an address and its words."""
    detail = f"A run is kept for {KEPT // 3600} h, and this one is not there (any more). Or its address was cut short."
    return problem(request, HTTPStatus.NOT_FOUND, "No such run", detail, way_out=way_out)


def unreachable(request: HttpRequest, url: str, who: str = "") -> HttpResponse:
    """The store does not answer. Whoever polls goes on, so that nothing has to be started anew when it is back.

    Args:
        url: of the run.
        who: what is read out before the words, where several runs can be told apart by it.
    """
    title = "The broker does not answer"
    detail = "How this run is going cannot be told now. This asks again by itself until the broker is back."
    if wanted(request) is Form.FRAGMENT:
        context = {"title": title, "detail": detail, "url": url, "poll_ms": str(POLL_MS), "who": who}
        text = render_to_string("demos/_unreachable.html", context)
        response = HttpResponse(text, status=HTTPStatus.SERVICE_UNAVAILABLE)
        response.headers["Retry-After"] = str(UNREACHABLE_FOR)
        return never_stored(response)
    status, way_out = HTTPStatus.SERVICE_UNAVAILABLE, (url, "To the run")
    response = problem(request, status, title, detail, retry_after=UNREACHABLE_FOR, way_out=way_out)
    if wanted(request) is Form.PAGE and request.method != "POST":
        response.headers["Refresh"] = str(UNREACHABLE_FOR)
    return response

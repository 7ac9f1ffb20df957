"""The responses about runs that the background demo and the experiments share: accepted, looked at, not to be seen."""

import logging
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse

from demos.refusals import UNREACHABLE_FOR
from demos.runs import Run
from demos.store import records
from demos.store.client import Unreachable
from demos.store.records import KEPT
from frontdoor.metrics import refused
from frontdoor.negotiation import Form, never_stored, wanted
from frontdoor.problems import problem
from frontdoor.responses import html

logger = logging.getLogger(__name__)

POLL_MS = 2000  # until the fragment asks again


def accepted(request: HttpRequest, url: str, fragment: Callable[[], str], body: Mapping[str, Any]) -> HttpResponse:
    """A run was accepted: a fragment for htmx, `body` for programs.

    A browser without htmx is sent to the run's page, as browsers do not follow a 202.
    """
    response: HttpResponse
    match wanted(request):
        case Form.PAGE:
            response = HttpResponse(status=HTTPStatus.SEE_OTHER)
        case Form.FRAGMENT:
            response = HttpResponse(fragment(), status=HTTPStatus.ACCEPTED)
        case Form.JSON:
            response = JsonResponse(body, status=HTTPStatus.ACCEPTED)
    response.headers["Location"] = url
    return never_stored(response)


def page_of(found: Run, template: str, context: Mapping[str, Any], refresh: int) -> HttpResponse:
    """A run's page, which loads itself again after so many seconds until the run is over, also without JavaScript."""
    response = html(template, context)
    if not found.is_over:
        response.headers["Refresh"] = str(refresh)
    return response


def at_run(
    request: HttpRequest,
    run_id: str,
    respond: Callable[[Run], HttpResponse],
    *,
    url: str,
    way_out: tuple[str, str],
    who: str = "",
) -> HttpResponse:
    """What `respond` makes of a run as it is now, or why that cannot be told.

    Args:
        url: of the run.
        way_out: where a page leads on to when there is no such run: the name of an address, and words.
        who: what is read out before the words, where several runs can be told apart by it.
    """
    try:
        found = records.look(run_id)
        return unknown(request, way_out) if found is None else respond(found)
    except Unreachable as error:
        logger.warning("run %s cannot be looked at: %s", run_id, error)
        return unreachable(request, url, who)


def unknown(request: HttpRequest, way_out: tuple[str, str]) -> HttpResponse:
    """There is no such run, or not any more."""
    detail = (
        f"A run is kept for {KEPT // 3600} h, in the broker's memory, and this one is not there (any more)."
        " The broker may have been started anew meanwhile, which ends every run. Or its address was cut short."
    )
    name, words = way_out
    return problem(request, HTTPStatus.NOT_FOUND, "No such run", detail, way_out=(reverse(name), words))


def gone(request: HttpRequest) -> HttpResponse:
    """The run is of an experiment that was since removed."""
    detail = "It was an experiment that this site does not have any more, so there is nothing that could show it."
    way_out = (reverse("demos:experiments"), "To the experiments")
    return problem(request, HTTPStatus.GONE, "That experiment is gone", detail, way_out=way_out)


def unreachable(request: HttpRequest, url: str, who: str) -> HttpResponse:
    """The store does not answer. Whoever polls goes on, so that nothing has to be started anew when it is back."""
    refused("broker does not answer")
    title = "The broker does not answer"
    detail = "How this run is going cannot be told now. This asks again by itself until the broker is back."
    if wanted(request) is Form.FRAGMENT:
        context = {"title": title, "detail": detail, "url": url, "poll_ms": str(POLL_MS), "who": who}
        response = html("demos/_unreachable.html", context, status=HTTPStatus.SERVICE_UNAVAILABLE)
        response.headers["Retry-After"] = str(UNREACHABLE_FOR)
        return response
    status, way_out = HTTPStatus.SERVICE_UNAVAILABLE, (url, "To the run")
    response = problem(request, status, title, detail, retry_after=UNREACHABLE_FOR, way_out=way_out)
    if wanted(request) is Form.PAGE and request.method != "POST":
        response.headers["Refresh"] = str(UNREACHABLE_FOR)
    return response

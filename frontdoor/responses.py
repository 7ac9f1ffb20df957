"""Responses that are for one reader, now, and stored nowhere: a page or a fragment, plain data, or the way on."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.loader import render_to_string

from frontdoor.negotiation import never_stored


def html(
    template: str, context: Mapping[str, Any], request: HttpRequest | None = None, status: int = HTTPStatus.OK
) -> HttpResponse:
    """A page or a fragment. The request is given along where a form needs its token."""
    return never_stored(HttpResponse(render_to_string(template, dict(context), request), status=status))


def json(body: Mapping[str, Any]) -> HttpResponse:
    """Plain data, for programs."""
    return never_stored(JsonResponse(dict(body)))


def see_other(target: str) -> HttpResponse:
    """On to another page, so that a reload sends nothing twice."""
    return never_stored(HttpResponseRedirect(target, status=HTTPStatus.SEE_OTHER))


def nothing() -> HttpResponse:
    """No content: what is there already stays as it is."""
    return never_stored(HttpResponse(status=HTTPStatus.NO_CONTENT))

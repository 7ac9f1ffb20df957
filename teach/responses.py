"""The studio's responses: a page for one instructor, now, or the way on after something was done."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string

from frontdoor.negotiation import never_stored


def page(request: HttpRequest, template: str, context: Mapping[str, Any], status: int = HTTPStatus.OK) -> HttpResponse:
    """A page. The request is given along for the token of its forms."""
    html = render_to_string(f"teach/{template}.html", dict(context), request)
    return never_stored(HttpResponse(html, status=status))


def see_other(target: str) -> HttpResponse:
    """On to another page, so that a reload sends nothing twice."""
    return never_stored(HttpResponseRedirect(target, status=HTTPStatus.SEE_OTHER))

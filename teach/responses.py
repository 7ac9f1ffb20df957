"""The studio's responses: a page for one instructor, now."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse

from frontdoor.responses import html


def page(request: HttpRequest, template: str, context: Mapping[str, Any], status: int = HTTPStatus.OK) -> HttpResponse:
    """A page, whose forms have their token."""
    return html(f"teach/{template}.html", context, request, status)

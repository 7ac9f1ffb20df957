"""Middleware of the sites that tests start: each response names the web process that it comes from."""

import os
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

NAME = "Offload-Process"


def process_header(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers[NAME] = str(os.getpid())
        return response

    return respond

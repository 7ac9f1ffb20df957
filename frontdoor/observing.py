"""What is noted of every request, for whoever runs the site: an id by which its lines in all logs are found."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from frontdoor import log_lines

HEADER = "X-Request-ID"


class ObservedRequests:
    """Middleware, before all others but that which says who asks: gives each request an id, and its response too.

    A proxy's id is taken when the proxy is one of TRUSTED_PROXIES; frontdoor/address.py drops everybody else's.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.has_proxies = bool(settings.TRUSTED_PROXIES)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        given = request.META.get("HTTP_X_REQUEST_ID", "") if self.has_proxies else ""
        own = given if given and log_lines.PLAUSIBLE.fullmatch(given) else log_lines.new_id()
        log_lines.request_id.set(own)
        try:
            response = self.get_response(request)
        finally:
            # The thread serves others next.
            log_lines.request_id.set("")
            log_lines.run_id.set("")
        response.headers[HEADER] = own
        return response

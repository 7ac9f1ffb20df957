"""What is noted of every request for whoever runs the site: an id that all its lines in the logs have, and its time."""

from collections.abc import Callable
from time import perf_counter, thread_time
from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from prometheus_client import Counter, Histogram

from frontdoor import log_lines
from frontdoor.metrics import PROCESSOR, REQUESTS

HEADER = "X-Request-ID"
SAFE = ("GET", "HEAD")
BAD = 400  # and above
METHODS = frozenset(("GET", "HEAD", "POST", "OPTIONS"))  # of all others, which a sender may make up, there is one count
STATIC, NOWHERE = "static files", "no address"


class _Counts(NamedTuple):
    """Where a request is counted: how long it took, and how much of that the processor worked for it."""

    took: Histogram
    worked: Counter


# To look for one by its labels takes as long as to count.
_counts: dict[tuple[str, str | None, int], _Counts] = {}


class ObservedRequests:
    """Middleware, before all others but that which says who asks: gives each request an id, and counts it.

    Its response has the id, too, where something was sent, or went wrong. A proxy's own id is taken when the proxy is
    one of TRUSTED_PROXIES; frontdoor/address.py drops everybody else's.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.has_proxies = bool(settings.TRUSTED_PROXIES)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        began, worked = perf_counter(), thread_time()
        given = request.META.get("HTTP_X_REQUEST_ID", "") if self.has_proxies else ""
        own = given if given and log_lines.PLAUSIBLE.fullmatch(given) else log_lines.new_id()
        log_lines.request_id.set(own)
        try:
            response = self.get_response(request)
        finally:
            # The thread serves others next.
            log_lines.request_id.set("")
            log_lines.run_id.set("")
        # Nobody looks in a log for what was read and went well, and the bytes of a first visit are counted.
        if request.method not in SAFE or response.status_code >= BAD:
            response.headers[HEADER] = own
        counts = counts_of(request, response.status_code)
        counts.took.observe(perf_counter() - began)
        counts.worked.inc(thread_time() - worked)
        return response


def counts_of(request: HttpRequest, status: int) -> _Counts:
    """Where a request is counted: by the name of its address and never by its path, of which there is no end."""
    found = request.resolver_match
    if found is not None:
        kind = found.view_name
    else:
        kind = STATIC if request.path_info.startswith(settings.STATIC_URL) else NOWHERE
    method = request.method if request.method in METHODS else "other"
    known = _counts.get((kind, method, status))
    if known is None:
        counts = _Counts(REQUESTS.labels(kind, method, status), PROCESSOR.labels(kind, method))
        known = _counts[kind, method, status] = counts
    return known

"""Bounds every request's body before anything reads it, so that slow or huge ones cannot hold the site's threads.

A WSGI server hands over the request when its head has arrived; the body is read while a thread waits. Eight slow
bodies would hold eight threads. So they are read in half as many places as a process has threads, each for a bounded
time, and one address holds at most SEATS of them: the others are for everybody else. All web processes have these
places in common (places.py).

What remains: a sender who neither sends nor closes keeps its place after the 408, for as long as its connection lasts
(see `_held`). So who has several addresses can take all places, and forms are then refused; pages, which have no
body, are still served. A proxy in front that buffers bodies takes that away.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait

from django.conf import settings
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.request import UnreadablePostError
from django.http.response import HttpResponseBase

from frontdoor.metrics import refused
from frontdoor.places import Place, Places
from frontdoor.problems import problem

UTF_8 = ("utf-8", "utf8")
LONGEST_LENGTH = 18  # digits; Python makes no number of more than 4,300


class BoundedBodies:
    """Middleware, before all that reads: 4xx or 503 without reading a byte, and 408 when a body does not arrive."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.bounds: dict[str, int] = settings.BODY_BOUNDS
        self.seconds: float = settings.BODY_SECONDS
        self.places = Places("bodies", max(1, settings.WEB_THREADS // 2), share=settings.SEATS)
        self.readers = ThreadPoolExecutor(self.places.total, thread_name_prefix="body")

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        unread = wrong_type(request) if request.META.get("CONTENT_TYPE") else None
        if unread is not None:
            return unread
        announced = request.META.get("CONTENT_LENGTH")
        chunked = "HTTP_TRANSFER_ENCODING" in request.META
        if not chunked and announced in (None, "", "0"):
            return self.get_response(request)
        return self.refusal(request, announced or "", chunked=chunked) or self.get_response(request)

    def refusal(self, request: HttpRequest, announced: str, *, chunked: bool) -> HttpResponseBase | None:
        """Read the body if it may be read; else say why not."""
        if chunked:
            detail = "Send a Content-Length, not chunks."
            return _closing(problem(request, 411, "Say how long the body is", detail))
        if not (announced.isascii() and announced.isdigit() and len(announced) <= LONGEST_LENGTH):
            detail = "Content-Length must be a number of bytes."
            return _closing(problem(request, 400, "That is no length", detail))
        bound = self.bound(request.path_info)
        if int(announced) > bound:
            detail = f"This address takes at most {bound:,} bytes; the request announced {int(announced):,}."
            return _closing(problem(request, 413, "That is too much", detail))
        place = self.places.take(request.META.get("REMOTE_ADDR", ""))
        if place is None:
            refused("places for bodies")
            detail = "Many requests, here or from your address, are still sending their bodies. Try again in a moment."
            return _closing(problem(request, 503, "Too many slow requests", detail, retry_after=2))
        return self.read(request, int(announced), place)

    def read(self, request: HttpRequest, announced: int, place: Place) -> HttpResponseBase | None:
        """Read the body on a thread of the pool, which keeps its place until it has it or the sender is gone."""

        def body() -> bytes:
            try:
                return request.body
            finally:
                self.places.give_back(place)  # before the response, for the next request may come at once

        reading: Future[bytes] = self.readers.submit(body)
        try:
            arrived = len(reading.result(timeout=self.seconds))
        except TimeoutError:
            refused("time for a body")
            detail = f"The body did not arrive within {self.seconds:g} s."
            return _held(_closing(problem(request, 408, "The request took too long", detail)), reading)
        except (UnreadablePostError, OSError):
            arrived = 0
        if arrived < announced:  # Granian ends a body that breaks off without an error
            return _closing(problem(request, 400, "The body could not be read", "The connection broke off."))
        return None

    def bound(self, path: str) -> int:
        """The largest body, in bytes, for a path: that of the longest prefix that fits."""
        return self.bounds[max((prefix for prefix in self.bounds if path.startswith(prefix)), key=len)]


def wrong_type(request: HttpRequest) -> HttpResponse | None:
    """Refuse a Content-Type that cannot be read, or names another encoding than UTF-8; None for every other one.

    Also where there is no body: Django would decode the address with it.
    """
    if not request.content_type:
        detail = "Content-Type must be a media type like application/x-www-form-urlencoded, of at most 400 characters."
        return _closing(problem(request, 400, "That is no type of content", detail))
    charset = (request.content_params or {}).get("charset", UTF_8[0])
    if charset.lower() not in UTF_8:
        detail = f"Send text as UTF-8, not as {charset[:40] or 'nothing'}."
        return _closing(problem(request, 415, "That encoding is not taken", detail))
    return None


def _held(response: HttpResponse, reading: Future[bytes]) -> StreamingHttpResponse:
    """The same response, sent at once, but over only when nobody reads the body any more: the sender is gone, or done.

    When a request ends, Granian 2.8 waits for the thread that reads its body, and holds the interpreter's lock
    meanwhile: the whole site stood still until the slow sender went away.
    """

    def content() -> Iterator[bytes]:
        yield response.content
        wait([reading])

    headers = {**response.headers, "Content-Length": str(len(response.content))}
    return StreamingHttpResponse(content(), status=response.status_code, headers=headers)


def _closing(response: HttpResponse) -> HttpResponse:
    """What is left of an unread body cannot be told from a next request, so the connection ends here."""
    response.headers["Connection"] = "close"
    return response

"""Responses to what cannot be done: what was wrong, what is allowed, in the form that suits who asks."""

from http import HTTPStatus

from django.conf import settings
from django.core.exceptions import TooManyFieldsSent
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string

from frontdoor.negotiation import Form, never_stored, wanted
from frontdoor.rates import TooMany

TO_THE_COURSE = ("/", "To the course")


class Missing(Http404):
    """A 404 whose text is for the reader: what is not there, and what became of theirs."""


def problem(
    request: HttpRequest,
    status: int,
    title: str,
    detail: str,
    *,
    retry_after: int | None = None,
    allow: tuple[str, ...] = (),
    way_out: tuple[str, str] = TO_THE_COURSE,
) -> HttpResponse:
    """A response that says what was wrong and what to do.

    Args:
        status: the HTTP status, 400 to 599.
        title: what is wrong, a few words.
        detail: why, and what is allowed, in sentences.
        retry_after: seconds after which another try makes sense, sent as Retry-After.
        allow: for a 405, the methods that the address takes.
        way_out: where a page leads on to: an address and its words.

    JSON follows RFC 9457 (application/problem+json).
    """
    context = {"status": status, "title": title, "detail": detail, "retry_after": retry_after, "way_out": way_out}
    response: HttpResponse
    match wanted(request):
        case Form.JSON:
            body = {"type": "about:blank", "title": title, "status": status, "detail": detail}
            if retry_after is not None:
                body["retry_after"] = retry_after
            response = JsonResponse(body, status=status, content_type="application/problem+json")
        case Form.FRAGMENT:
            response = HttpResponse(render_to_string("frontdoor/_problem.html", context), status=status)
        case Form.PAGE:
            response = HttpResponse(render_to_string("frontdoor/problem.html", context), status=status)
    if retry_after is not None:
        response.headers["Retry-After"] = str(retry_after)
    if allow:
        response.headers["Allow"] = ", ".join(allow)
    return never_stored(response)


def too_many(request: HttpRequest, refusal: TooMany, way_out: tuple[str, str] = TO_THE_COURSE) -> HttpResponse:
    """The response to a request whose rate is used up."""
    after = refusal.retry_after
    detail = f"{refusal} The next {refusal.span} begins in {after} s."
    status = HTTPStatus.TOO_MANY_REQUESTS
    return problem(request, status, "That was often", detail, retry_after=after, way_out=way_out)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler400: Django refused the request before a view saw it."""
    detail = "It could not be read."
    if isinstance(exception, TooManyFieldsSent):
        detail = f"It has more fields than the {settings.DATA_UPLOAD_MAX_NUMBER_FIELDS:,} that are taken."
    return problem(request, HTTPStatus.BAD_REQUEST, "That request makes no sense here", detail)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler403."""
    return problem(request, HTTPStatus.FORBIDDEN, "Not from there", "This address does not take that request.")


def token_missing(request: HttpRequest, reason: str = "") -> HttpResponse:
    """CSRF_FAILURE_VIEW: a form that acts for an account came without its token, or with an old one."""
    detail = (
        "The form that sent this is not the one that this browser was given last, or the browser keeps no cookies for"
        " this site. Nothing was changed. Go back, load the page again, and send the form once more."
    )
    return problem(request, HTTPStatus.FORBIDDEN, "That form is out of date", detail)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler404. Only our own words reach the page, and none of Django's."""
    reason = f"{exception} " if isinstance(exception, Missing) else ""
    detail = f"{reason or 'There is nothing at this address. '}The course page lists every lesson."
    return problem(request, HTTPStatus.NOT_FOUND, "Nothing here", detail)


def server_error(request: HttpRequest) -> HttpResponse:
    """handler500: the traceback is in the log, never on the page."""
    detail = "Something broke on our side, and it has been logged. Nothing of yours was lost."
    return problem(request, HTTPStatus.INTERNAL_SERVER_ERROR, "That broke", detail)

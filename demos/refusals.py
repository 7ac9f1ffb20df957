"""Why work is not started, in words, with the status that fits and, where it helps, when to come back."""

import logging
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Concatenate, ParamSpec, TypeVar

from django.http import HttpRequest, HttpResponse
from redis.exceptions import ResponseError

from demos.bulkhead import Full
from demos.seconds import NotAllowed
from demos.store.client import Unreachable
from demos.store.records import QueueFull
from frontdoor.guards import cross_site_problem, crosses_sites, is_prefetch, is_unsaid
from frontdoor.metrics import refused
from frontdoor.problems import problem, too_many
from frontdoor.rates import TooMany

logger = logging.getLogger(__name__)

Rest = ParamSpec("Rest")
Request = TypeVar("Request", bound=HttpRequest)


class NotAForm(Exception):
    """The body is no form, so its fields would be overlooked."""


class Guess(Exception):
    """The browser fetches ahead, and nobody has asked for the work."""


class FromElsewhere(Exception):
    """A page of another site made the browser ask for the work."""


class Unsaid(Exception):
    """A browser does not say whether its reader or a page of another site asks for the work."""


FORMS = ("", "application/x-www-form-urlencoded", "multipart/form-data")


def only_forms(request: HttpRequest) -> None:
    """Let no body be sent whose fields would be overlooked.

    Raises:
        NotAForm: it is no form.
    """
    if request.method == "POST" and request.content_type not in FORMS and request.body:
        raise NotAForm


def only_when_asked(request: HttpRequest) -> None:
    """Let nobody but a reader start work with a GET.

    Raises:
        Guess: the browser only fetches ahead.
        FromElsewhere: an `<img>` or a link of another site asks.
        Unsaid: it may be one.
    """
    if is_prefetch(request):
        raise Guess
    if crosses_sites(request):
        raise FromElsewhere
    if is_unsaid(request):
        raise Unsaid


def explains_refusals(
    view: Callable[Concatenate[Request, Rest], HttpResponse],
) -> Callable[Concatenate[Request, Rest], HttpResponse]:
    """Answer in words when a view refuses to start work."""

    @wraps(view)
    def explained(request: Request, /, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except tuple(ANSWERS) as refusal:
            return ANSWERS[type(refusal)](request, refusal)

    return explained


def _not_allowed(request: HttpRequest, refusal: Exception) -> HttpResponse:
    title = "That is not a number of seconds here"
    to_the_form = (request.path, "To the demo")
    return problem(request, HTTPStatus.UNPROCESSABLE_ENTITY, title, str(refusal), way_out=to_the_form)


def _not_a_form(request: HttpRequest, refusal: Exception) -> HttpResponse:
    detail = "Send the fields as a form (application/x-www-form-urlencoded), as curl -d seconds=3 does."
    return problem(request, HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "That is not a form", detail)


def _guess(request: HttpRequest, refusal: Exception) -> HttpResponse:
    detail = "The browser fetched ahead, and this address works for seconds each time. Open it to run it."
    return problem(request, HTTPStatus.FORBIDDEN, "Not ahead of time", detail)


def _from_elsewhere(request: HttpRequest, refusal: Exception) -> HttpResponse:
    return cross_site_problem(request)


def _unsaid(request: HttpRequest, refusal: Exception) -> HttpResponse:
    detail = (
        "Your browser does not say whether you or a page of another site asks for this, as none does over plain http"
        " when an address is typed. Start it by the button on the demo's page."
    )
    way_out = (request.path, "To the demo")
    return problem(request, HTTPStatus.FORBIDDEN, "Start it from its page", detail, way_out=way_out)


def _too_many(request: HttpRequest, refusal: Exception) -> HttpResponse:
    assert isinstance(refusal, TooMany)
    return too_many(request, refusal)


def _full(request: HttpRequest, refusal: Exception) -> HttpResponse:
    detail = (
        f"{refusal} Each of them holds a thread of this server until its work is done, and the threads that are left"
        " serve the lessons. Nothing was started."
    )
    return problem(request, HTTPStatus.SERVICE_UNAVAILABLE, "No place is free", detail, retry_after=3)


def _queue_full(request: HttpRequest, refusal: Exception) -> HttpResponse:
    detail = f"{refusal} A queue without a bound would only hide that more comes in than gets done."
    return problem(request, HTTPStatus.SERVICE_UNAVAILABLE, "The queue is full", detail, retry_after=5)


def _unreachable(request: HttpRequest, refusal: Exception) -> HttpResponse:
    logger.warning("no run was started, for the broker does not answer: %s", refusal)
    detail = "Without it no task can be published, so nothing was started. The blocking demo and the lessons go on."
    refused("broker does not answer")
    said = isinstance(refusal.__cause__, ResponseError)
    title = "The broker answers with an error" if said else "The broker does not answer"
    return problem(request, HTTPStatus.SERVICE_UNAVAILABLE, title, detail, retry_after=UNREACHABLE_FOR)


UNREACHABLE_FOR = 3  # seconds after which trying the broker again makes sense

ANSWERS: dict[type[Exception], Callable[[HttpRequest, Exception], HttpResponse]] = {
    NotAllowed: _not_allowed,
    NotAForm: _not_a_form,
    Guess: _guess,
    FromElsewhere: _from_elsewhere,
    Unsaid: _unsaid,
    TooMany: _too_many,
    Full: _full,
    QueueFull: _queue_full,
    Unreachable: _unreachable,
}

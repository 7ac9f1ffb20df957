"""The anonymous learner: a random id in a signed cookie, set with the first thing that is kept and not before."""

import uuid
from collections.abc import Callable
from functools import cached_property

from django.conf import settings
from django.core import signing
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

COOKIE = "offload_learner"
SALT = "learners.identity"
MAX_AGE = 400 * 24 * 3600  # seconds; browsers keep no cookie longer


class LearnerRequest(WSGIRequest):
    """A request that knows who sent it, as views see every request of this site."""

    @cached_property
    def learner(self) -> uuid.UUID | None:
        """The learner who sent it; None for a visitor, who has no cookie. A forged cookie is nobody's."""
        value = self.COOKIES.get(COOKIE)
        if not value:
            return None
        try:
            return uuid.UUID(signing.Signer(salt=SALT).unsign(value))
        except (signing.BadSignature, ValueError):
            return None


class KnownLearner:
    """Middleware: gives requests their `learner`. The cookie is read when a view asks, and by no page from memory."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.__class__ = LearnerRequest
        return self.get_response(request)


def keeps_no_cookie(request: LearnerRequest) -> bool:
    """Whether a script says of its browser that it keeps no cookie."""
    return request.learner is None and request.POST.get("cookies") == "none"


def new_learner() -> uuid.UUID:
    """An id for a visitor who becomes a learner: something is about to be kept."""
    return uuid.uuid4()


def remember(response: HttpResponse, learner: uuid.UUID) -> None:
    """Give the browser the cookie by which it is known from now on."""
    response.set_cookie(
        COOKIE,
        signing.Signer(salt=SALT).sign(learner.hex),
        max_age=MAX_AGE,
        secure=settings.SECURE_COOKIES,
        httponly=True,
        samesite="Lax",
    )


def forget(response: HttpResponse) -> None:
    """Take the cookie away, so that the browser is a new visitor's."""
    response.delete_cookie(COOKIE, samesite="Lax")

"""The anonymous learner: a random id in a signed cookie, set with the first thing that is kept and not before."""

import uuid

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

COOKIE = "offload_learner"
SALT = "learners.identity"
MAX_AGE = 400 * 24 * 3600  # seconds; browsers keep no cookie longer


def learner_of(request: HttpRequest) -> uuid.UUID | None:
    """The learner who sent the request, or None for somebody of whom nothing is kept. A forged cookie is nobody's."""
    value = request.COOKIES.get(COOKIE)
    if not value:
        return None
    try:
        return uuid.UUID(signing.Signer(salt=SALT).unsign(value))
    except (signing.BadSignature, ValueError):
        return None


def new_learner() -> uuid.UUID:
    """An id for somebody of whom something is about to be kept."""
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
    """Take the cookie away, so that whoever reads on is somebody new."""
    response.delete_cookie(COOKIE, samesite="Lax")

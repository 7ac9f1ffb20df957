"""The learner: a random id in a signed cookie, set with the first thing that is kept and not before.

The cookie of an account's learner counts beside the session of its sign-in alone, by a mark of that session's key. So
it costs no query to see that there is none. Whether the session still stands, the database is asked once a minute: from
then on a sign-out also ends what was copied of both cookies. Nothing but that can end a cookie without an account.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from time import time

from django.conf import settings
from django.core import signing
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.crypto import constant_time_compare, salted_hmac

from frontdoor.entrance import PlainRequest

COOKIE = "offload_learner"
SALT = "learners.identity"
MAX_AGE = 400 * 24 * 3600  # seconds; browsers keep no cookie longer
STANDS_FOR = 60  # seconds for which a session that stood is taken to stand


@dataclass(frozen=True)
class Named:
    """Whom a cookie names: a learner, and for an account's the mark of a session, and when that stood last."""

    learner: uuid.UUID
    session: str = ""
    at: int = 0

    def __str__(self) -> str:
        return f"{self.learner.hex}.{self.session}.{self.at}" if self.session else self.learner.hex


class LearnerRequest(PlainRequest):
    """A request that knows who sent it, as views see every request of this site."""

    @cached_property
    def learner(self) -> uuid.UUID | None:
        """The learner who sent it; None for a visitor, who has no cookie. A forged cookie is nobody's.

        Asks the database for no cookie of a browser that is not signed in, and for others once a minute.
        """
        named = named_in(self.COOKIES.get(COOKIE, ""))
        if named is None:
            return None
        if not named.session:
            return named.learner
        if not constant_time_compare(named.session, mark_of(self.COOKIES.get(settings.SESSION_COOKIE_NAME, ""))):
            return None
        if time() - named.at <= STANDS_FOR:
            return named.learner
        try:
            signed_in: uuid.UUID | None = getattr(self.user, "learner_id", None)
        except (OperationalError, InterfaceError):
            return named.learner  # what needs no database goes on without it
        self.stood = signed_in is not None
        return signed_in

    stood = False  # whether the database was asked for the session, and it stands


class KnownLearner:
    """Middleware: gives requests their `learner`. The cookie is read when a view asks, and by no page from memory."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.__class__ = LearnerRequest
        assert isinstance(request, LearnerRequest)
        response = self.get_response(request)
        if request.stood and request.learner is not None and COOKIE not in response.cookies:
            remember(response, request.learner, request.session.session_key)
        return response


def named_in(value: str) -> Named | None:
    """Whom the value of a cookie names; None for nobody."""
    try:
        learner, _, bound = signing.Signer(salt=SALT).unsign(value).partition(".")
        session, _, at = bound.partition(".")
        return Named(uuid.UUID(learner), session, int(at or 0))
    except (signing.BadSignature, ValueError):
        return None


def mark_of(session_key: str) -> str:
    """Stands for the key of a session in the learner's cookie: whoever reads that one has no session by it."""
    return salted_hmac(SALT, session_key, algorithm="sha256").hexdigest()[:32]


def keeps_no_cookie(request: LearnerRequest) -> bool:
    """Whether a script says of its browser that it keeps no cookie."""
    return request.learner is None and request.POST.get("cookies") == "none"


def new_learner() -> uuid.UUID:
    """An id for a visitor who becomes a learner: something is about to be kept."""
    return uuid.uuid4()


def remember(response: HttpResponseBase, learner: uuid.UUID, session_key: str | None = None) -> None:
    """Give the browser the cookie by which it is known from now on.

    Args:
        learner: whom it names.
        session_key: for the learner of an account, the key of the session that was opened or stands now.
    """
    named = Named(learner, mark_of(session_key), int(time())) if session_key else Named(learner)
    response.set_cookie(
        COOKIE,
        signing.Signer(salt=SALT).sign(str(named)),
        max_age=MAX_AGE,
        secure=settings.SECURE_COOKIES,
        httponly=True,
        samesite="Lax",
    )


def forget(response: HttpResponse) -> None:
    """Take the cookie away, so that the browser is a new visitor's."""
    response.delete_cookie(COOKIE, samesite="Lax")

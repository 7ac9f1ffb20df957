"""A decorator for views that take something: how often one learner, and all behind one address, may send it."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse

from frontdoor.guards import SAFE
from frontdoor.problems import problem, too_many
from frontdoor.rates import Rates, TooMany
from learners.hashing import Busy, asked_from
from learners.identity import LearnerRequest

HASHED_AFTER = 5  # seconds after which most of the passwords that wait are hashed

Rest = ParamSpec("Rest")
View = Callable[Concatenate[LearnerRequest, Rest], HttpResponse]


def limited(*rates: Rates, refused: Callable[..., HttpResponse] | None = None) -> Callable[[View[Rest]], View[Rest]]:
    """Count what is sent to a view, and refuse what is too often before anything is looked up. Reading is not counted.

    Stands below `takes`, so that what another site sent is counted for nobody.

    Args:
        rates: what counts by learner and address. What counts by something else, the view counts itself; its TooMany
            is refused here as well, and so is a password that would wait too long for its turn.
        refused: makes the response to what is too often, of the request, the TooMany, and what else the view is called
            with. Without it, a problem says so.
    """

    def decorate(view: View[Rest]) -> View[Rest]:
        @wraps(view)
        def counted(request: LearnerRequest, /, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponse:
            try:
                for rate in rates if request.method not in SAFE else ():
                    rate.count(request.learner, request.META["REMOTE_ADDR"])
                asked_from.set(request.META["REMOTE_ADDR"])
                return view(request, *args, **kwargs)
            except TooMany as refusal:
                return refused(request, refusal, *args, **kwargs) if refused else too_many(request, refusal)
            except Busy:
                return busy(request)

        return counted

    return decorate


def busy(request: HttpRequest) -> HttpResponse:
    """The response to a password for which too many others wait."""
    detail = (
        "Each password takes a third of a second to check, one after the other, and many wait now."
        " Nothing was changed. Go back, and send it once more."
    )
    way_out = (request.path, "Back")
    status = HTTPStatus.SERVICE_UNAVAILABLE
    return problem(request, status, "Many are signing in", detail, retry_after=HASHED_AFTER, way_out=way_out)

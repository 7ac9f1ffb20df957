"""A decorator for views that take something: how often one learner, and all behind one address, may send it."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpResponse

from frontdoor.guards import SAFE
from frontdoor.problems import too_many
from frontdoor.rates import Rates, TooMany
from learners.identity import LearnerRequest

Rest = ParamSpec("Rest")
View = Callable[Concatenate[LearnerRequest, Rest], HttpResponse]


def limited(*rates: Rates, refused: Callable[..., HttpResponse] | None = None) -> Callable[[View[Rest]], View[Rest]]:
    """Count what is sent to a view, and refuse what is too often before anything is looked up. Reading is not counted.

    Stands below `takes`, so that what another site sent is counted for nobody.

    Args:
        rates: what counts by learner and address. What counts by something else, the view counts itself; its TooMany
            is refused here as well.
        refused: makes the response to what is too often, of the request, the TooMany, and what else the view is called
            with. Without it, a problem says so.
    """

    def decorate(view: View[Rest]) -> View[Rest]:
        @wraps(view)
        def counted(request: LearnerRequest, /, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponse:
            try:
                for rate in rates if request.method not in SAFE else ():
                    rate.count(request.learner, request.META["REMOTE_ADDR"])
                return view(request, *args, **kwargs)
            except TooMany as refusal:
                return refused(request, refusal, *args, **kwargs) if refused else too_many(request, refusal)

        return counted

    return decorate

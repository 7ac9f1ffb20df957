"""What a learner decides about being known."""

from http import HTTPStatus

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.utils.encoding import iri_to_uri
from django.utils.http import url_has_allowed_host_and_scheme

from frontdoor.guards import takes
from frontdoor.problems import problem
from frontdoor.rates import Rates
from frontdoor.responses import nothing, see_other
from learners.identity import LearnerRequest, forget
from learners.limits import limited
from learners.zones import is_zone, keep_zone

# A page tells the zone at most once, and only when it has changed.
zone_rates = Rates("tell their time zone {rate} times", learner=10, address=settings.SEATS * 10)


@takes("POST", any_text=True)
def fresh(request: HttpRequest) -> HttpResponse:
    """Begin anew on a shared machine: the browser is no longer known, and what was kept stays with its learner.

    An account that was signed in is signed out: the next reader must not find it.
    """
    logout(request)
    response = see_other(way_on(request.POST.get("next", "")))
    forget(response)
    return response


@takes("POST")
@limited(zone_rates)
def time_zone(request: LearnerRequest) -> HttpResponse:
    """Keep in which time zone a learner's days begin. Of a visitor it is not kept."""
    name = request.POST.get("time_zone", "")
    if not is_zone(name):
        detail = "Send the IANA name of a time zone as time_zone, like Asia/Kolkata."
        return problem(request, HTTPStatus.UNPROCESSABLE_ENTITY, "No time zone", detail)
    if request.learner is not None:
        keep_zone(request.learner, name)
    return nothing()


def way_on(target: str) -> str:
    """The path that a form asks to go on to, as a header can carry it; `/` when it is no path of this site."""
    is_ours = target.startswith("/") and url_has_allowed_host_and_scheme(target, allowed_hosts=None)
    # A line break would be a header of its own: Django refuses to send it, with an error.
    return iri_to_uri(target) if is_ours and target.isprintable() else "/"

"""What a learner decides about being known."""

from http import HTTPStatus

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.utils.encoding import iri_to_uri
from django.utils.http import url_has_allowed_host_and_scheme

from frontdoor.guards import takes
from frontdoor.negotiation import never_stored
from learners.identity import forget


@takes("POST")
def fresh(request: HttpRequest) -> HttpResponse:
    """Begin anew on a shared machine: the browser is no longer known, and what was kept stays with its learner.

    Whoever was signed in is signed out: the next one must not find their account.
    """
    logout(request)
    response = HttpResponse(status=HTTPStatus.SEE_OTHER, headers={"Location": way_on(request.POST.get("next", ""))})
    forget(response)
    return never_stored(response)


def way_on(target: str) -> str:
    """The path that a form asks to go on to, as a header can carry it; `/` when it is no path of this site."""
    is_ours = target.startswith("/") and url_has_allowed_host_and_scheme(target, allowed_hosts=None)
    # A line break would be a header of its own: Django refuses to send it, with an error.
    return iri_to_uri(target) if is_ours and target.isprintable() else "/"

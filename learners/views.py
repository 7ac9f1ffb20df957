"""What a learner decides about being known."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme

from frontdoor.guards import takes
from frontdoor.negotiation import never_stored
from learners.identity import forget


@takes("POST")
def fresh(request: HttpRequest) -> HttpResponse:
    """Begin anew on a shared machine: the browser is no longer known, and what was kept stays with its learner."""
    target = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(target, allowed_hosts=None) or not target.startswith("/"):
        target = "/"
    response = HttpResponse(status=HTTPStatus.SEE_OTHER, headers={"Location": target})
    forget(response)
    return never_stored(response)

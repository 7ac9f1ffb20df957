"""The studio's first page: every lesson with its files and their state."""

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from frontdoor.guards import takes
from frontdoor.negotiation import never_stored
from learners.models import Account
from lessons.catalog import course
from teach.instructors import for_instructors


@takes("GET", "HEAD", token=True)
@for_instructors
def studio(request: HttpRequest, account: Account) -> HttpResponse:
    """The lessons, and what can be done with them."""
    context = {"account": account, "lessons": list(course().lessons.values())}
    return never_stored(HttpResponse(render_to_string("teach/studio.html", context, request)))

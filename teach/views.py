"""The studio's first page: every lesson with its files and their state."""

from django.http import HttpRequest, HttpResponse

from frontdoor.guards import takes
from learners.models import Account
from lessons import watching
from lessons.catalog import catalog
from teach import apart, responses
from teach.instructors import for_instructors
from teach.listing import listed


@for_instructors
@takes("GET", "HEAD", token=True)
def studio(request: HttpRequest, account: Account) -> HttpResponse:
    """The lessons, and what can be done with them."""
    apart.prepare()  # whoever comes here is about to write
    watching.look()  # what another program has just written is seen at once
    course_file, lessons = listed(catalog(), account)
    context = {
        "account": account,
        "course_file": course_file,
        "lessons": lessons,
        "said": request.GET,
        "has_own": any(
            file.origin != "shipped"
            for file in [
                *([course_file] if course_file else []),
                *(file for lesson in lessons for file in lesson.files),
            ]
        ),
    }
    return responses.page(request, "studio", context)

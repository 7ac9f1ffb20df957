"""Where a run was started: the page of a lesson, to which its own pages lead back.

Forms and links say it by the field `page`, as "lesson/mode", with "#id" behind it for a place on that page. It is held
against the catalog each time, for it may be made up, or the lesson be gone by now.
"""

from django.http import HttpRequest
from django.urls import reverse

from lessons.catalog import course


def origin_of(request: HttpRequest) -> str:
    """Where a request says that it comes from; empty when that is no page of a lesson."""
    page: str = request.POST.get("page", request.GET.get("page", ""))
    return page if way_back(page) else ""


def way_back(page: str) -> str:
    """The address of a page, or an empty text: there is none (any more)."""
    named, _, place = page.partition("#")
    lesson, _, mode = named.partition("/")
    found = course().lessons.get(lesson)
    if found is None or mode not in found.pages:
        return ""
    address = reverse("lessons:mode", args=[lesson, mode])
    return f"{address}#{place}" if place in found.pages[mode].ids else address

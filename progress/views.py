"""Where a reader is in the course and in a lesson, and their marks. The rules: lesson_progress.py and readings.py."""

from http import HTTPStatus
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from frontdoor.guards import takes
from frontdoor.negotiation import Form, wanted
from frontdoor.problems import problem, too_many
from frontdoor.rates import Rates, TooMany
from learners.identity import learner_of, new_learner, remember
from lessons.catalog import Course, course
from progress import openings, readings, responses
from progress.gathering import gather, nothing_kept
from progress.lesson_progress import CourseProgress

rates = Rates("set {rate} marks", learner=settings.LEARNER_MARKS_A_MINUTE, address=settings.ADDRESS_MARKS_A_MINUTE)


@takes("GET", "HEAD")
def whole(request: HttpRequest) -> HttpResponse:
    """Where the reader is in the course."""
    return responses.whole(request, progress_of(course(), learner_of(request)))


@takes("GET", "HEAD")
def page(request: HttpRequest, lesson: str, mode: str) -> HttpResponse:
    """Where the reader is in a lesson, and whether they have read this mode of it."""
    there = course()
    if not has(there, lesson, mode):
        raise Http404
    if request.method == "GET" and wanted(request) is Form.FRAGMENT:
        openings.note(lesson, mode)  # the page asks for this once, when it was opened
    return responses.page(request, progress_of(there, learner_of(request)), lesson, mode)


@takes("POST")
def read(request: HttpRequest, lesson: str, mode: str) -> HttpResponse:
    """Mark a mode as read: by its button, or, as `by=end` says, because the end of its text came into view."""
    learner, there = learner_of(request), course()
    refused = refusal(request, there, lesson, mode)
    if refused:
        return refused
    if request.POST.get("by") == "end":
        is_new = learner is not None and readings.mark_at_the_end(learner, lesson, mode)
        said = "Marked as read: the end of the text came into view." if is_new else ""
        return responses.marked(request, progress_of(there, learner), lesson, mode, said, is_pressed=False)
    marking = learner or new_learner()
    readings.mark(marking, lesson, mode)
    response = responses.marked(request, progress_of(there, marking), lesson, mode, "Marked as read.")
    if learner is None:
        remember(response, marking)
    return response


@takes("POST")
def not_read(request: HttpRequest, lesson: str, mode: str) -> HttpResponse:
    """Take the mark back. Of a stranger there is none."""
    learner, there = learner_of(request), course()
    refused = refusal(request, there, lesson, mode)
    if refused:
        return refused
    if learner is not None:
        readings.take_back(learner, lesson, mode)
    said = "Marked as not read. Scrolling to the end does not change that; the button does."
    return responses.marked(request, progress_of(there, learner), lesson, mode, said)


def refusal(request: HttpRequest, there: Course, lesson: str, mode: str) -> HttpResponse | None:
    """Why a mark cannot be set or taken back, or None. Asks no database."""
    try:
        rates.count(learner_of(request), request.META["REMOTE_ADDR"])
    except TooMany as refused:
        return too_many(request, refused)
    if has(there, lesson, mode):
        return None
    detail = "The course has no such page, or no longer. Nothing was changed, and what was kept of it still is."
    return problem(request, HTTPStatus.NOT_FOUND, "No longer part of the course", detail)


def has(there: Course, lesson: str, mode: str) -> bool:
    """Whether a course has this mode of this lesson."""
    found = there.lessons.get(lesson)
    return found is not None and mode in found.pages


def progress_of(there: Course, learner: UUID | None) -> CourseProgress:
    """Where a reader is. Of a stranger nothing is kept, so the database is not asked."""
    if learner is None:
        return nothing_kept(there, new_learner())
    return gather(there, learner, timezone.now())

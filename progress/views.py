"""Where a reader is in the course and in a lesson, and their marks. The rules: lesson_progress.py and readings.py."""

from http import HTTPStatus
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse
from django.utils import timezone

from frontdoor.guards import takes
from frontdoor.negotiation import Form, wanted
from frontdoor.problems import problem
from frontdoor.rates import Rates
from learners.identity import LearnerRequest, new_learner, remember
from learners.limits import limited
from lessons.catalog import Course, course
from progress import openings, readings, responses
from progress.gathering import learner_progress, visitor_progress
from progress.lesson_progress import CourseProgress

rates = Rates("set {rate} marks", learner=settings.LEARNER_MARKS_A_MINUTE, address=settings.ADDRESS_MARKS_A_MINUTE)

REASONS = {"end": "the end of the text came into view", "cards": "you have turned each of its cards"}


@takes("GET", "HEAD")
def whole(request: LearnerRequest) -> HttpResponse:
    """Where the reader is in the course."""
    return responses.whole(request, progress_of(course(), request.learner))


@takes("GET", "HEAD")
def page(request: LearnerRequest, lesson: str, mode: str) -> HttpResponse:
    """Where the reader is in a lesson, and whether they have read this mode of it."""
    current = course()
    if not has(current, lesson, mode):
        raise Http404
    if request.method == "GET" and wanted(request) is Form.FRAGMENT:
        openings.note(lesson, mode)  # the page asks for this once, when it was opened
    return responses.page(request, progress_of(current, request.learner), lesson, mode)


@takes("POST")
@limited(rates)
def read(request: LearnerRequest, lesson: str, mode: str) -> HttpResponse:
    """Mark a mode as read: by its button, or because of what its reader did there, as `by` says."""
    learner, current = request.learner, course()
    if not has(current, lesson, mode):
        return gone(request)
    if (by := request.POST.get("by", "")) in REASONS:
        counts = learner is not None and by == current.lessons[lesson].pages[mode].is_read_by
        is_new = counts and learner is not None and readings.mark_unasked(learner, lesson, mode)
        said = f"Marked as read: {REASONS[by]}." if is_new else ""
        return responses.marked(request, progress_of(current, learner), lesson, mode, said, is_pressed=False)
    marking = learner or new_learner()
    readings.mark(marking, lesson, mode)
    response = responses.marked(request, progress_of(current, marking), lesson, mode, "Marked as read.")
    if learner is None:
        remember(response, marking)
    return response


@takes("POST")
@limited(rates)
def not_read(request: LearnerRequest, lesson: str, mode: str) -> HttpResponse:
    """Take the mark back. Of a visitor there is none."""
    learner, current = request.learner, course()
    if not has(current, lesson, mode):
        return gone(request)
    if learner is not None:
        readings.take_back(learner, lesson, mode)
    said = "Marked as not read. From now on only the button marks this page as read."
    return responses.marked(request, progress_of(current, learner), lesson, mode, said)


def gone(request: LearnerRequest) -> HttpResponse:
    """Why a mark can be neither set nor taken back. Asks no database."""
    detail = "The course has no such page, or no longer. Nothing was changed, and what was kept of it still is."
    return problem(request, HTTPStatus.NOT_FOUND, "No longer part of the course", detail)


def has(current: Course, lesson: str, mode: str) -> bool:
    """Whether a course has this mode of this lesson."""
    found = current.lessons.get(lesson)
    return found is not None and mode in found.pages


def progress_of(current: Course, learner: UUID | None) -> CourseProgress:
    """Where a reader is. Of a visitor nothing is kept, so the database is not asked."""
    if learner is None:
        return visitor_progress(current)
    return learner_progress(current, learner, timezone.now())

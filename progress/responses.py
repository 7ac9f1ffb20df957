"""What a reader is told of their progress, as fragment, page or JSON. Each is for one reader, now, and stored nowhere.

A visitor's fragment is empty (204): the page that they are on says already what there is to say to everyone.
"""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from frontdoor.negotiation import Form, wanted
from frontdoor.responses import html, json, nothing, see_other
from learners.identity import LearnerRequest
from progress.lesson_progress import CourseProgress, onward_from
from progress.presenters import REVIEW, ShownProgress, course_as_json, lesson_as_json, lines, shown_course, way


def whole(request: LearnerRequest, lesson_progress: CourseProgress) -> HttpResponse:
    """Where the reader is in the course."""
    is_known = request.learner is not None
    match wanted(request):
        case Form.JSON:
            return json(course_as_json(lesson_progress))
        case Form.FRAGMENT if not is_known:
            return nothing()
        case Form.FRAGMENT:
            return html("progress/_course.html", {**shown_course(lesson_progress), "lines": lines(lesson_progress)})
        case Form.PAGE:
            return html("progress/page.html", {**shown_course(lesson_progress), "is_known": is_known})


def page(request: LearnerRequest, lesson_progress: CourseProgress, lesson: str, mode: str) -> HttpResponse:
    """Where the reader is in a lesson, and whether they have read this mode of it."""
    is_known = request.learner is not None
    context = _page_context(lesson_progress, lesson, mode)
    match wanted(request):
        case Form.JSON:
            return _json(lesson_progress, lesson, mode)
        case Form.FRAGMENT if not is_known:
            return nothing()
        case Form.FRAGMENT:
            # Only a page that was just opened is watched for its end: a mark that was taken back stays so.
            return html("progress/_page.html", {**context, "is_watched": not context["is_read"]})
        case Form.PAGE:
            return html("progress/reading.html", context)


def marked(
    request: LearnerRequest,
    lesson_progress: CourseProgress,
    lesson: str,
    mode: str,
    said: str,
    *,
    is_pressed: bool = True,
) -> HttpResponse:
    """How it is now that a mark was set or taken back, or not: `said` says which to who sees it happen.

    After a press the focus goes to what is said: the button that was pressed is now its opposite, and a second click or
    a held key must not press that. A plain form is sent on, so that a reload sends nothing twice.
    """
    match wanted(request):
        case Form.JSON:
            return _json(lesson_progress, lesson, mode)
        case Form.FRAGMENT:
            context = {**_page_context(lesson_progress, lesson, mode), "said": said, "is_pressed": is_pressed}
            context["is_answer"] = True
            return html("progress/_page.html", context)
        case Form.PAGE:
            return see_other(reverse("progress:page", args=[lesson, mode]))


def _json(lesson_progress: CourseProgress, lesson: str, mode: str) -> HttpResponse:
    of_lesson = lesson_progress.lessons_progress[lesson]
    return json({**lesson_as_json(of_lesson), "mode": mode, "is_read": mode in of_lesson.read})


def _page_context(lesson_progress: CourseProgress, lesson: str, mode: str) -> dict[str, Any]:
    of_lesson = lesson_progress.lessons_progress[lesson]
    leads = onward_from(lesson_progress, lesson, mode)
    return {
        "lesson": of_lesson.lesson,
        "page": of_lesson.lesson.pages[mode],
        "shown": ShownProgress(of_lesson),
        "is_read": mode in of_lesson.read,
        "way": way(leads, lesson_progress, of_lesson.lesson) if leads else None,
        "review": REVIEW,
    }

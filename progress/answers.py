"""What a reader is told of their progress, as fragment, page or JSON. Each is for one reader, now, and stored nowhere.

A stranger's fragment is empty (204): the page that they are on says already what there is to say to everyone.
"""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.urls import reverse

from frontdoor.negotiation import Form, never_stored, wanted
from learners.identity import learner_of
from progress.showing import REVIEW, ShownStanding, course_as_json, lesson_as_json, shown_course, way
from progress.standing import CourseStanding, onward_from


def whole(request: HttpRequest, standing: CourseStanding) -> HttpResponse:
    """Where the reader is in the course."""
    known = learner_of(request) is not None
    match wanted(request):
        case Form.JSON:
            return never_stored(JsonResponse(course_as_json(standing)))
        case Form.FRAGMENT if not known:
            return _nothing()
        case Form.FRAGMENT:
            return _html("progress/_course.html", shown_course(standing))
        case Form.PAGE:
            return _html("progress/page.html", {**shown_course(standing), "is_known": known})


def page(request: HttpRequest, standing: CourseStanding, lesson: str, mode: str) -> HttpResponse:
    """Where the reader is in a lesson, and whether they have read this mode of it."""
    known = learner_of(request) is not None
    context = _page_context(standing, lesson, mode)
    match wanted(request):
        case Form.JSON:
            return _json(standing, lesson, mode)
        case Form.FRAGMENT if not known:
            return _nothing()
        case Form.FRAGMENT:
            # Only a page that was just opened is watched for its end: a mark that was taken back stays so.
            return _html("progress/_page.html", {**context, "is_watched": not context["is_read"]})
        case Form.PAGE:
            return _html("progress/reading.html", context)


def marked(
    request: HttpRequest, standing: CourseStanding, lesson: str, mode: str, said: str, *, is_pressed: bool = True
) -> HttpResponse:
    """How it is now that a mark was set or taken back, or not: `said` says which to who sees it happen.

    After a press the focus goes to what is said: the button that was pressed is now its opposite, and a second click or
    a held key must not press that. A plain form is sent on, so that a reload sends nothing twice.
    """
    match wanted(request):
        case Form.JSON:
            return _json(standing, lesson, mode)
        case Form.FRAGMENT:
            context = {**_page_context(standing, lesson, mode), "said": said, "is_pressed": is_pressed}
            context["is_answer"] = True
            return _html("progress/_page.html", context)
        case Form.PAGE:
            target = reverse("progress:page", args=[lesson, mode])
            return never_stored(HttpResponse(status=HTTPStatus.SEE_OTHER, headers={"Location": target}))


def _json(standing: CourseStanding, lesson: str, mode: str) -> HttpResponse:
    own = standing.standings[lesson]
    return never_stored(JsonResponse({**lesson_as_json(own), "mode": mode, "is_read": mode in own.read}))


def _page_context(standing: CourseStanding, lesson: str, mode: str) -> dict[str, Any]:
    own = standing.standings[lesson]
    leads = onward_from(standing, lesson, mode)
    return {
        "lesson": own.lesson,
        "page": own.lesson.pages[mode],
        "shown": ShownStanding(own),
        "is_read": mode in own.read,
        "way": way(leads, standing, own.lesson) if leads else None,
        "review": REVIEW,
    }


def _nothing() -> HttpResponse:
    return never_stored(HttpResponse(status=HTTPStatus.NO_CONTENT))


def _html(template: str, context: dict[str, Any]) -> HttpResponse:
    return never_stored(HttpResponse(render_to_string(template, context)))

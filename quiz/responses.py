"""The quiz's answers to its readers, as fragment, page or JSON. Each is for one reader, now, and stored nowhere."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.urls import reverse

from frontdoor.negotiation import Form, never_stored, wanted
from frontdoor.problems import problem
from learners.identity import learner_of
from lessons.pictures import placed
from lessons.registry import Files
from quiz.form_tokens import visitor_token
from quiz.kinds import Form as Typed
from quiz.presenters import NOTHING_SENT, shown
from quiz.progress import Progress
from quiz.questions import Quiz
from quiz.recording import NotRecorded, Sent, Why
from quiz.serializers import as_json


@dataclass(frozen=True)
class Asking:
    """A request about the quiz of a lesson, whose files are beside it.

    `learner` is who asks, or who a newcomer is about to be.
    """

    request: HttpRequest
    quiz: Quiz
    lesson_title: str
    learner: UUID
    files: Files


def state(asking: Asking, progress: Progress) -> HttpResponse:
    """How far the reader is."""
    if wanted(asking.request) is Form.JSON:
        return _json(asking, progress)
    return _html(asking, {"quiz": shown(asking.quiz, progress)})


def moved(asking: Asking, progress: Progress, typed: Typed, move: str) -> HttpResponse:
    """Nothing was answered: a step of the open question was moved."""
    if wanted(asking.request) is Form.JSON:
        return problem(asking.request, HTTPStatus.UNPROCESSABLE_ENTITY, "Nothing to move", "Send the steps in order.")
    return _html(asking, {"quiz": shown(asking.quiz, progress, typed, move)})


def _json(asking: Asking, progress: Progress) -> HttpResponse:
    """The state. Whoever has no cookie sends `newcomer` back with the first answer."""
    body = as_json(asking.quiz, progress)
    if learner_of(asking.request) is None and not progress.is_begun:
        body["newcomer"] = visitor_token(asking.learner)
    return never_stored(JsonResponse(body))


def moved_on(asking: Asking, progress: Progress, question: str) -> HttpResponse:
    """Something was recorded: the state that came of it, at the question with this id.

    A plain form is sent on to the quiz, so that a reload sends nothing twice.
    """
    match wanted(asking.request):
        case Form.JSON:
            return _json(asking, progress)
        case Form.PAGE:
            target = f"{_address(asking.quiz)}#question-{question}"
            return never_stored(HttpResponse(status=HTTPStatus.SEE_OTHER, headers={"Location": target}))
        case Form.FRAGMENT:
            return _html(asking, {"quiz": shown(asking.quiz, progress), "focus": question}, is_known=True)


def not_recorded(asking: Asking, progress: Progress, refusal: NotRecorded, sent: Sent | None = None) -> HttpResponse:
    """Nothing was recorded: the state as it is, and why in its place. What was ticked or typed stays."""
    conflicts = refusal.why in (Why.ALREADY, Why.CHANGED, Why.REMOVED)
    status = HTTPStatus.CONFLICT if conflicts else HTTPStatus.UNPROCESSABLE_ENTITY
    if wanted(asking.request) is Form.JSON:
        return problem(asking.request, status, "Not recorded", str(refusal))
    current = progress.go.current
    is_current = sent is not None and current is not None and current.question.id == refusal.question
    typed = sent.form if sent and is_current and not conflicts else NOTHING_SENT
    seen = shown(asking.quiz, progress, typed)
    place = refusal.question if seen.has(refusal.question) else ""
    context = {"quiz": seen, "message": str(refusal), "message_at": place}
    return _html(asking, context, is_known=progress.is_begun, status=status)


def _html(
    asking: Asking, context: dict[str, Any], *, is_known: bool = False, status: int = HTTPStatus.OK
) -> HttpResponse:
    known = is_known or learner_of(asking.request) is not None
    whole = context | {
        "lesson": asking.quiz.lesson,
        "lesson_title": asking.lesson_title,
        "answer_at": reverse("quiz:answer", args=[asking.quiz.lesson]),
        "again_at": reverse("quiz:again", args=[asking.quiz.lesson]),
        "is_known": known,
        "newcomer": "" if known else visitor_token(asking.learner),
        "next": _here(asking),
    }
    name = "quiz/_fragment.html" if wanted(asking.request) is Form.FRAGMENT else "quiz/page.html"
    html = placed(render_to_string(name, whole), asking.quiz.lesson, asking.files)
    return never_stored(HttpResponse(html, status=status))


def _here(asking: Asking) -> str:
    """Where somebody who starts fresh goes on: where they are, which for a fragment is the page around it."""
    own = _address(asking.quiz)
    if wanted(asking.request) is not Form.FRAGMENT:
        return f"{own}#quiz"
    try:
        around = urlsplit(asking.request.META.get("HTTP_HX_CURRENT_URL", "")).path
    except ValueError:  # no address that a browser would send
        around = ""
    return f"{around or own}#quiz"


def _address(quiz: Quiz) -> str:
    return reverse("quiz:quiz", args=[quiz.lesson])

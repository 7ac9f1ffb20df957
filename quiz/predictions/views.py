"""The predictions of a lesson: what a learner said so far, a prediction, and the reason once it came out."""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.urls import reverse

from frontdoor.guards import takes
from frontdoor.negotiation import Form, never_stored, wanted
from frontdoor.problems import Missing, problem, too_many
from frontdoor.rates import TooMany
from learners.identity import learner_of, remember
from lessons.catalog import Lesson, course
from lessons.pictures import placed
from quiz import views
from quiz.form_tokens import newcomer, visitor_token
from quiz.predictions import outcomes
from quiz.predictions.block import form_context, shown_choice
from quiz.predictions.reading import PREDICTIONS, Predictions
from quiz.predictions.recording import (
    CONFLICTS,
    NotRecorded,
    Refused,
    SubmittedChoice,
    give_reason,
    keep,
    nothing_said,
    settle,
)
from stopwatch.measured import Board, with_own
from stopwatch.measurements import own_of
from stopwatch.recorded import board_of


@dataclass(frozen=True)
class Asking:
    """A request about the predictions of a lesson."""

    request: HttpRequest
    there: Lesson
    asked: Predictions

    @property
    def address(self) -> str:
        """The page of the predictions alone."""
        return reverse("quiz:predictions", args=[self.there.slug])

    @property
    def demo(self) -> str:
        """The page of the lesson on which they are asked, where the run is."""
        for page in self.there.pages.values():
            if any(block.name == "predict" for block in page.blocks):
                return reverse("lessons:mode", args=[self.there.slug, page.mode]) + "#predictions"
        return reverse("lessons:lesson", args=[self.there.slug])


@takes("GET", "HEAD", "POST")
def predictions(request: HttpRequest, lesson: str) -> HttpResponse:
    """What the reader said so far; a POST says more."""
    asking = asked_for(request, lesson)
    if request.method != "POST":
        return state(asking, learner_of(request))
    try:
        views.rates.count(learner_of(request), request.META["REMOTE_ADDR"])
    except TooMany as refusal:
        return too_many(request, refusal, (asking.address, "To the predictions"))
    said = [one for prediction in asking.asked.asked if (one := said_by(request, prediction.id)).position >= 0]
    skips = request.POST.get("do") == "skip"
    if not said and not skips:
        known = any(name.startswith("choice-") for name in request.POST)
        return state(asking, learner_of(request), {"": Refused.GONE if known else Refused.NOTHING_CHOSEN})
    learner = learner_of(request) or newcomer(request.POST.get("newcomer", ""))
    refused = keep(asking.asked, learner, said, skip_the_rest=skips)
    response = kept(asking, learner, refused)
    if learner_of(request) is None and len(refused) < len(said) + skips:
        remember(response, learner)
    return response


@takes("POST")
def reason(request: HttpRequest, lesson: str) -> HttpResponse:
    """Take the reason for an outcome: one tap, one try."""
    asking = asked_for(request, lesson)
    try:
        views.rates.count(learner_of(request), request.META["REMOTE_ADDR"])
    except TooMany as refusal:
        return too_many(request, refusal, (asking.address, "To the predictions"))
    learner = learner_of(request) or newcomer(request.POST.get("newcomer", ""))
    question = request.POST.get("question", "")
    try:
        give_reason(asking.asked, learner, said_by(request, question))
    except NotRecorded as refusal:
        return reasoned(asking, learner, question, refusal.args[0], status=_status([refusal.why]))
    response = reasoned(asking, learner, question)
    if learner_of(request) is None:
        remember(response, learner)
    return response


def asked_for(request: HttpRequest, lesson: str) -> Asking:
    """The predictions that a request is about.

    Raises:
        Missing: there is no such lesson, or it asks for none.
    """
    there = course().lessons.get(lesson)
    found = there.get(PREDICTIONS) if there else None
    if there is None or found is None:
        raise Missing("No predictions are asked for there, or no longer. What you predicted is kept.")
    return Asking(request, there, found)


def said_by(request: HttpRequest, question: str) -> SubmittedChoice:
    """What a form says to a question. Its position is -1 where it says nothing at all."""
    position = request.POST.get(f"choice-{question}")
    form_token = request.POST.get(f"version-{question}", "")
    return SubmittedChoice(question, form_token, -1 if position is None else views.number(position))


def state(asking: Asking, learner: UUID | None, refused: Mapping[str, Refused] | None = None) -> HttpResponse:
    """What is known of a learner, and why what they sent was not recorded."""
    status = _status((refused or {}).values())
    form = wanted(asking.request)
    if form is Form.JSON and refused:
        return problem(asking.request, status, "Not recorded", " ".join(_words(refused).values()))
    found = settle(asking.asked, learner) if learner else nothing_said(asking.asked)
    board = board_for(asking, learner)
    if form is Form.JSON:
        body = {"lesson": asking.there.slug, "predictions": outcomes.as_json(found, board)}
        return never_stored(JsonResponse(body))
    messages = _words(refused or {})
    context = {
        **form_context(found, messages),
        **_around(asking),
        "message": messages.get("", ""),
        "outcomes": outcomes.shown(found, board, board_of(asking.there.files)),
        "recorded": board_of(asking.there.files),
    }
    name = "quiz/_predictions.html" if form is Form.FRAGMENT else "quiz/predictions_page.html"
    return never_stored(HttpResponse(with_pictures(asking, render_to_string(name, context)), status=status))


def kept(asking: Asking, learner: UUID, refused: Mapping[str, Refused]) -> HttpResponse:
    """What came of a form: for one tick that was kept its own line, and else everything as it is now."""
    form = wanted(asking.request)
    if refused or form is Form.JSON:
        response = state(asking, learner, refused)
        if form is Form.FRAGMENT:
            # A tick waits for a line of its own, but now there is more to say than fits in there.
            response.headers["HX-Retarget"] = "#predictions .predictions"
            response.headers["HX-Reswap"] = "outerHTML"
        return response
    if form is Form.PAGE:
        return never_stored(HttpResponse(status=HTTPStatus.SEE_OTHER, headers={"Location": asking.address}))
    at = asking.asked.find(asking.request.POST.get("at", ""))
    if at is None:
        return state(asking, learner)
    found = next(one for one in settle(asking.asked, learner) if one.prediction is at)
    html = render_to_string("quiz/_kept.html", {"prediction": shown_choice(found)})
    return never_stored(HttpResponse(with_pictures(asking, html)))


def reasoned(
    asking: Asking, learner: UUID, question: str, message: str = "", status: int = HTTPStatus.OK
) -> HttpResponse:
    """A reason with what is said about it, or why it was not recorded."""
    form = wanted(asking.request)
    if form is Form.PAGE and not message:
        target = f"{asking.address}#outcome-{question}"
        return never_stored(HttpResponse(status=HTTPStatus.SEE_OTHER, headers={"Location": target}))
    found = next((one for one in settle(asking.asked, learner) if one.prediction.id == question), None)
    if form is not Form.FRAGMENT or found is None:
        if message:
            return problem(asking.request, status, "Not recorded", message, way_out=(asking.address, "Back"))
        return state(asking, learner)
    context = {
        "reason": outcomes.shown_reason(found),
        "lesson": asking.there.slug,
        "message": message,
        "is_fresh": True,
    }
    return never_stored(
        HttpResponse(with_pictures(asking, render_to_string("quiz/_reason.html", context)), status=status)
    )


def with_pictures(asking: Asking, html: str) -> str:
    """The HTML with the pictures that its prose shows."""
    return placed(html, asking.there.slug, asking.there.files)


def board_for(asking: Asking, learner: UUID | None) -> Board:
    """What a learner measured, and for the rest the recorded run."""
    return with_own(board_of(asking.there.files), own_of(learner, asking.there.slug) if learner else {})


def _around(asking: Asking) -> dict[str, Any]:
    is_known = learner_of(asking.request) is not None
    return {
        "lesson": asking.there.slug,
        "lesson_title": asking.there.title,
        "newcomer": "" if is_known else visitor_token(),
        "demo": asking.demo,
    }


def _words(refused: Mapping[str, Refused]) -> dict[str, str]:
    return {question: why.value for question, why in refused.items()}


def _status(refused: Any) -> int:
    whys = list(refused)
    if not whys:
        return HTTPStatus.OK
    return HTTPStatus.CONFLICT if any(why in CONFLICTS for why in whys) else HTTPStatus.UNPROCESSABLE_ENTITY

"""What a reader of predictions is answered, as fragment, page or JSON. Each is for one reader, and stored nowhere."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse

from frontdoor.negotiation import Form, never_stored, wanted
from frontdoor.problems import problem, too_many
from frontdoor.rates import TooMany
from frontdoor.responses import json, see_other
from learners.identity import LearnerRequest
from learners.zones import UNKNOWN, zone_of
from lessons.catalog import Lesson
from lessons.pictures import placed
from quiz.form_tokens import visitor_token
from quiz.predictions import outcomes
from quiz.predictions.form import form_context, shown_choice
from quiz.predictions.reading import Predictions
from quiz.predictions.recording import CONFLICTS, PredictionState, Refusal, nothing_predicted, settle
from quiz.predictions.serializers import as_json
from stopwatch.measured import Board, with_own
from stopwatch.measurements import own_of
from stopwatch.recorded import board_of

NOT_KEPT = (
    "Nothing was kept: your browser sends no cookie back. What you choose stays on this page until you leave it."
    " To keep it, allow cookies for this site."
)


@dataclass(frozen=True)
class Reader:
    """A reader at the predictions of a lesson, with what their request says.

    `learner` is None for a visitor. `unkept` is how they stand by their form alone, if their browser keeps no cookie.
    """

    request: LearnerRequest
    lesson: Lesson
    predictions: Predictions
    learner: UUID | None
    unkept: Sequence[PredictionState] | None = None

    @property
    def address(self) -> str:
        """The page of the predictions alone."""
        return reverse("quiz:predictions", args=[self.lesson.slug])

    @property
    def demo(self) -> str:
        """The page of the lesson on which they are asked, where the run is."""
        for page in self.lesson.pages.values():
            if any(block.name == "predict" for block in page.blocks):
                return reverse("lessons:mode", args=[self.lesson.slug, page.mode]) + "#predictions"
        return reverse("lessons:lesson", args=[self.lesson.slug])

    @cached_property
    def states(self) -> Sequence[PredictionState]:
        """How they stand with every prediction."""
        if self.unkept is not None:
            return self.unkept
        return settle(self.predictions, self.learner) if self.learner else nothing_predicted(self.predictions)

    @cached_property
    def board(self) -> Board:
        """What they measured, and for the rest the recorded run."""
        return with_own(board_of(self.lesson.files), own_of(self.learner, self.lesson.slug) if self.learner else {})


def state(reader: Reader, refused: Mapping[str, Refusal] | None = None, notice: str = "") -> HttpResponse:
    """What is known of a reader; why what they sent was not recorded, or a word about what was."""
    status = _status((refused or {}).values())
    form = wanted(reader.request)
    messages = {question: why.value for question, why in (refused or {}).items()}
    if form is Form.JSON and refused:
        return problem(reader.request, status, "Not recorded", " ".join(messages.values()))
    states, board = reader.states, reader.board
    if form is Form.JSON:
        return json({"lesson": reader.lesson.slug, "predictions": as_json(states, board)})
    recorded = board_of(reader.lesson.files)
    context = {
        **form_context(states, messages),
        "lesson": reader.lesson.slug,
        "lesson_title": reader.lesson.title,
        "visitor": "" if reader.request.learner else visitor_token(),
        "is_unkept": reader.unkept is not None,
        "demo": reader.demo,
        "message": messages.get("", "") or ("" if reader.unkept is None else NOT_KEPT),
        "notice": notice,
        "outcomes": outcomes.shown(states, board, recorded),
        "recorded": recorded,
    }
    name = "quiz/_predictions.html" if form is Form.FRAGMENT else "quiz/predictions_page.html"
    return _html(reader, name, context, status)


def kept(reader: Reader, refused: Mapping[str, Refusal]) -> HttpResponse:
    """What came of a form: for one tick that was kept its own line, and else everything as it is now."""
    form = wanted(reader.request)
    at = reader.predictions.find(reader.request.POST.get("at", ""))
    if refused or form is Form.JSON:
        response = state(reader, refused)
        if form is Form.FRAGMENT:
            # A tick waits for a line of its own, but now there is more to say than fits in there.
            response.headers["HX-Retarget"] = "#predictions .predictions"
            response.headers["HX-Reswap"] = "outerHTML"
        return response
    if form is Form.PAGE and reader.unkept is None:
        return see_other(reader.address + ("" if reader.request.learner else _query(reader)))
    if form is Form.PAGE or at is None:
        return state(reader, notice="" if reader.unkept is not None else _notice(reader))
    chosen = next(state for state in reader.states if state.prediction is at)
    context = {"prediction": shown_choice(chosen), "is_unkept": reader.unkept is not None}
    return _html(reader, "quiz/_kept.html", context)


def sent_on(reader: Reader) -> HttpResponse:
    """Where a plain form sends its browser: on to the clean address, unless the cookie that went with it was lost."""
    return see_other(reader.address) if reader.learner else state(reader)


def too_often(request: HttpRequest, refusal: TooMany, lesson: str) -> HttpResponse:
    """Nothing was recorded, for the rate is used up."""
    return too_many(request, refusal, (reverse("quiz:predictions", args=[lesson]), "To the predictions"))


def _query(reader: Reader) -> str:
    """What was chosen, for an address: the cookie that goes with it may never come back."""
    chosen = {name: value for name, value in reader.request.POST.items() if name.startswith("choice-")}
    return f"?{urlencode({**chosen, 'sent': 1})}"


def _notice(reader: Reader) -> str:
    """What is kept now and since when, in a sentence: the answer to a press of the button."""
    rows = [(state.row, state) for state in reader.states if state.row and not state.closed]
    if not rows or not reader.learner:
        return ""
    zone = zone_of(reader.learner)
    changed = max(row.changed for row, _ in rows).astimezone(zone)
    at = f"{changed:%H:%M:%S}{' UTC' if zone is UNKNOWN else ''}"
    chosen = [f"“{state.chosen.words}”" for _, state in rows if state.chosen]
    skipped = sum(state.is_skipped for _, state in rows)
    parts = [*chosen, *([f"{skipped} skipped"] if skipped else [])]
    return f"Kept at {at}: {', '.join(parts)}. You may change it until you run it."


def reasoned(reader: Reader, question: str, why: Refusal | None = None) -> HttpResponse:
    """A reason with what is said about it, or why it was not recorded."""
    form = wanted(reader.request)
    status = _status([why] if why else [])
    if form is Form.PAGE and not why:
        return see_other(f"{reader.address}{'' if reader.request.learner else '?sent=1'}#outcome-{question}")
    chosen = next((state for state in reader.states if state.prediction.id == question), None)
    if form is not Form.FRAGMENT or chosen is None:
        if why:
            return problem(reader.request, status, "Not recorded", why.value, way_out=(reader.address, "Back"))
        return state(reader)
    context = {
        "reason": outcomes.shown_reason(chosen),
        "lesson": reader.lesson.slug,
        "message": why.value if why else "",
        "is_unkept": reader.unkept is not None,
        "is_fresh": True,
    }
    return _html(reader, "quiz/_reason.html", context, status)


def _html(reader: Reader, template: str, context: Mapping[str, Any], status: int = HTTPStatus.OK) -> HttpResponse:
    """The HTML with the pictures that its prose shows."""
    html = placed(render_to_string(template, dict(context)), reader.lesson.slug, reader.lesson.files)
    return never_stored(HttpResponse(html, status=status))


def _status(refused: Iterable[Refusal]) -> int:
    whys = list(refused)
    if not whys:
        return HTTPStatus.OK
    return HTTPStatus.CONFLICT if any(why in CONFLICTS for why in whys) else HTTPStatus.UNPROCESSABLE_ENTITY

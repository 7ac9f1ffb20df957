"""The quiz's responses to its readers, as fragment, page or JSON. Each is for one reader, now, and stored nowhere."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from http import HTTPStatus
from types import MappingProxyType
from typing import Any
from urllib.parse import urlencode, urlsplit
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse

from frontdoor.negotiation import Form, never_stored, wanted
from frontdoor.problems import problem, too_many
from frontdoor.rates import TooMany
from frontdoor.responses import json, see_other
from learners.identity import LearnerRequest
from lessons.catalog import Lesson
from lessons.pictures import placed
from quiz.form_tokens import token_of_shown, visitor_token
from quiz.paper import printed_for_learner
from quiz.presenters import NOTHING_SENT, adds_at_the_end, shown
from quiz.progress import Progress
from quiz.questions import Quiz
from quiz.recording import NotRecorded, Recorded, Refusal, SubmittedAnswer, nothing_answered, progress_of
from quiz.serializers import as_json, paper_as_json
from quiz.unkept import UnkeptAnswers, answers_carried, as_unkept, carried


@dataclass(frozen=True)
class Reader:
    """A reader at the quiz of a lesson, with what their request says.

    `learner` is who asks, or who a visitor is about to be. `unkept` is what a browser carries that keeps no cookie.
    """

    request: LearnerRequest
    lesson: Lesson
    quiz: Quiz
    learner: UUID
    unkept: UnkeptAnswers | None = None

    @property
    def address(self) -> str:
        """The page of the quiz alone."""
        return reverse("quiz:quiz", args=[self.quiz.lesson])

    def carrying(self, unkept: UnkeptAnswers) -> "Reader":
        """The same, with what its forms are to carry. Raises NotRecorded: that is too much."""
        carried(unkept)
        return replace(self, unkept=unkept)

    def progress(self) -> Progress:
        """How far the reader is. Of a visitor nothing is kept, so the database is not asked."""
        is_visitor = self.unkept is None and self.request.learner is None
        return nothing_answered(self.quiz, self.learner) if is_visitor else self.progress_now()

    def progress_now(self) -> Progress:
        """How far the reader is, by what was recorded, or by what is carried."""
        return self.unkept.progress(self.quiz) if self.unkept else progress_of(self.quiz, self.learner)


def state(reader: Reader, progress: Progress) -> HttpResponse:
    """How far the reader is."""
    if wanted(reader.request) is Form.JSON:
        return _json(reader, progress)
    return _html(reader, progress)


def on_paper(reader: Reader, progress: Progress) -> HttpResponse:
    """All questions, to be printed."""
    if wanted(reader.request) is Form.JSON:
        return json(paper_as_json(reader.quiz, progress))
    printed = printed_for_learner(progress)
    has_key = any(question.key for question in printed)
    context = {
        "lesson": reader.lesson,
        "quiz": reader.quiz,
        "printed": printed,
        "has_key": has_key,
        "quiz_at": reader.address,
    }
    return never_stored(HttpResponse(_with_pictures(reader, "quiz/paper.html", context)))


def _json(reader: Reader, progress: Progress) -> HttpResponse:
    """The state. A visitor sends `visitor` back with the first answer."""
    is_new = reader.request.learner is None and not progress.is_begun
    return json(as_json(reader.quiz, progress) | ({"visitor": visitor_token(reader.learner)} if is_new else {}))


def moved_on(reader: Reader, progress: Progress, question: str) -> HttpResponse:
    """Something was recorded: the state that came of it, at what was said of the question with this id.

    A plain form is sent on to the quiz, so that a reload sends nothing twice.
    """
    form = wanted(reader.request)
    if form is Form.JSON:
        return _json(reader, progress)
    if form is Form.PAGE and reader.unkept is None:
        text = _carried(reader, progress)
        query = f"?{urlencode({'carried': text})}" if text else ""
        is_judged = any(asked.attempts for asked in progress.go.asked if asked.question.id == question)
        return see_other(f"{reader.address}{query}#{'said' if is_judged else 'question'}-{question}")
    return _html(reader, progress, {"focus": question}, is_known=reader.unkept is None)


def answered(reader: Reader, recorded: Recorded, question: str) -> HttpResponse:
    """An answer to the question with this id was recorded.

    A page that shows all that came before gets the rest alone: the question as it is now, and the next or the score.
    """
    before, after = recorded
    # Of a page that a visitor opened, more changes than its end.
    is_known = reader.request.learner is not None and wanted(reader.request) is Form.FRAGMENT
    sent = reader.request.POST.get("shown", "")
    if not (is_known and adds_at_the_end(before, after) and sent == token_of_shown(reader.quiz, before.go)):
        return moved_on(reader, after, question)
    part = shown(reader.quiz, after, since=question)
    response = _html(reader, after, {"quiz": part, "focus": question}, name="quiz/_questions.html")
    response.headers["HX-Retarget"] = "closest .question"
    return response


def sent_on(reader: Reader) -> HttpResponse:
    """To the address of the quiz, at what was said of the last answer by what the address carried."""
    unkept = answers_carried(reader.quiz, reader.request.GET.get("carried", ""))
    place = f"#said-{unkept.attempts[-1].question}" if unkept and unkept.attempts else ""
    return see_other(f"{reader.address}{place}")


def too_often(request: HttpRequest, refusal: TooMany, lesson: str) -> HttpResponse:
    """Nothing was recorded, for the rate is used up. Said without a look at the database, which it is to spare."""
    response = too_many(request, refusal, (reverse("quiz:quiz", args=[lesson]), "To the quiz"))
    response.headers["HX-Reswap"] = "beforeend"  # below the quiz and not in its place, so that what was ticked stays
    return response


def _carried(reader: Reader, progress: Progress) -> str:
    """What forms carry where no cookie has come yet: so that nothing is lost when none ever does. Else empty."""
    if reader.request.learner or not (reader.unkept or progress.is_begun):
        return ""
    try:
        return carried(reader.unkept or as_unkept(progress, reader.learner))
    except NotRecorded:
        return ""  # it is recorded, and the cookie is on its way


def not_recorded(
    reader: Reader, progress: Progress, refusal: NotRecorded, sent: SubmittedAnswer | None = None
) -> HttpResponse:
    """Nothing was recorded: the state as it is, and why in its place. What was ticked or typed stays."""
    conflicts = refusal.why in (Refusal.ALREADY, Refusal.CHANGED, Refusal.REMOVED)
    status = HTTPStatus.CONFLICT if conflicts else HTTPStatus.UNPROCESSABLE_ENTITY
    if wanted(reader.request) is Form.JSON:
        return problem(reader.request, status, "Not recorded", str(refusal))
    current = progress.go.current
    is_current = sent is not None and current is not None and current.question.id == refusal.question
    typed = sent.form if sent and is_current and not conflicts else NOTHING_SENT
    seen = shown(reader.quiz, progress, typed)
    place = refusal.question if seen.has(refusal.question) else ""
    context = {"quiz": seen, "message": str(refusal), "message_at": place}
    return _html(reader, progress, context, is_known=progress.is_begun, status=status)


def _html(
    reader: Reader,
    progress: Progress,
    context: Mapping[str, Any] = MappingProxyType({}),
    *,
    is_known: bool = False,
    status: int = HTTPStatus.OK,
    name: str = "",
) -> HttpResponse:
    is_unkept = reader.unkept is not None
    known = (is_known and not is_unkept) or reader.request.learner is not None
    whole = {
        "quiz": context.get("quiz") or shown(reader.quiz, progress),
        "lesson": reader.quiz.lesson,
        "lesson_title": reader.lesson.title,
        "quiz_at": reader.address,
        "answer_at": reverse("quiz:answer", args=[reader.quiz.lesson]),
        "again_at": reverse("quiz:again", args=[reader.quiz.lesson]),
        "is_known": known,
        "is_unkept": is_unkept,
        "is_told": "told" in reader.request.POST,
        "visitor": "" if known or is_unkept else visitor_token(reader.learner),
        "carried": _carried(reader, progress),
        "shown": token_of_shown(reader.quiz, progress.go) if known else "",
        "next": _here(reader),
        **context,
    }
    name = name or ("quiz/_fragment.html" if wanted(reader.request) is Form.FRAGMENT else "quiz/page.html")
    return never_stored(HttpResponse(_with_pictures(reader, name, whole), status=status))


def _with_pictures(reader: Reader, template: str, context: Mapping[str, Any]) -> str:
    return placed(render_to_string(template, dict(context)), reader.quiz.lesson, reader.lesson.files)


def _here(reader: Reader) -> str:
    """Where a learner who starts fresh goes on: where they are, which for a fragment is the page around it."""
    own = reader.address
    if wanted(reader.request) is not Form.FRAGMENT:
        return f"{own}#quiz"
    try:
        around = urlsplit(reader.request.META.get("HTTP_HX_CURRENT_URL", "")).path
    except ValueError:  # no address that a browser would send
        around = ""
    return f"{around or own}#quiz"

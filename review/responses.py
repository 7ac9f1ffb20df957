"""The review's responses, as fragment, page or JSON. Each is for one learner, now, and stored nowhere."""

from collections.abc import Mapping
from dataclasses import dataclass
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
from frontdoor.responses import html, json, see_other
from learners.zones import UNKNOWN
from lessons.catalog import course
from lessons.pictures import placed
from quiz.kinds import kind_of
from quiz.presenters import NOTHING_SENT
from quiz.questions import Question
from quiz.serializers import open_question
from review.due import Schedule, ScheduledItem, content_of
from review.history import item_of
from review.models import Review
from review.presenters import A_FEW, ShownItem, Sitting, answered_item, open_item, sitting_of
from review.recording import NotRecorded, Sent, Why, recorded, token_of


@dataclass(frozen=True)
class Asking:
    """A request about the review of a lesson, or of all (an empty slug). `schedule` is None for a visitor.

    `done` counts the items of this sitting that are answered.
    """

    request: HttpRequest
    lesson: str
    learner: UUID | None
    schedule: Schedule | None
    done: int

    @property
    def at(self) -> str:
        """The address of this review."""
        return address(self.lesson)

    @property
    def sitting(self) -> Sitting:
        """How much there is to do."""
        return sitting_of(self.schedule, self.done) if self.schedule else Sitting(self.done, 0, 0, "")

    @property
    def current(self) -> ScheduledItem | None:
        """What is to be asked now: nothing after a few."""
        return self.schedule.due[0] if self.schedule and self.sitting.now else None


def address(lesson: str) -> str:
    """The address of the review of a lesson, or of all."""
    return reverse("review:lesson", args=[lesson]) if lesson else reverse("review:all")


def state(asking: Asking, turned: str = "", message: str = "", status: int = HTTPStatus.OK) -> HttpResponse:
    """The item that is due now. `turned` is the id of a card whose back is to be shown."""
    current = asking.current
    if wanted(asking.request) is Form.JSON:
        return _json(asking, current, turned)
    item = open_item(current, turned=turned == current.item.id) if current else None
    return _html(asking, item, message, status)


def answered(asking: Asking, review: Review, message: str = "", status: int = HTTPStatus.OK) -> HttpResponse:
    """What was recorded, with all there is to say of it, and the way on."""
    assert asking.schedule
    if wanted(asking.request) is Form.JSON:
        return _json(asking, asking.current, recorded=_told(review, asking.schedule))
    item = answered_item(review, asking.schedule)
    return _html(asking, item, message, status) if item else state(asking)


def moved_on(asking: Asking, review: Review) -> HttpResponse:
    """Something was recorded. A plain form is sent on to it, so that a reload sends nothing twice."""
    if wanted(asking.request) is not Form.PAGE:
        return answered(asking, review)
    # At what is said of it: of what is longer than the window, the focus alone would show the middle.
    query = urlencode({"after": review.pk, "done": asking.done})
    return see_other(f"{asking.at}?{query}#said-{review.item}")


def not_recorded(asking: Asking, sent: Sent, refusal: NotRecorded) -> HttpResponse:
    """Nothing was recorded: why, and what is there instead. What was ticked or typed stays where that makes sense."""
    is_unclear = refusal.why is Why.UNCLEAR
    status = HTTPStatus.UNPROCESSABLE_ENTITY if is_unclear else HTTPStatus.CONFLICT
    if wanted(asking.request) is Form.JSON:
        return problem(asking.request, status, "Not recorded", str(refusal))
    before = recorded(asking.learner, sent) if asking.learner and refusal.why is Why.ALREADY else None
    if before:
        return answered(asking, before, str(refusal), status)
    scheduled = asking.schedule.find(sent.item) if asking.schedule else None
    if scheduled is None:
        return state(asking, message=str(refusal), status=status)
    item = open_item(scheduled, turned=is_unclear, typed=sent.form if is_unclear else NOTHING_SENT)
    return _html(asking, item, str(refusal), status)


def too_often(request: HttpRequest, refusal: TooMany, lesson: str = "") -> HttpResponse:
    """Nothing was recorded, for the rate is used up. Said without a look at the database, which it is to spare."""
    response = too_many(request, refusal, (address(lesson if lesson in course().lessons else ""), "To your review"))
    response.headers["HX-Reswap"] = "beforeend"  # below the item and not in its place, so that what was ticked stays
    return response


def begun(request: HttpRequest, lesson: str) -> HttpResponse:
    """The cards of a lesson are due from now on: on to the first of them."""
    if wanted(request) is Form.JSON:
        return json({"lesson": lesson, "review": address(lesson)})
    return see_other(address(lesson))


def due_line(request: HttpRequest, lesson: str, schedule: Schedule) -> HttpResponse:
    """How much is due in a lesson, or in all when none is named, and how much elsewhere."""
    if wanted(request) is Form.JSON:
        return json({"due": schedule.counts, "zone": schedule.zone.key})
    here = len((schedule.of(lesson) if lesson else schedule).due)
    context = {
        "at": address(lesson),
        "is_lesson": bool(lesson),
        "here": here,
        "elsewhere": len(schedule.due) - here,
        "zone": schedule.zone.key,
    }
    return html("review/_due.html", context)


def _html(asking: Asking, item: ShownItem | None, message: str = "", status: int = HTTPStatus.OK) -> HttpResponse:
    is_fragment = wanted(asking.request) is Form.FRAGMENT
    lesson = course().lessons.get(asking.lesson)
    context = {
        "here": asking.at,
        "lesson": lesson,
        "item": item,
        "question": item.question if item else None,
        "card": item.card if item else None,
        "is_answered": bool(item and (item.said or (item.question and item.question.is_settled))),
        "sitting": asking.sitting,
        "a_few": A_FEW,
        "message": message,
        # Next to a question stands what is wrong with its answer; all else is said above it.
        "message_at": item.item.id if item and status == HTTPStatus.UNPROCESSABLE_ENTITY else "",
        "is_known": asking.learner is not None,
        "zone": asking.schedule.zone.key if asking.schedule else UNKNOWN.key,
        "takes_focus": is_fragment or bool(message),
    }
    text = render_to_string("review/_fragment.html" if is_fragment else "review/page.html", context)
    there = course().lessons.get(item.item.lesson) if item else None
    if there:
        text = placed(text, there.slug, there.files)
    return never_stored(HttpResponse(text, status=status))


def _json(
    asking: Asking, current: ScheduledItem | None, turned: str = "", recorded: Mapping[str, Any] | None = None
) -> HttpResponse:
    sitting = asking.sitting
    next_day = asking.schedule.next if asking.schedule else None
    body: dict[str, Any] = {
        "due": sitting.due,
        "current": _open(current, turned) if current else None,
        "next": {"day": next_day[0].isoformat(), "items": next_day[1]} if next_day else None,
        "zone": asking.schedule.zone.key if asking.schedule else UNKNOWN.key,
    }
    return json(body | ({"recorded": recorded} if recorded else {}))


def _open(scheduled: ScheduledItem, turned: str) -> dict[str, Any]:
    lesson, kind, item = scheduled.item
    content = scheduled.content
    told = {"lesson": lesson, "kind": kind, "item": item, "number": scheduled.number, "version": token_of(content)}
    if isinstance(content, Question):
        return {**told, "asked": open_question(content)}
    back = {"back": content.back} if turned == item else {}
    return {**told, "front": "\n\n".join(filter(None, (content.front, content.stem))), "send": "rating", **back}


def _told(review: Review, schedule: Schedule) -> dict[str, Any]:
    """What was recorded, as plain data; of a question also its key, which is earned now."""
    item = item_of(review)
    content = content_of(item)
    day = next((scheduled.day for scheduled in schedule.items if scheduled.item == item), None)
    key = {"key": kind_of(content).key(content), "points": review.grade} if isinstance(content, Question) else {}
    return {
        "lesson": review.lesson,
        "kind": review.kind,
        "item": review.item,
        "number": review.number,
        "rating": review.rating,
        "due": day.isoformat() if day else None,
        **key,
    }

"""What a learner is shown of their review: one item at a time, and of it exactly what they have earned.

The key of a question passes through quiz/presenters.py, as it does in a quiz. The back of a card is no secret: it
stands on the lesson's recall page for everybody.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.dateformat import format as formatted
from django.utils.safestring import SafeString

from lessons.catalog import course
from quiz.kinds import Form
from quiz.presenters import NOTHING_SENT, ShownQuestion, alone
from quiz.progress import Attempt
from quiz.questions import Question
from review.cards import Card
from review.due import Schedule, ScheduledItem, content_of
from review.history import Item, item_of
from review.models import Review
from review.recording import SAID, token_of
from review.scheduling import A_DAY, Rating

A_FEW = 5  # items of a sitting


@dataclass(frozen=True)
class ShownCard:
    """A card. `back_html` is empty until it is turned; `ratings` are what may be said of it, as (value, words)."""

    id: str
    front_html: SafeString
    stem_html: SafeString
    back_html: SafeString
    ratings: Sequence[tuple[int, str]]

    @property
    def is_turned(self) -> bool:
        """Whether its back is shown."""
        return bool(self.back_html)


@dataclass(frozen=True)
class ShownItem:
    """An item that is due, or was and is answered now. Either `question` or `card` is there.

    Attributes:
        lesson_title: that of the lesson from which it comes; `first_mode` is the mode with which that opens. Both are
            empty when the lesson was removed in this very moment.
        said: how a card was rated, in the learner's words; empty while it is open.
        again: when it comes back, like "tomorrow"; empty while it is open.
    """

    item: Item
    lesson_title: str
    first_mode: str
    question: ShownQuestion | None
    card: ShownCard | None
    has_changed: bool
    number: int
    form_token: str
    said: str = ""
    again: str = ""


@dataclass(frozen=True)
class Sitting:
    """A sitting: how much is due `now`, and how much `later`. `next` tells when more will be, in words."""

    done: int
    now: int
    later: int
    next: str

    @property
    def due(self) -> int:
        """How many items are due."""
        return self.now + self.later


def sitting_of(schedule: Schedule, done: int) -> Sitting:
    """What to do at a stretch, when so many items of it are done: a few at a time, and never a wall."""
    due = len(schedule.due)
    now = max(0, min(due, A_FEW - done))
    return Sitting(done, now, due - now, _next(schedule))


def open_item(scheduled: ScheduledItem, *, turned: bool = False, typed: Form = NOTHING_SENT) -> ShownItem:
    """An item that waits for its learner. `typed` is what its form sent, and gets back."""
    content = scheduled.content
    return ShownItem(
        item=scheduled.item,
        **_lesson(scheduled.item.lesson),
        question=alone(content, None, typed) if isinstance(content, Question) else None,
        card=_card(content, turned=turned) if isinstance(content, Card) else None,
        has_changed=scheduled.has_changed,
        number=scheduled.number,
        form_token=token_of(content),
    )


def answered_item(review: Review, schedule: Schedule) -> ShownItem | None:
    """An item that was answered, with all there is to say of it; None when the content no longer has it."""
    item = item_of(review)
    content = content_of(item)
    if content is None:
        return None
    question = alone(content, attempt_of(review)) if isinstance(content, Question) else None
    return ShownItem(
        item=item,
        **_lesson(item.lesson),
        question=question,
        card=_card(content, turned=True) if isinstance(content, Card) else None,
        has_changed=review.version != content.version,
        number=review.number,
        form_token=token_of(content),
        said="" if question else SAID[Rating(review.rating)],
        again=next((in_words(s.day, schedule.today) for s in schedule.items if s.item == item), ""),
    )


def attempt_of(review: Review) -> Attempt:
    """A review of a question as the one try that it was."""
    grade = review.grade or 0.0
    return Attempt(review.item, 1, 1, review.given or "", grade, grade == 1, review.version)


def in_words(day: date, today: date) -> str:
    """A day as seen from today: "today", "tomorrow", "on 27 November 2026"."""
    if day <= today:
        return "today"
    return "tomorrow" if day == today + A_DAY else f"on {formatted(day, 'j F Y')}"


def _next(schedule: Schedule) -> str:
    """When more will be due, and how much: "tomorrow, 2 items"."""
    if schedule.next is None:
        return ""
    day, count = schedule.next
    return f"{in_words(day, schedule.today)}, {count} item{'' if count == 1 else 's'}"


def _card(card: Card, *, turned: bool) -> ShownCard:
    ratings = [(rating.value, words) for rating, words in SAID.items()]
    return ShownCard(card.id, card.front_html, card.stem_html, card.back_html if turned else SafeString(), ratings)


def _lesson(slug: str) -> dict[str, str]:
    lesson = course().lessons.get(slug)
    return {"lesson_title": lesson.title if lesson else "", "first_mode": lesson.first.mode if lesson else ""}

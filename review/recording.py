"""Takes what was remembered, decides whether it counts, and records it once, however often it is sent."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from uuid import UUID

from django.db import IntegrityError, transaction

from learners.models import lock_learner
from quiz.form_tokens import version_token
from quiz.kinds import Form, Unclear, grade, take
from quiz.questions import Given, Question
from review.cards import Card
from review.due import Schedule, ScheduledItem, content_of, schedule
from review.history import Item
from review.models import Deck, Review
from review.scheduling import Rating

# What a learner says of a card, and which rating that is.
SAID = {Rating.Again: "Forgot", Rating.Hard: "Hard", Rating.Good: "Knew it", Rating.Easy: "Easy"}


class Why(Enum):
    """A reason why something was not recorded, in words for the learner."""

    ALREADY = "You had already answered this; your first answer counts."
    CHANGED = "This has changed since you opened it, so your answer was not counted. Here it is as it is now."
    GONE = "Its author has removed this since you opened it, so your answer was not counted. It is not asked any more."
    NOT_DUE = "That is not due now, so it was not counted."
    UNCLEAR = "Say first how well you knew it."
    NOBODY = "Nothing is kept of you in this browser, so nothing is due, and that was not counted."


class NotRecorded(Exception):
    """An answer that does not count. The text says why, and what would count."""

    def __init__(self, why: Why, said: str = "") -> None:
        super().__init__(said or why.value)
        self.why = why


@dataclass(frozen=True)
class Sent:
    """A form as it was sent: an answer to an item as it was shown."""

    item: Item
    form_token: str
    number: int
    form: Form


def token_of(content: Question | Card) -> str:
    """Stands for a version in a form. A card has no key that could be guessed from it."""
    return version_token(content) if isinstance(content, Question) else content.version


def record(learner: UUID | None, sent: Sent, at: datetime) -> Review:
    """Record how well a learner remembered something that is due.

    Raises:
        NotRecorded: it does not count, and nothing was changed. So it is for a visitor, who has nothing due.
    """
    if learner is None:
        raise NotRecorded(Why.NOBODY)
    try:
        with transaction.atomic():
            scheduled = due_for(schedule(learner, at), learner, sent)
            rating, given, worth = _taken(scheduled.content, sent.form)
            return Review.objects.create(
                learner_id=learner,
                lesson=sent.item.lesson,
                kind=sent.item.kind,
                item=sent.item.id,
                number=scheduled.number,
                rating=rating,
                given=given,
                grade=worth,
                version=scheduled.content.version,
            )
    except IntegrityError:
        # Two at once, on a database that lets both look before either writes. Or all that was kept of the learner has
        # been deleted in that moment.
        raise NotRecorded(Why.ALREADY if recorded(learner, sent) else Why.NOBODY) from None


def recorded(learner: UUID, sent: Sent) -> Review | None:
    """The review that was recorded for a form, by it or by another one with the same number."""
    lesson, kind, item = sent.item
    return Review.objects.filter(learner_id=learner, lesson=lesson, kind=kind, item=item, number=sent.number).first()


def ask_for(learner: UUID, lesson: str) -> None:
    """Let the cards of a lesson be due from now on, a few new ones a day. A second time changes nothing."""
    with transaction.atomic():
        lock_learner(learner)
        Deck.objects.get_or_create(learner_id=learner, lesson=lesson)


def due_for(known: Schedule, learner: UUID, sent: Sent) -> ScheduledItem:
    """The scheduled in a learner's schedule of the item that a form was for: due now, and as it was shown there.

    Raises:
        NotRecorded: it is not, so whatever the form says is about something else.
    """
    if content_of(sent.item) is None:
        raise NotRecorded(Why.GONE)
    scheduled = known.find(sent.item)
    if scheduled is None or scheduled.number != sent.number:
        # Looked at only now: what another form records meanwhile is no longer due, and has been answered already.
        raise NotRecorded(Why.ALREADY if recorded(learner, sent) else Why.NOT_DUE)
    if sent.form_token != token_of(scheduled.content):
        raise NotRecorded(Why.CHANGED)
    return scheduled


def _taken(content: Question | Card, form: Form) -> tuple[Rating, Given | None, float | None]:
    """The rating that follows from an answer, what was given, and what that is worth."""
    if isinstance(content, Card):
        ratings = form.getlist("rating")
        rating = next((rating for rating in SAID if ratings == [str(rating.value)]), None)
        if rating is None:
            raise NotRecorded(Why.UNCLEAR)
        return rating, None, None
    try:
        given = take(content, form)
    except Unclear as unclear:
        raise NotRecorded(Why.UNCLEAR, str(unclear)) from None
    worth = grade(content, given)
    return (Rating.Good if worth == 1 else Rating.Again), given, worth

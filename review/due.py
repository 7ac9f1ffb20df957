"""What is due for a learner, and when the rest is: from what they answered and from the content as it is now.

One query for each table, however many lessons there are.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from learners.zones import zone_of
from lessons.catalog import Course, course
from lessons.of_course import of_course
from quiz.kept import KeptCourse
from quiz.questions import Question
from quiz.reading import QUIZ
from review.cards import CARDS, Card
from review.history import History, Item, Past, history_of
from review.scheduling import A_DAY, Fact, Rating, begins, day_of, due_day, new_days

_RATINGS = {rating.value: rating for rating in Rating}


class ScheduledItem(NamedTuple):
    """An item that is in a learner's schedule.

    Attributes:
        item: its lesson, kind and id.
        content: the question or card as it is now.
        day: the day on which it is due, in the learner's zone.
        number: that of its next review, from 1.
        seen: the version of it that was last answered; empty for a card that is still to be met.
    """

    item: Item
    content: Question | Card
    day: date
    number: int
    seen: str

    @property
    def has_changed(self) -> bool:
        """Whether it is no longer what it was when it was last answered."""
        return bool(self.seen) and self.seen != self.content.version


@dataclass(frozen=True)
class Schedule:
    """Everything that is scheduled for a learner, by day, what they know before what is new."""

    zone: ZoneInfo
    at: datetime
    items: tuple[ScheduledItem, ...]

    @property
    def today(self) -> date:
        """The learner's day."""
        return day_of(self.at, self.zone)

    @cached_property
    def due(self) -> tuple[ScheduledItem, ...]:
        """What is due, the longest due first."""
        has_begun = {day: begins(day, self.zone) <= self.at for day in {scheduled.day for scheduled in self.items}}
        return tuple(scheduled for scheduled in self.items if has_begun[scheduled.day])

    @property
    def next(self) -> tuple[date, int] | None:
        """The next day on which something more will be due, and how many; None when nothing is scheduled."""
        days = [scheduled.day for scheduled in self.items[len(self.due) :]]
        return (days[0], days.count(days[0])) if days else None

    @property
    def counts(self) -> dict[str, int]:
        """How many items are due, by lesson. Lessons with none are left out."""
        return dict(Counter(scheduled.item.lesson for scheduled in self.due))

    def of(self, lesson: str) -> "Schedule":
        """What of it belongs to a lesson."""
        of_lesson = tuple(scheduled for scheduled in self.items if scheduled.item.lesson == lesson)
        return replace(self, items=of_lesson)

    def find(self, item: Item) -> ScheduledItem | None:
        """The scheduled of an item that is due, or None."""
        return next((scheduled for scheduled in self.due if scheduled.item == item), None)


def due_counts(learner: UUID, at: datetime, history: History | None = None) -> Mapping[str, int]:
    """How many items are due at a time, by lesson. Lessons with none are left out. `history` is as for `schedule`."""
    return schedule(learner, at, history).counts


def schedule(learner: UUID, at: datetime, history: History | None = None) -> Schedule:
    """All that is scheduled for a learner. What left the content is not; it is again when it comes back.

    Args:
        learner: whose schedule it is.
        at: the time for which it says what is due.
        history: that of the learner, where it is known already.
    """
    zone = zone_of(learner)
    history = history or history_of(learner, KeptCourse(learner))
    content = _content(course())
    known = [*_missed_questions(content, history, zone), *_met_cards(content, history, zone)]
    new = _new_cards(content, history, zone, day_of(at, zone))
    # The sort is stable: what is due on the same day keeps the order of the content, and what is new comes last.
    return Schedule(zone, at, tuple(sorted([*known, *new], key=lambda scheduled: scheduled.day)))


def content_of(item: Item) -> Question | Card | None:
    """The question or card as it is now, or None when it is there no more."""
    if item.kind == "card":
        return _content(course()).cards.get(item)
    quiz = course().get(item.lesson, QUIZ)
    return quiz.find(item.id) if quiz else None


def _missed_questions(content: "_Content", history: History, zone: ZoneInfo) -> Iterable[ScheduledItem]:
    """The questions that were missed on the first try."""
    items = [item for item in history.missed.keys() | history.reviews.keys() if item in content.questions]
    for item in sorted(items, key=content.places.__getitem__):
        missed, past = history.missed.get(item), history.reviews.get(item, [])
        yield _scheduled(item, content.questions[item], ([missed] if missed else []), past, zone)


def _met_cards(content: "_Content", history: History, zone: ZoneInfo) -> Iterable[ScheduledItem]:
    items = [item for item in history.reviews if item in content.cards]
    for item in sorted(items, key=content.places.__getitem__):
        yield _scheduled(item, content.cards[item], [], history.reviews[item], zone)


def _scheduled(
    item: Item, content: Question | Card, entered: Sequence[Past], past: Sequence[Past], zone: ZoneInfo
) -> ScheduledItem:
    happened = [*entered, *past]
    day = due_day([Fact(fact.at, _RATINGS[fact.rating]) for fact in happened], zone)
    return ScheduledItem(item, content, day, past[-1].number + 1 if past else 1, happened[-1].version)


def _new_cards(content: "_Content", history: History, zone: ZoneInfo, today: date) -> Iterable[ScheduledItem]:
    """Cards that nobody has shown the learner yet: from the day after a lesson's quiz was over, or once asked for."""
    entries: list[tuple[Item, Card, date]] = []
    begun = (history.over.keys() | history.decks.keys()) & content.cards_of.keys()
    for lesson in sorted(begun, key=content.lessons.__getitem__):
        days = []
        if over := history.over.get(lesson):
            days.append(day_of(over, zone) + A_DAY)
        if asked := history.decks.get(lesson):
            days.append(day_of(asked, zone))
        if days:
            first = min(days)
            cards = content.cards_of[lesson]
            entries += [(item, card, first) for item, card in cards if item not in history.reviews]
    firsts = (past[0] for item, past in history.reviews.items() if item.kind == "card")
    met = sum(day_of(first.at, zone) == today for first in firsts)
    days = new_days((entry for _, _, entry in entries), met, today)
    for (item, card, _), day in zip(entries, days, strict=True):
        yield ScheduledItem(item, card, day, number=1, seen="")


class _Content(NamedTuple):
    """Every question and every card that a course can ask again, in its order.

    `places` has the place of each in it, and `lessons` that of each lesson: what is sorted by them are the few that are
    kept of a learner.
    """

    questions: Mapping[Item, Question]
    cards: Mapping[Item, Card]
    cards_of: Mapping[str, Sequence[tuple[Item, Card]]]
    places: Mapping[Item, int]
    lessons: Mapping[str, int]


@of_course
def _content(current: Course) -> _Content:
    quizzes = ((slug, quiz) for slug, lesson in current.lessons.items() if (quiz := lesson.get(QUIZ)))
    decks = [(slug, deck) for slug, lesson in current.lessons.items() if (deck := lesson.get(CARDS))]
    cards_of = {slug: [(Item(slug, "card", card.id), card) for card in deck.cards] for slug, deck in decks}
    questions = {Item(slug, "question", question.id): question for slug, quiz in quizzes for question in quiz.questions}
    cards = dict(entry for cards in cards_of.values() for entry in cards)
    places = {item: place for place, item in enumerate([*questions, *cards])}
    return _Content(questions, cards, cards_of, places, {slug: place for place, slug in enumerate(current.lessons)})

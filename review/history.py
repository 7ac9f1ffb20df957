"""What a learner has done so far, as far as it decides what is due: read from the tables, one query each."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NamedTuple
from uuid import UUID

from learners.plain_rows import PlainRows
from lessons.catalog import course
from quiz.kept import KeptCourse
from quiz.progress import Go, progress
from quiz.reading import QUIZ
from quiz.recording import seed_for
from review.models import Deck, Review
from review.scheduling import Rating

Kind = Literal["question", "card"]


class Item(NamedTuple):
    """A question or a card of a lesson, by its id there."""

    lesson: str
    kind: Kind
    id: str


class Past(NamedTuple):
    """One time that something was answered: when, how well (1 to 4), and which version of it. Number 0 is the quiz."""

    number: int
    at: datetime
    rating: int
    version: str


@dataclass(frozen=True)
class History:
    """The history of a learner, as far as it decides a schedule.

    Attributes:
        missed: the first attempts in quizzes that were not fully right, each at the time of its question's last one.
        reviews: every review, by item, in order.
        over: when each quiz that is over had its last answer, by lesson.
        decks: when a lesson's cards were asked for, by lesson.
    """

    missed: Mapping[Item, Past]
    reviews: Mapping[Item, Sequence[Past]]
    over: Mapping[str, datetime]
    decks: Mapping[str, datetime]


class _Reviewed(NamedTuple):
    lesson: str
    kind: Kind
    item: str
    number: int
    created: datetime
    rating: int
    version: str


class _AskedFor(NamedTuple):
    lesson: str
    created: datetime


_reviews = PlainRows(Review, _Reviewed, by=("learner",), order=("number",))
_decks = PlainRows(Deck, _AskedFor, by=("learner",))


def history_of(learner: UUID, kept: KeptCourse, firsts: Mapping[str, Go] | None = None) -> History:
    """The history of a learner; an empty one for a visitor. Two queries.

    Args:
        learner: whose it is.
        kept: what is kept of their way through quizzes.
        firsts: their first go at each quiz that there is now, by lesson, where that is known already.
    """
    reviews: dict[Item, list[Past]] = defaultdict(list)
    for review in _reviews.find(learner):
        past = Past(review.number, review.created, review.rating, review.version)
        reviews[item_of(review)].append(past)
    missed: dict[Item, Past] = {}
    over: dict[str, datetime] = {}
    for lesson, go in (first_goes(learner, kept) if firsts is None else firsts).items():
        # What was answered in a later go, to try again, is no first attempt.
        answers = [answer for answer in kept.answers.get(lesson, ()) if answer.go == 1]
        # A question that may still be tried in the quiz would be given away by its review.
        settled = {asked.question.id for asked in go.settled}
        # It enters when its key was shown, which may be days after the first attempt: not to be asked on that same day.
        last = {answer.question: answer.created for answer in answers}
        for answer in answers:
            if answer.number == 1 and not answer.is_right and answer.question in settled:
                item = Item(lesson, "question", answer.question)
                missed[item] = Past(0, last[answer.question], Rating.Again, answer.version)
        if settled and not go.current:
            over[lesson] = max(answer.created for answer in answers if answer.question in settled)
    return History(missed, dict(reviews), over, dict(_decks.find(learner)))


def item_of(review: Review | _Reviewed) -> Item:
    """What a review was of."""
    return Item(review.lesson, "card" if review.kind == "card" else "question", review.item)


def first_goes(learner: UUID, kept: KeptCourse) -> dict[str, Go]:
    """The first go at each quiz of which anything was answered, as the quiz is now, by lesson."""
    quizzes = [quiz for lesson in kept.answers if (quiz := course().get(lesson, QUIZ))]
    seed = seed_for(quizzes, learner)
    return {quiz.lesson: progress(quiz, seed, kept.attempts(quiz.lesson), {}).goes[0] for quiz in quizzes}

"""What a learner has done so far, as far as it decides what is due: read from the tables, one query each."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NamedTuple
from uuid import UUID

from lessons.catalog import course
from quiz.models import Answer
from quiz.progress import Go, progress
from quiz.reading import QUIZ
from quiz.recording import attempt_of, seed_for
from review.models import Deck, Review
from review.scheduling import Rating

Kind = Literal["question", "card"]


class Item(NamedTuple):
    """A question or a card of a lesson, by its id there."""

    lesson: str
    kind: Kind
    id: str


@dataclass(frozen=True)
class Past:
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


def history_of(learner: UUID) -> History:
    """The history of a learner; an empty one for a visitor."""
    # What was answered in a later go, to try again, is no first attempt.
    answers = list(Answer.objects.filter(learner_id=learner, go=1).order_by("attempt"))
    reviews: dict[Item, list[Past]] = defaultdict(list)
    for review in Review.objects.filter(learner_id=learner).order_by("number"):
        past = Past(review.number, review.created, review.rating, review.version)
        reviews[item_of(review)].append(past)
    firsts = _first_goes(learner, answers)
    # A question that may still be tried in the quiz would be given away by its review.
    settled = {(lesson, asked.question.id) for lesson, go in firsts.items() for asked in go.settled}
    # It enters when its key was shown, which may be days after the first attempt: not to be asked on that same day.
    last = {(answer.lesson, answer.question): answer.created for answer in answers}
    missed = {
        Item(answer.lesson, "question", answer.question): Past(
            0, last[answer.lesson, answer.question], Rating.Again, answer.version
        )
        for answer in answers
        if answer.attempt == 1 and not answer.correct and (answer.lesson, answer.question) in settled
    }
    decks = Deck.objects.filter(learner_id=learner).values_list("lesson", "created")
    return History(missed, dict(reviews), _over(firsts, answers), dict(decks))


def item_of(review: Review) -> Item:
    """What a review was of."""
    return Item(review.lesson, "card" if review.kind == "card" else "question", review.item)


def _first_goes(learner: UUID, answers: Sequence[Answer]) -> dict[str, Go]:
    """The first go at each quiz of which anything was answered, as the quiz is now, by lesson."""
    by_lesson: dict[str, list[Answer]] = defaultdict(list)
    for answer in answers:
        by_lesson[answer.lesson].append(answer)
    quizzes = [quiz for lesson in by_lesson if (quiz := course().get(lesson, QUIZ))]
    seed = seed_for(quizzes, learner)
    return {quiz.lesson: progress(quiz, seed, map(attempt_of, by_lesson[quiz.lesson]), {}).goes[0] for quiz in quizzes}


def _over(firsts: Mapping[str, Go], answers: Sequence[Answer]) -> dict[str, datetime]:
    """When the quizzes that are over had their last answer."""
    ended: dict[str, datetime] = {}
    for lesson, go in firsts.items():
        if go.asked and not go.current:
            asked = {settled.question.id for settled in go.settled}
            ended[lesson] = max(a.created for a in answers if a.lesson == lesson and a.question in asked)
    return ended

"""What the review keeps about learners: how it is shown to them, and how two of them become one."""

from collections.abc import Sequence
from itertools import groupby
from uuid import UUID

from learners.personal_data import PersonalData, Row
from lessons.shown import words_in
from quiz.form_tokens import token_of_version
from quiz.personal_data import asked_in_words, in_words
from quiz.questions import Question
from review.cards import Card
from review.due import content_of
from review.history import item_of
from review.models import Deck, Review
from review.recording import SAID
from review.scheduling import Rating

PARKED = 1_000_000  # added to a number while the others take their places: more than anybody reviews one item


def reviews_of(learner: UUID) -> Sequence[Row]:
    """Every review of a learner, the oldest first."""
    return [_row(review) for review in Review.objects.filter(learner_id=learner).order_by("created", "pk")]


def _row(review: Review) -> Row:
    content = content_of(item_of(review))
    question = content if isinstance(content, Question) else None
    asked = words_in(content.front_html) if isinstance(content, Card) else asked_in_words(question)
    return {
        "lesson": review.lesson,
        "kind": review.kind,
        "item": asked or review.item,
        "number": review.number,
        "rating": Rating(review.rating).name,
        "said": SAID[Rating(review.rating)] if review.kind == "card" else None,
        "given": review.given if review.given is None else in_words(review.given, question),
        "grade": review.grade,
        "id": review.item,
        "version": token_of_version(review.item, review.version),
        "at": review.created.isoformat(),
    }


def merge_reviews(first: UUID, second: UUID) -> None:
    """Let all reviews be the second learner's, and count those of each item anew, in the order of their times.

    Nothing is lost and nothing doubled: both have happened, and a schedule follows from all of it.
    """
    moved = {item_of(review) for review in Review.objects.filter(learner_id=first)}
    both = Review.objects.filter(learner_id__in=(first, second)).order_by("lesson", "kind", "item", "created", "pk")
    renumbered = []
    for item, reviews in groupby(both, key=item_of):
        if item in moved:
            for number, review in enumerate(reviews, 1):
                review.learner_id, review.number = second, number
                renumbered.append(review)
    # The database looks at each row by itself, so no number may be taken twice even for a moment.
    for review in renumbered:
        review.number += PARKED
    Review.objects.bulk_update(renumbered, ["learner", "number"], batch_size=200)
    for review in renumbered:
        review.number -= PARKED
    Review.objects.bulk_update(renumbered, ["number"], batch_size=200)


def decks_of(learner: UUID) -> Sequence[Row]:
    """The cards that a learner asked for, the oldest first."""
    decks = Deck.objects.filter(learner_id=learner).order_by("created", "pk")
    return [{"lesson": deck.lesson, "at": deck.created.isoformat()} for deck in decks]


def merge_decks(first: UUID, second: UUID) -> None:
    """Let all decks be the second learner's. Where both asked for the same one, the earlier time counts."""
    theirs = {deck.lesson: deck for deck in Deck.objects.filter(learner_id=second)}
    for deck in Deck.objects.filter(learner_id=first):
        if same := theirs.get(deck.lesson):
            Deck.objects.filter(pk=same.pk).update(created=min(same.created, deck.created))
            deck.delete()
        else:
            Deck.objects.filter(pk=deck.pk).update(learner_id=second)


REVIEWS = PersonalData(
    name="reviews",
    title="Reviews",
    says="What you remembered when something was due, and when: from this follows when it is due again.",
    model=Review,
    rows=reviews_of,
    merge=merge_reviews,
)
DECKS = PersonalData(
    name="decks",
    title="Cards in your review",
    says="The lessons whose cards you asked for, so that they come to you.",
    model=Deck,
    rows=decks_of,
    merge=merge_decks,
)

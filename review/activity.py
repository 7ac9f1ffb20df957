"""When a learner last did something of a lesson in the review: for the room above, which says where they are."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Max

from review.models import Deck, Review


def last_reviewed(learner: UUID) -> Iterable[tuple[str, datetime]]:
    """The times of the latest review of each lesson, and of asking for its cards. One query."""
    reviews = Review.objects.filter(learner_id=learner).values_list("lesson").annotate(at=Max("created"))
    decks = Deck.objects.filter(learner_id=learner).values_list("lesson").annotate(at=Max("created"))
    return reviews.union(decks, all=True)

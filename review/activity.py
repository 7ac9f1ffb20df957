"""When a learner last did something of a lesson in the review: for the room above, which says where they are."""

from datetime import datetime
from uuid import UUID

from django.db.models import Max

from review.models import Deck, Review


def last_reviewed(learner: UUID) -> dict[str, datetime]:
    """The time of the latest review, or of asking for the cards, by lesson. One query."""
    reviews = Review.objects.filter(learner_id=learner).values_list("lesson").annotate(at=Max("created"))
    decks = Deck.objects.filter(learner_id=learner).values_list("lesson").annotate(at=Max("created"))
    latest: dict[str, datetime] = {}
    for lesson, at in reviews.union(decks, all=True):
        latest[lesson] = max(at, latest.get(lesson, at))
    return latest

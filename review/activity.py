"""When a learner last did something of a lesson in the review: for the room above, which says where they are."""

from collections.abc import Iterable
from datetime import datetime

from review.history import History


def last_reviewed(history: History) -> Iterable[tuple[str, datetime]]:
    """The times at which something of a lesson was reviewed last, and at which its cards were asked for."""
    for item, past in history.reviews.items():
        yield item.lesson, max(review.at for review in past)
    yield from history.decks.items()

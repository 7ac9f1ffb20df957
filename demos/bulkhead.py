"""A bulkhead: a fixed number of places for work that holds a thread. Whoever finds none is told so; nobody queues.

The web processes of a site have them in common (frontdoor/places.py).
"""

from collections.abc import Iterator
from contextlib import contextmanager

from frontdoor.metrics import PLACES_TAKEN, refused
from frontdoor.places import Places

# Seconds after which a place counts as given back, when the machine that took it is gone: twice the longest work.
LEASE = 20.0


class Full(Exception):
    """Every place is taken."""

    def __init__(self, places: int) -> None:
        super().__init__(f"Every place for work inside a request is taken (there are {places}).")
        self.places = places


class Bulkhead:
    """So many places, and no queue: a queue would hold the very threads that the bulkhead keeps free."""

    def __init__(self, places: int) -> None:
        self.places = places
        self._places = Places("blocking", places, lease=LEASE)

    @contextmanager
    def place(self) -> Iterator[None]:
        """Hold a place while the block runs.

        Raises:
            Full: there is none.
        """
        place = self._places.take()
        if place is None:
            refused("places for work inside a request")
            raise Full(self.places)
        taken = PLACES_TAKEN.labels("blocking")
        try:
            taken.inc()
            yield
        finally:
            taken.dec()
            self._places.give_back(place)

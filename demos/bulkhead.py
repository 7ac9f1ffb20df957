"""A bulkhead: a fixed number of places for work that holds a thread. Whoever finds none is told so; nobody queues."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore


class Full(Exception):
    """Every place is taken."""

    def __init__(self, places: int) -> None:
        super().__init__(f"Every place for work inside a request is taken (there are {places}).")
        self.places = places


class Bulkhead:
    """So many places, and no queue: a queue would hold the very threads that the bulkhead keeps free."""

    def __init__(self, places: int) -> None:
        self.places = places
        self._free = BoundedSemaphore(places)

    @contextmanager
    def place(self) -> Iterator[None]:
        """Hold a place while the block runs.

        Raises:
            Full: there is none.
        """
        if not self._free.acquire(blocking=False):
            raise Full(self.places)
        try:
            yield
        finally:
            self._free.release()

"""Several things done at the same time, each in a thread with a database connection of its own."""

import threading
from collections.abc import Callable

from django.db import connection


def at_once(*actions: Callable[[], object]) -> list[object]:
    """Do all of it at once, and return what came of each: what it returned, or the exception that it raised."""
    results: list[object] = [None] * len(actions)
    start = threading.Barrier(len(actions))

    def run(place: int) -> None:
        try:
            start.wait()
            results[place] = actions[place]()
        except Exception as error:  # noqa: BLE001 - the test says which ones there may be
            results[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(actions))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results

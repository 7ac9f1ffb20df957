"""What the site acknowledged, and what its database has of it: each thing once."""

import contextlib
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from uuid import UUID

# Of each kind of thing that is kept: whose it is, and what tells it apart.
QUERIES = {
    "answers": "SELECT learner_id, lesson, question, go, attempt FROM quiz_answer",
    "predictions": "SELECT learner_id, lesson, question FROM quiz_prediction WHERE chosen <> ''",
    "measurements": 'SELECT learner_id, lesson, "case" FROM stopwatch_measurement',
    "marks": "SELECT learner_id, lesson, mode FROM progress_reading WHERE read",
}

Kept = dict[str, Counter[tuple[Any, ...]]]


def nothing_kept() -> Kept:
    """No things of each kind."""
    return {what: Counter() for what in QUERIES}


def kept_in_sqlite(file: Path) -> Kept:
    """Everything in a site's file, and how often it stands there."""
    with contextlib.closing(sqlite3.connect(file)) as database:
        return _kept(database.execute)


def kept_in_postgresql(url: str) -> Kept:
    """Everything in the database at a URL, and how often it stands there."""
    import psycopg

    with psycopg.connect(url) as database:
        return _kept(database.execute)


def _kept(execute: Callable[[Any], Iterable[Any]]) -> Kept:
    return {
        what: Counter((UUID(str(learner)).hex, *rest) for learner, *rest in execute(query))
        for what, query in QUERIES.items()
    }


def lost(acknowledged: Kept, recorded: Kept) -> dict[str, int]:
    """How many things of each kind are not there, or not once."""
    return {what: sum(recorded[what][thing] != 1 for thing in things) for what, things in acknowledged.items()}

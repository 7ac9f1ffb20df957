"""Makes many learners of few, in the database itself: each is there so many times more, with all that they did.

python -m tests.bench.copying 99      # after tests.bench.seeding
"""

import os
import random
import sys
import uuid

from tests.bench.seeding import COLUMNS

LEARNER, ANSWERS, PREDICTIONS, MEASUREMENTS = COLUMNS
# What a copy has for itself; all else is as the learner has it who is copied.
OWN = {"learner_id": "copies.fresh", "key": "copies.fresh", "receipt": "receipt || copies.number"}


def main(copies: int) -> None:
    """Add so many copies of everybody, and let the database count what it has, as it does by itself in time."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from django.db import connection, transaction

    chance = random.Random(copies)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:  # each row goes to a place of its own in four indexes: these stay in memory
            cursor.execute("PRAGMA cache_size = -1000000")
            cursor.execute("PRAGMA synchronous = OFF")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT key FROM learners_learner WHERE key IN (SELECT learner_id FROM quiz_answer)")
        everybody = [key for (key,) in cursor.fetchall()]
        cursor.execute(
            "CREATE TEMPORARY TABLE copies AS"
            " SELECT key AS old, key AS fresh, 0 AS number FROM learners_learner LIMIT 0"
        )
        cursor.executemany(
            "INSERT INTO copies (old, fresh, number) VALUES (%s, %s, %s)",
            [
                (old, uuid.UUID(int=chance.getrandbits(128), version=4).hex, number)
                for number in range(copies)
                for old in everybody
            ],
        )
        for table, columns in COLUMNS.items():
            theirs = "key" if table == LEARNER else "learner_id"
            selected = ", ".join(OWN.get(column, column) for column in columns)
            # As they came in: by the day, and not one learner after the other.
            order = "since" if table == LEARNER else "created"
            cursor.execute(
                f"INSERT INTO {table} ({', '.join(columns)})"
                f" SELECT {selected} FROM {table} JOIN copies ON {theirs} = copies.old ORDER BY {order}, copies.number"
            )
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


if __name__ == "__main__":
    main(int(sys.argv[1]))

"""Rows counted: each different one, and how often it is there.

What is asked has a row for each learner, of whom a lesson may have a hundred thousand. What comes back has some hundred
rows, and none of anybody.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, transaction
from django.db.models import QuerySet

# What PostgreSQL supposes by itself is a disk that seeks. So it reads the whole table and sorts it in files, instead of
# one index from end to end, in which all stands in the order that is asked for: a million answers took it 0.7 s instead
# of 0.3 s. To compile such a query takes longer than it saves.
PLANNED = "SET LOCAL random_page_cost = 1.1; SET LOCAL work_mem = '32MB'; SET LOCAL jit = off"

Rows = QuerySet[Any, Any]


def tally(rows: Rows, *names: str) -> list[tuple[Any, ...]]:
    """Each different row of these columns, and at its end how often it is there. One query."""
    each, parameters = _sql(rows, names)
    return _counted(each, parameters, names)


def tally_by_learner(rows: Sequence[Rows], *names: str) -> list[tuple[Any, ...]]:
    """Each different combination of what learners have, and at its end how many learners have it. One query.

    Args:
        rows: of several tables, each with `learner` and all the columns. Of those of one learner the greatest count.
        names: columns of whole numbers.
    """
    asked = [_sql(table, ("learner", *names)) for table in rows]
    together = " UNION ALL ".join(sql for sql, _ in asked)
    greatest = ", ".join(f"MAX({name}) AS {name}" for name in map(_quoted, names))
    each = f"SELECT {greatest} FROM ({together}) AS kept GROUP BY {_quoted('learner')}"  # noqa: S608 - names of ours
    return _counted(each, [parameter for _, parameters in asked for parameter in parameters], names)


def _sql(rows: Rows, names: Sequence[str]) -> tuple[str, Sequence[Any]]:
    sql, parameters = rows.values(*names).query.get_compiler(DEFAULT_DB_ALIAS).as_sql()
    return f"SELECT {_listed(names)} FROM ({sql}) AS asked", parameters  # noqa: S608 - as Django wrote it


def _counted(each: str, parameters: Sequence[Any], names: Sequence[str]) -> list[tuple[Any, ...]]:
    if connection.vendor == "sqlite":
        # It works in this process, and would sort the rows to count them.
        with connection.cursor() as cursor:
            cursor.execute(each, parameters)
            return [(*row, count) for row, count in Counter(iter(cursor)).items()]
    columns = _listed(names)
    sql = f"SELECT {columns}, COUNT(*) FROM ({each}) AS each GROUP BY {columns}"  # noqa: S608 - names of ours
    with _planned(), connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def _listed(names: Sequence[str]) -> str:
    return ", ".join(map(_quoted, names))


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


@contextmanager
def _planned() -> Iterator[None]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(PLANNED)
        yield

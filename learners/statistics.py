"""Whose rows figures about the class leave out: those of learners who only try what others learn from.

The rooms that have such a rule register it in `AppConfig.ready`; the rooms that count ask here, and know no rule. What
is left out is still shown to its own learner.
"""

from collections.abc import Callable
from typing import TypeVar

from django.db.models import Model, QuerySet

from frontdoor.registers import Register
from learners.models import Learner

Row = TypeVar("Row", bound=Model)

_left_out: Register[Callable[[], QuerySet[Learner]]] = Register("statistics rule")


def register_left_out(name: str, learners: Callable[[], QuerySet[Learner]]) -> None:
    """Leave learners out of every figure about the class. Who they are is asked anew for each."""
    _left_out.add(name, learners)


def in_class(rows: QuerySet[Row]) -> QuerySet[Row]:
    """The rows that figures about the class count. The model has a foreign key `learner`. Adds no query."""
    for learners in _left_out.values():
        rows = rows.exclude(learner__in=learners())
    return rows

"""Rooms that only some accounts may enter: the way there, and what is kept there of an account.

A room registers itself in `AppConfig.ready`. What hangs on an account and on no learner is told of here; what hangs on
a learner, in learners/personal_data.py.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from frontdoor.registers import Register
from learners.models import Account


@dataclass(frozen=True)
class Room:
    """A place that some accounts may enter.

    Attributes:
        name: its key in the download of "My data".
        title: what stands on the link to it.
        url_name: the name of its address.
        is_for: whether an account may enter.
        says: what is kept there of an account, and what becomes of it when the account is deleted; for the page.
        kept: all of it, as plain JSON.
    """

    name: str
    title: str
    url_name: str
    is_for: Callable[[Account], bool]
    says: str
    kept: Callable[[Account], Mapping[str, Any]]


rooms: Register[Room] = Register("room")


def register_room(room: Room) -> None:
    """Show the way to a room to those whom it is for."""
    rooms.add(room.name, room)


def rooms_for(account: Account | None) -> list[Room]:
    """The rooms that an account may enter."""
    return [room for room in rooms.values() if account is not None and room.is_for(account)]

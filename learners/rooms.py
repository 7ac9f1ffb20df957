"""What the rooms above put on the account page of those whom it is for. A room registers it in `AppConfig.ready`."""

from collections.abc import Callable
from dataclasses import dataclass

from learners.models import Account


@dataclass(frozen=True)
class Room:
    """Somewhere that some accounts may go. `url_name` is the name of its address, `title` what stands on the link."""

    title: str
    url_name: str
    is_for: Callable[[Account], bool]


rooms: list[Room] = []


def register_room(room: Room) -> None:
    """Show the way to a room to those whom it is for."""
    if room not in rooms:
        rooms.append(room)


def rooms_for(account: Account | None) -> list[Room]:
    """The rooms that an account may enter."""
    return [room for room in rooms if account is not None and room.is_for(account)]

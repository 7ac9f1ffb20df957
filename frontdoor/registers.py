"""What rooms register with a room below them, by name: the rooms above teach those below what there is."""

from typing import TypeVar

from django.core.exceptions import ImproperlyConfigured

Thing = TypeVar("Thing")


class Register(dict[str, Thing]):
    """Things by their names, in the order in which they were registered. `kind` says what they are, in a word."""

    def __init__(self, kind: str) -> None:
        super().__init__()
        self.kind = kind

    def add(self, name: str, thing: Thing) -> None:
        """Register a thing under its name.

        Raises:
            ImproperlyConfigured: there is one of that name. Names both, for one would silently take the other's place.
        """
        if name in self:
            both = f"first was {self[name]!r:.200}, then came {thing!r:.200}"
            raise ImproperlyConfigured(f"The {self.kind} “{name}” is registered twice: {both}.")
        self[name] = thing

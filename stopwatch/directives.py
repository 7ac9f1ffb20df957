"""The blocks of a lesson that show what was measured."""


def register() -> None:
    """Tell the registry of these blocks."""

"""The units that are told in each other, and what learners call them."""

from collections.abc import Iterable
from fractions import Fraction

# What one of each unit is in the first of its row. Within a row a learner may answer in any unit.
UNITS = (
    {"s": "1", "ms": "1e-3", "µs": "1e-6", "us": "1e-6", "ns": "1e-9", "min": "60", "h": "3600", "d": "86400"},
    {
        "B": "1",
        "kB": "1e3",
        "KB": "1e3",
        "MB": "1e6",
        "GB": "1e9",
        "KiB": "1024",
        "MiB": "1048576",
        "GiB": "1073741824",
    },
)
# What a learner may call one. An author's unit is a word as it stands: "day shifts" are no days.
NAMES = {
    **dict.fromkeys(("sec", "secs", "second", "seconds"), "s"),
    **dict.fromkeys(("msec", "msecs", "millisecond", "milliseconds"), "ms"),
    **dict.fromkeys(("microsecond", "microseconds"), "µs"),
    **dict.fromkeys(("nanosecond", "nanoseconds"), "ns"),
    **dict.fromkeys(("mins", "minute", "minutes"), "min"),
    **dict.fromkeys(("hr", "hrs", "hour", "hours"), "h"),
    **dict.fromkeys(("day", "days"), "d"),
    **dict.fromkeys(("byte", "bytes"), "B"),
}


def is_told_in_others(unit: str) -> bool:
    """Whether a unit is one of ours."""
    return _row(unit) is not None


def units_beside(unit: str) -> Iterable[str]:
    """The unit itself, and those in which it can be told."""
    return (unit, *(_row(unit) or ()))


def factor(unit: str, into: str) -> Fraction | None:
    """What one of a unit is in another one; None when they measure different things."""
    row = _row(unit)
    if row is None:
        return Fraction(1) if unit.casefold().rstrip(".") == into.casefold().rstrip(".") else None
    return Fraction(row[unit]) / Fraction(row[into]) if into in row else None


def factor_of_typed(unit: str, into: str) -> Fraction | None:
    """The same for a unit as a learner types it: by its name, or with the capital that a phone put in front."""
    return factor(_meant(unit), into) or factor(_meant(unit), _meant(into))


def _meant(unit: str) -> str:
    small = unit.casefold()
    # A capital is another size of bytes, but no other time.
    return unit if _row(unit) else NAMES.get(small, small if small in UNITS[0] else unit)


def _row(unit: str) -> dict[str, str] | None:
    return next((row for row in UNITS if unit in row), None)

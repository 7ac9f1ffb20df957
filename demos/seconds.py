"""How long a demo may be asked to wait."""

import re
from collections.abc import Sequence

DEFAULT = 3.0
LARGEST = 10.0

# Plain decimal notation in ASCII digits. What float() takes besides (nan, 1e9, 1_0, other scripts' digits) is refused.
_NOTATION = re.compile(r"[0-9]{1,6}(\.[0-9]{1,6})?", re.ASCII)


class NotAllowed(ValueError):
    """What was asked for is not a number of seconds that a demo takes. Its text says what is allowed."""

    def __init__(self) -> None:
        super().__init__(f"seconds takes one number from 0 to {LARGEST:g}, like 3 or 0.5.")


def parse(given: Sequence[str]) -> float:
    """The seconds that were asked for, 0 to 10.

    Args:
        given: every value that the request has for the field; none at all means the default, 3.

    Raises:
        NotAllowed: there are several values, or the one is empty, no plain decimal number, or above 10.
    """
    if not given:
        return DEFAULT
    if len(given) > 1 or not _NOTATION.fullmatch(given[0]):
        raise NotAllowed
    seconds = float(given[0])
    if seconds > LARGEST:
        raise NotAllowed
    return seconds

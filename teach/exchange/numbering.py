"""How the items of a list that came as HTML are numbered: from which number on, and what of it Markdown has not."""

import re

from teach.exchange.tokens import attribute, name_of

START = re.compile("[0-9]{1,8}")
REVERSED = re.compile(r"(?<![\w-])reversed\b", re.IGNORECASE)
NO_NUMBER = "the number of an item of a list is not carried: items are counted here"


def before_first(token: str, lost: list[str]) -> int:
    """The number before that of the first item. Of numbers that Markdown has not, it is said that they are lost.

    Args:
        token: the tag with which the list begins.
        lost: gets a sentence for each thing that is not carried.
    """
    if name_of(token) != "ol":
        return 0
    start, kind = attribute(token, "start"), attribute(token, "type")
    if kind not in ("", "1"):
        lost.append(f"the items of a list are numbered 1, 2, 3 here, and not as in the type {kind[:10]}")
    if REVERSED.search(token):
        lost.append("the items of a list are numbered upwards here, and not downwards")
    if START.fullmatch(start):
        return int(start) - 1
    if start:
        lost.append(f"a list begins at 1 here, and not at {start[:10]}")
    return 0

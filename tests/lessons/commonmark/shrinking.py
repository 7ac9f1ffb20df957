"""The smallest text that still has a property: what a test says of a text that nobody wrote."""

import re
from collections.abc import Callable, Iterator

WORD = re.compile(r"[^\W_]{2,}")


def smallest(text: str, holds: Callable[[str], bool]) -> str:
    """A text from which nothing more can be left out, nor made simpler, or the property is lost.

    A line that has words keeps one: else every list would shrink to an item with nothing in it, which is a kind apart.
    """
    found = True
    while found:
        found = False
        for simpler in _simpler(text):
            if simpler != text and holds(simpler):
                text, found = simpler, True
                break
    return text


def _simpler(text: str) -> Iterator[str]:
    rows = text.split("\n")
    for count in (4, 2, 1):
        for at in range(len(rows) - count + 1):
            yield "\n".join(rows[:at] + rows[at + count :])
    margin = min((len(row) - len(row.lstrip(" ")) for row in rows if row.strip()), default=0)
    if margin:
        yield "\n".join(row[margin:] for row in rows)
    yield WORD.sub("a", text)
    for at, row in enumerate(rows):
        for shorter in _shorter(row):
            yield "\n".join([*rows[:at], shorter, *rows[at + 1 :]])


def _shorter(row: str) -> Iterator[str]:
    has_words = _has_words(row)
    for count in (8, 4, 3, 2, 1):
        for at in range(len(row) - count + 1):
            shorter = row[:at] + row[at + count :]
            if _has_words(shorter) or not has_words:
                yield shorter
    for at, sign in enumerate(row):
        if sign.isalpha() and sign != "a":
            yield row[:at] + "a" + row[at + 1 :]
        elif sign in "+*":
            yield row[:at] + "-" + row[at + 1 :]
        elif sign in "0456789" or (sign == "3" and at):
            yield row[:at] + "1" + row[at + 1 :]


def _has_words(row: str) -> bool:
    return any(sign.isalpha() for sign in row)

"""Two texts side by side, line by line, by difflib. It takes time as the square of how much differs, and is bounded."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

from teach import apart

AROUND = 3  # lines that are the same, shown around each difference
# Of lines. Texts of more are compared without those that occur often: where many are equal, each is held against each.
MOST_PAIRS = 1_000_000


@dataclass(frozen=True)
class Row:
    """A line of both texts. A number of 0 means that this text has no such line.

    `kind` is "same", "changed", "added" (only in the second), "removed" (only in the first) or "gap", which stands for
    lines that are the same and not shown.
    """

    kind: str
    number: int = 0
    text: str = ""
    other_number: int = 0
    other: str = ""


def compared(first: str, second: str) -> list[Row]:
    """The lines that differ, with some around them. Of equal texts, none.

    Of texts that cannot be compared in time, all lines stand side by side.
    """
    try:
        return apart.run(differences, first, second)
    except apart.GivenUp:
        one, two = (list(enumerate(text.split("\n"), 1)) for text in (first, second))
        return list(_rows("replace", one, two))


def differences(first: str, second: str) -> list[Row]:
    """The same, here and now, however long it takes."""
    one, two = first.split("\n"), second.split("\n")
    matcher = SequenceMatcher(None, one, two, autojunk=len(one) * len(two) > MOST_PAIRS)
    rows: list[Row] = []
    for group in matcher.get_grouped_opcodes(AROUND):
        if rows or group[0][1] > 0:
            rows.append(Row("gap"))
        for kind, a, b, c, d in group:
            rows.extend(_rows(kind, list(enumerate(one[a:b], a + 1)), list(enumerate(two[c:d], c + 1))))
    return rows


def _rows(kind: str, one: list[tuple[int, str]], two: list[tuple[int, str]]) -> Iterator[Row]:
    for left, right in zip_longest(one, two):
        if right is None:
            yield Row("removed", left[0], left[1])
        elif left is None:
            yield Row("added", other_number=right[0], other=right[1])
        else:
            yield Row("same" if kind == "equal" else "changed", left[0], left[1], right[0], right[1])

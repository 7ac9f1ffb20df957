"""Where our pages show something else than a code host does, and whether the author is told."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher, unified_diff

from markdown_it.token import Token

from lessons.dialect.advice import differences
from lessons.prose import ProseRenderer
from lessons.scanning import Problem, scan
from tests.lessons.commonmark.code_host import shown, tokens
from tests.lessons.commonmark.outline import blocks


@dataclass(frozen=True)
class Difference:
    """Blocks that differ, with the lines (from 1) on which they stand for a code host."""

    first: int
    last: int
    ours: tuple[str, ...]
    theirs: tuple[str, ...]

    def __str__(self) -> str:
        """Both outlines, told apart line by line."""
        rows = unified_diff(self.theirs, self.ours, "a code host", "our pages", n=99, lineterm="")
        return f"lines {self.first} to {self.last}\n" + "\n".join(rows)


def differing(text: str) -> list[Difference]:
    """What differs, block by block."""
    parts = tokens(text)
    ours, theirs = blocks(ProseRenderer().render(text)), blocks(shown(parts))
    if ours == theirs:
        return []
    rows = _rows(parts, theirs, text)
    found = []
    end = text.count("\n") + 1
    for kind, begin, stop, our_begin, our_stop in SequenceMatcher(None, theirs, ours, autojunk=False).get_opcodes():
        if kind != "equal":
            # What is in our pages alone stands somewhere between its neighbours.
            first = rows[begin][0] if begin < stop else (rows[begin - 1][0] if begin else 1)
            last = rows[stop - 1][1] if begin < stop else (rows[begin][1] if begin < len(rows) else end)
            ours_here = [line for block in ours[our_begin:our_stop] for line in block]
            theirs_here = [line for block in theirs[begin:stop] for line in block]
            found.append(Difference(first, max(first, last), tuple(ours_here), tuple(theirs_here)))
    return found


def unsaid(text: str) -> list[Difference]:
    """What differs without a warning on one of its lines."""
    found = differing(text)
    warned = {problem.line for problem in (*scan(text)[1], *differences(text))} if found else set()
    return [each for each in found if not any(each.first <= line <= each.last for line in warned)]


def _rows(parts: list[Token], theirs: list[tuple[str, ...]], text: str) -> list[tuple[int, int]]:
    """The lines on which each block stands: all lines, where a tag around several blocks is written out."""
    found: list[tuple[str, ...]] = []
    rows: list[tuple[int, int]] = []
    begin = 0
    for end, token in enumerate(parts, 1):
        if token.level == 0 and token.nesting <= 0:
            these = blocks(shown(parts[begin:end]))
            first, last = parts[begin].map or (0, 0)
            found.extend(these)
            rows.extend([(first + 1, last)] * len(these))
            begin = end
    return rows if found == theirs else [(1, text.count("\n") + 1)] * len(theirs)


def false_alarms(text: str) -> Iterator[Problem]:
    """Warnings about a text that shows the same."""
    if not differing(text):
        yield from differences(text)

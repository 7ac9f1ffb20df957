"""What of a Markdown text is code, what is a comment, and what is left as words.

Only as exact as advice has to be: Python-Markdown decides what a reader sees. Each function looks at every character a
bounded number of times, whatever an author writes.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from lessons.scanning import lines

MARK = re.compile(r"(?P<ticks>`+)|(?P<comment><!--)|(?P<break>\n[ \t\r]*(?=\n))")
LINK_TARGET = re.compile(r"\]\([^()\n]*\)|\]\[[^\[\]\n]*\]")
TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
EMPHASIS = re.compile(r"(?<!\w)\*+|\*+(?!\w)|(?<![^\W_])_+|_+(?![^\W_])|~~")
SIGNS = re.compile(r"[\[\]\\]|^[ \t]*(?:>[ \t]?)+", re.MULTILINE)


@dataclass(frozen=True)
class Piece:
    """A piece of a text as it stands there, with the marks around it: all pieces one after the other are the text."""

    kind: Literal["words", "code", "fence", "comment"]
    raw: str

    @property
    def code(self) -> str:
        """The code without its backticks or fences."""
        if self.kind == "fence":
            return "\n".join(self.raw.strip("\n").split("\n")[1:-1])
        return self.raw.strip("`").strip()


def pieces(text: str) -> Iterator[Piece]:
    """A Markdown text in pieces."""
    rows = [f"{row}\n" for row in text.split("\n")]
    rows[-1] = rows[-1].removesuffix("\n")
    for fence, group in groupby(zip(lines(text), rows, strict=True), key=lambda pair: pair[0].fence):
        raw = "".join(row for _, row in group)
        if fence:
            yield Piece("fence", raw)
        else:
            yield from _inline(raw)


def _inline(text: str) -> Iterator[Piece]:
    closing = _closing_ticks(text)
    done = 0
    for mark in MARK.finditer(text):
        start, kind = mark.start(), mark.lastgroup
        if start < done or kind == "break":
            continue
        if kind == "comment":
            found = text.find("-->", start)
            if found < 0:  # it is no comment, and neither is any behind it
                yield from _uncommented(text, done, closing)
                return
            end = found + 3
        else:
            end = closing.get(start, 0)
        if end:
            yield from _words(text[done:start])
            yield Piece("comment" if kind == "comment" else "code", text[start:end])
            done = end
    yield from _words(text[done:])


def _uncommented(text: str, done: int, closing: dict[int, int]) -> Iterator[Piece]:
    for start, end in closing.items():
        if start >= done:
            yield from _words(text[done:start])
            yield Piece("code", text[start:end])
            done = end
    yield from _words(text[done:])


def _words(text: str) -> Iterator[Piece]:
    if text:
        yield Piece("words", text)


def _closing_ticks(text: str) -> dict[int, int]:
    """Where the code ends that begins at a place: behind the next run of as many backticks in the same paragraph."""
    ends: dict[int, int] = {}
    behind: dict[int, int] = {}  # by its length, the end of the next run behind the place that is looked at
    for mark in reversed(list(MARK.finditer(text))):
        if mark.lastgroup == "break":
            behind = {}
        elif mark.lastgroup == "ticks":
            length = len(mark[0])
            escaped = mark.start() > 0 and text[mark.start() - 1] == "\\"
            if length in behind and not escaped:
                ends[mark.start()] = behind[length]
            behind[length] = mark.end()
    return dict(reversed(ends.items()))


def without_code(text: str) -> str:
    """The text with spaces in the place of code and comments. Every other character stays where it was."""
    return "".join(piece.raw if piece.kind == "words" else re.sub(r"[^\n]", " ", piece.raw) for piece in pieces(text))


def words_of(text: str) -> str:
    """About what a reader sees of a text: without its markup, in one line."""
    return " ".join(_seen(piece) for piece in pieces(text)).strip()


def _seen(piece: Piece) -> str:
    if piece.kind == "comment":
        return ""
    if piece.kind != "words":
        return piece.code
    text = TAG.sub("", LINK_TARGET.sub("", piece.raw))
    return " ".join(SIGNS.sub("", EMPHASIS.sub("", text)).split())

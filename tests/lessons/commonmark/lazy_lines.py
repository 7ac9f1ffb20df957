"""Which texts markdown-it-py (4.3) reads otherwise than the specification, so that nothing can be held against it.

A line without the signs or the indentation of the block above goes on with the paragraph in that block, whatever it
begins with, when it stands four columns in (CommonMark, sections 5.1 and 5.2). This reader ends the paragraph where
such a line begins with a sign; GitHub's own does not. Nor does it break a line at two spaces behind a backslash.
"""

import re
from dataclasses import dataclass, field

CODE = 4  # columns
ITEM = re.compile(r" *(?:[-+*]|[0-9]{1,9}[.)])(?: {1,4}(?=[^ ])| |$)")
QUOTE = re.compile(r" *>")
SIGNS = frozenset(">#*_+`~<-0123456789|")


def is_sure(text: str) -> bool:
    """Whether the reader keeps to the specification in a text."""
    blocks = _Open()
    return "\\  \n" not in text and all(map(blocks.takes, text.expandtabs(CODE).split("\n")))


@dataclass
class _Open:
    """The blocks that stand open: how many quotes, and in which columns the text of the items begins."""

    quotes: int = 0
    columns: list[int] = field(default_factory=list)
    is_below: bool = False  # whether a line with something in it stands above

    def takes(self, row: str) -> bool:
        """Read one more line: False if it is one of those."""
        quotes, at = self._quotes(row)
        indent = at + len(row[at:]) - len(row[at:].lstrip(" "))
        goes_on = self.is_below and (quotes < self.quotes or any(column > indent for column in self.columns))
        if goes_on and indent - self._inside(at, indent) >= CODE and row[indent : indent + 1] in SIGNS:
            return False
        self.is_below = bool(row.strip())
        if self.is_below and not (goes_on and not ITEM.match(row, at)):
            self._open(row, quotes, indent)
        return True

    def _inside(self, at: int, indent: int) -> int:
        """The column where the innermost block begins of those to which something that far in belongs."""
        return max(at, *(column for column in (0, *self.columns) if column <= indent))

    def _quotes(self, row: str) -> tuple[int, int]:
        """How many quotes a line stands in, and where what it says begins."""
        quotes = at = 0
        while found := QUOTE.match(row, at):
            if found.end() - 1 - self._inside(at, found.end() - 1) >= CODE:
                break
            quotes += 1
            at = found.end() + row[found.end() :].startswith(" ")
        return quotes, at

    def _open(self, row: str, quotes: int, indent: int) -> None:
        self.columns = [column for column in self.columns if column <= indent]
        at = indent
        while found := ITEM.match(row, at) or QUOTE.match(row, at):
            at = found.end()
            if found[0].endswith(">"):
                quotes += 1
                at += row[at:].startswith(" ")
            else:
                self.columns.append(at + (at == len(row) and not found[0].endswith(" ")))
        self.quotes = quotes

"""How the lines of a Markdown text begin: what each opens, by the rules of CommonMark 0.31.2, sections 4 and 5.

Tabs have been made spaces before, and code in fences and HTML have been put away: a mark stands for each.
"""

import re
from dataclasses import dataclass

from markdown.util import ETX, STX

CODE = 4  # columns from which on a line is code, or goes on with a paragraph
MOST_SPACES = 4  # between a list's sign and its text; with more of them, the text is code

QUOTE = re.compile(r"^ {0,3}> ?")
HEADING = re.compile(r"^ {0,3}(?P<signs>#{1,6})(?:[ ]+(?P<text>.*?))??(?:[ ]+#+)?[ ]*$")
UNDERLINE = re.compile(r"^ {0,3}(?P<sign>=|-)(?P=sign)*[ ]*$")
RULE = re.compile(r"^ {0,3}(?P<sign>[-*_])(?:[ ]*+(?P=sign)){2,}[ ]*$")
ITEM = re.compile(r"^(?P<before> {0,3})(?P<sign>[-+*]|(?P<number>[0-9]{1,9})[.)])(?:(?P<after> +)(?P<text>.*))?$")
PUT_AWAY = re.compile(rf"^ {{0,3}}{STX}[^{STX}{ETX}]*{ETX}[ ]*$")
DELIMITERS = re.compile(r"^ {0,3}\|?(?:[ ]*+:?-++:?[ ]*+\|)*+(?:[ ]*+:?-++:?[ ]*+)?$")  # below the head of a table
OPENERS = frozenset(f">#-*_+0123456789{STX}")  # with one of these begins what a line can open
CELLS = re.compile(r"(?<!\\)\|")


@dataclass(frozen=True)
class Item:
    """The beginning of a list's item: its sign (`-`, `.` behind a number), its number, and where its text begins."""

    sign: str
    number: int
    column: int
    text: str

    @property
    def is_ordered(self) -> bool:
        """Whether it has a number."""
        return self.sign in ".)"


def indent(row: str) -> int:
    """The spaces at the beginning of a line."""
    return len(row) - len(row.lstrip(" "))


def item(row: str) -> Item | None:
    """The item that begins in a line, or None. A line of three signs is none: it is a rule."""
    found = ITEM.match(row)
    if not found or RULE.match(row):
        return None
    sign = found["sign"][-1]
    number = int(found["number"]) if found["number"] else 0
    column = len(found["before"]) + len(found["sign"])
    text = (found["text"] or "").rstrip()
    if not text:
        return Item(sign, number, column + 1, "")
    spaces = len(found["after"])
    if spaces > MOST_SPACES:
        return Item(sign, number, column + 1, " " * (spaces - 1) + text)
    return Item(sign, number, column + spaces, found["text"])


def interrupts(row: str) -> bool:
    """Whether a line ends the paragraph above it. A list does if its first item has text, and no number but 1."""
    if row.lstrip(" ")[:1] not in OPENERS:
        return False
    if QUOTE.match(row) or HEADING.match(row) or RULE.match(row) or PUT_AWAY.match(row):
        return True
    found = item(row)
    return found is not None and bool(found.text.strip()) and not (found.is_ordered and found.number != 1)


def opens(row: str) -> bool:
    """Whether a line opens something by itself, where no paragraph stands above it."""
    return row.lstrip(" ")[:1] in OPENERS and bool(
        QUOTE.match(row) or HEADING.match(row) or RULE.match(row) or PUT_AWAY.match(row) or item(row)
    )


def heads_table(row: str, below: str) -> bool:
    """Whether a line is the head of a table: below it stand as many delimiters as it has cells."""
    if ("|" not in row and "|" not in below) or not DELIMITERS.match(below) or "-" not in below:
        return False
    return _cells(row) == _cells(below)


def _cells(row: str) -> int:
    bare = row.strip()
    ends = bare.startswith("|") + (len(bare) > 1 and bare.endswith("|") and not bare.endswith("\\|"))
    return len(CELLS.findall(bare)) + 1 - ends

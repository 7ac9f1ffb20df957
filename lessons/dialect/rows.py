"""How the lines of a Markdown text begin: what each opens, by the rules of CommonMark 0.31.2, sections 4 and 5."""

import re
from dataclasses import dataclass

# Stands before a line that is text, whatever it begins with, and is taken out of the HTML. No text has this character,
# which Unicode keeps for such uses.
NO_MARK = "\ufdd0"
BLANK = " \t"  # what a line that counts as empty may hold
CODE = 4  # columns from which on a line is code, or goes on with a paragraph
MOST_SPACES = 4  # between a list's sign and its text; with more of them, the text is code

QUOTE = re.compile(r"^ {0,3}> ?")
HEADING = re.compile(r"^ {0,3}(?P<signs>#{1,6})(?:[ \t]++(?P<text>.*))?$")
UNDERLINE = re.compile(r"^ {0,3}(?:(?P<of_first>=++)|-++)[ \t]*+$")
RULE = re.compile(r"^ {0,3}(?:(?:-[ \t]*+){3,}+|(?:\*[ \t]*+){3,}+|(?:_[ \t]*+){3,}+)$")
ITEM = re.compile(r"^(?P<before> {0,3})(?P<sign>[-+*]|(?P<number>[0-9]{1,9})[.)])(?:(?P<after> ++)(?P<text>.*))?$")
FENCE = re.compile(r"^(?P<before> {0,3})(?:(?P<ticks>`{3,}+)(?P<of_ticks>[^`]*)|(?P<tildes>~{3,}+)(?P<of_tildes>.*))$")
DELIMITERS = re.compile(r"^ {0,3}\|?(?:[ \t]*+:?-++:?[ \t]*+\|)*+(?:[ \t]*+:?-++:?[ \t]*+)?$")  # below a table's head
BAR = re.compile(r"(?<!\\)\|")
# White space and signs, up to the text of a line; also a sign that turns out to be a part of the text.
BEFORE_TEXT = re.compile(r"^(?:[ \t>]|[-+*](?=[ \t])|[0-9]{1,9}[.)](?=[ \t]))*+")
OPENERS = frozenset(">#-*_+0123456789`~<")  # with one of these begins what a line can open


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


def with_spaces(row: str) -> str:
    """The line with spaces in the place of tabs before its text; those within it stay as they are."""
    if "\t" not in row:
        return row
    found = BEFORE_TEXT.match(row)
    end = found.end() if found else 0
    return row[:end].expandtabs(CODE) + row[end:]


def without(row: str, columns: int) -> str:
    """The line without so many columns of white space; of a tab that reaches over the last one, the rest stays."""
    at = column = 0
    while column < columns and at < len(row) and row[at] in " \t":
        column += CODE - column % CODE if row[at] == "\t" else 1
        at += 1
    return " " * (column - columns) + row[at:]


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
    text = found["text"] or ""
    if not text.strip(BLANK):
        return Item(sign, number, column + 1, "")
    spaces = len(found["after"])
    if spaces > MOST_SPACES:
        return Item(sign, number, column + 1, " " * (spaces - 1) + text)
    return Item(sign, number, column + spaces, text)


def heading(row: str) -> tuple[int, str] | None:
    """The level and the text of the heading that a line is, or None. Signs that close it are no part of it."""
    found = HEADING.match(row)
    if not found:
        return None
    text = (found["text"] or "").rstrip()
    bare = text.rstrip("#")
    return len(found["signs"]), text if bare and bare[-1] not in " \t" else bare.rstrip()


def opens(row: str) -> bool:
    """Whether a line opens something by itself, where no paragraph stands above it. HTML is not looked for here."""
    return row.lstrip(" ")[:1] in OPENERS and bool(
        QUOTE.match(row) or HEADING.match(row) or RULE.match(row) or FENCE.match(row) or item(row)
    )


def interrupts(row: str) -> bool:
    """Whether a line ends the paragraph above it. A list does if its first item has text, and no number but 1."""
    if not opens(row):
        return False
    found = item(row)
    return found is None or (bool(found.text) and not (found.is_ordered and found.number != 1))


def cells(row: str) -> list[str]:
    r"""The cells of a table's row. Only `\|` is a bar that ends none, also in code, which shows it as | alone."""
    bare = row.strip(" \t").removeprefix("|")
    found = BAR.split(bare)
    if len(found) > 1 and not found[-1].strip():
        del found[-1]
    return [cell.strip(" \t").replace("\\|", "|") for cell in found]


def heads_table(row: str, below: str) -> bool:
    """Whether a line is the head of a table: below it stand as many delimiters as it has cells."""
    if "-" not in below or ("|" not in row and "|" not in below) or not DELIMITERS.match(below):
        return False
    return len(cells(row)) == len(cells(below))

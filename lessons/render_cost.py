"""Whether a content file can be read in a moment: the bounds within which reading takes time as its length.

An instructor may send any text, and it is read at every pause in their typing (teach/). The Markdown library copies
what is left of a paragraph at each mark in it, and what is left of a list or quote at each level: time as the square of
their length. Measured with Python-Markdown 3.11, in one piece of 200 KB: `*a*` takes more than 8 s, `![` a minute,
200 quotes within each other 2 s, 50,000 headings 80 s. Within these bounds no text of that size takes as much as 2 s
(tests/costly_texts.py has those that were tried, and docs/benchmarks.md the seconds of each).

What stands in code is counted, too: where code ends is the library's to say, and it need not agree with our scanner.
"""

import re
from collections.abc import Iterator
from itertools import chain, islice

from lessons.scanning import Problem

MOST_BYTES = 200 * 1024  # a lesson is some ten thousand
MOST_LINES = 10_000
LONGEST_PIECE = 10_000  # characters without an empty line between them; a page of a book has some three thousand
MOST_ROWS = 500  # lines likewise
DEEPEST = 10  # lists and quotes within each other
MOST_SQUARED = 1_000_000  # of the marks in each paragraph, all paragraphs together
MOST_FENCES = 1_000
MOST_ABBREVIATIONS = 500
MOST_HEADINGS = 1_000
MOST_LINKS = 5_000
MOST_SIGNS = 30_000
MOST_CELLS = 20_000  # of all tables: each row gets as many as the widest one
MARKS = re.compile(r"[\[<]")
FENCE = re.compile(r"^[ \t>]*+(?:```|~~~)")
ABBREVIATION = re.compile(r"^[ ]{0,3}\*\[")
HEADING = re.compile(r"^[ >]*+(?:#|={1,}+[ ]*$|-{1,}+[ ]*$)")  # also one that is written as a line under its text
LINK = re.compile(r"\]\(|\]:|<[a-zA-Z]{1,20}:|href")
SIGNS = re.compile(r"\*+|_+|`+")  # of emphasis and code
# What opens a quote or a list, and the white space around it: at the beginning of a line, as often as it stands there.
LEVEL = re.compile(r"([ \t]*+)(?:>|(?:[-*+]|[0-9]{1,9}[.)])(?=[ \t]))")
MOST_DOTS = 100  # in a line of course.toml, which has no use for any
COLUMNS = 4  # of a level that is made by indentation


def too_costly(source: str) -> list[Problem]:
    """Why a text cannot be read in a moment, at the line where it becomes too much; of other texts, nothing."""
    return too_long(source) or list(islice(chain(_in_pieces(source), _in_rows(source)), 1))


def too_long(source: str) -> list[Problem]:
    """Why a text, whatever it is, is too long."""
    size = len(source.encode("utf-8", "surrogatepass"))
    if size > MOST_BYTES:
        return [Problem(1, 1, f"the file has {size:,} bytes, and at most {MOST_BYTES:,} are read: make several of it")]
    if source.count("\n") >= MOST_LINES:
        return [Problem(MOST_LINES, 1, f"there are more than {MOST_LINES:,} lines: make several files of it")]
    return []


def too_dotted(source: str) -> list[Problem]:
    """Why TOML cannot be read in a moment: tomllib takes time as the square of the dots in a key."""
    rows = enumerate(source.split("\n"), 1)
    return [
        Problem(number, 1, f"more than {MOST_DOTS} dots stand in a line")
        for number, row in islice((each for each in rows if each[1].count(".") > MOST_DOTS), 1)
    ]


def _in_pieces(source: str) -> Iterator[Problem]:
    """What is too much of a piece: of what stands between two empty lines."""
    squared = marks = began = length = columns = cells = 0
    for number, row in enumerate([*source.split("\n"), ""], 1):
        if not row.strip(" \t\r"):
            squared += marks * marks
            cells += columns * (number - began)
            marks = began = length = columns = 0
            continue
        began = began or number
        marks += len(MARKS.findall(row))
        length += len(row)
        columns = max(columns, row.count("|"))
        if length > LONGEST_PIECE:
            yield Problem(
                began, 1, f"there are more than {LONGEST_PIECE:,} characters without an empty line: make paragraphs"
            )
        if number - began >= MOST_ROWS:
            yield Problem(began, 1, f"there are more than {MOST_ROWS} lines without an empty one: make paragraphs")
        if cells + columns * (number - began + 1) > MOST_CELLS:
            yield Problem(began, 1, f"the tables have more than {MOST_CELLS:,} cells, empty ones counted")
        if squared + marks * marks > MOST_SQUARED:
            yield Problem(began, 1, "there are more [ and < than can be read: a paragraph can have some hundreds")


def _in_rows(source: str) -> Iterator[Problem]:
    """What is too much of a line, or of a kind of line."""
    fences = abbreviations = headings = links = signs = 0
    for number, row in enumerate(source.split("\n"), 1):
        fences += bool(FENCE.match(row))
        abbreviations += bool(ABBREVIATION.match(row))
        headings += bool(HEADING.match(row))
        links += len(LINK.findall(row))
        signs += len(SIGNS.findall(row))
        if _depth(row) > DEEPEST:
            yield Problem(number, 1, f"more than {DEEPEST} lists or quotes stand within each other here")
        if fences > MOST_FENCES:
            yield Problem(number, 1, f"there are more than {MOST_FENCES:,} fences of code, so this cannot be read")
        if headings > MOST_HEADINGS:
            yield Problem(number, 1, f"there are more than {MOST_HEADINGS:,} headings, so this cannot be read")
        if abbreviations > MOST_ABBREVIATIONS:
            yield Problem(number, 1, f"there are more than {MOST_ABBREVIATIONS:,} abbreviations (*[…]:)")
        if links > MOST_LINKS:
            yield Problem(number, 1, f"there are more than {MOST_LINKS:,} links, so this cannot be read")
        if signs > MOST_SIGNS:
            yield Problem(number, 1, f"there are more than {MOST_SIGNS:,} signs of emphasis and code (* _ `)")


def _depth(row: str) -> int:
    """About how many lists and quotes a line opens or stands in; 0 of one that begins with neither."""
    depth = at = 0
    while found := LEVEL.match(row, at):
        depth += 1 + len(found[1].expandtabs(COLUMNS)) // COLUMNS
        at = found.end()
    return depth

"""Cuts a file in GIFT into blocks, as Moodle does: whatever stands between two empty lines is one question.

Escaped characters are swapped for others that no file has, so that every mark which is left is a mark, and plain
searches find it. `restored` puts them back.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import cast

from lessons.scanning import Problem
from quiz.foreign import BREAK, Format, Piece
from teach.exchange.indentation import lost_at

MARKS = "~=#{}:"
SWAPPED = {mark: chr(0xFDD0 + place) for place, mark in enumerate(MARKS)}
MEANT = {f"\\{mark}": swapped for mark, swapped in SWAPPED.items()} | {"\\\\": "\\", "\\n": BREAK}
# With the marks of formulas, between which \n may begin the name of one of these commands of TeX.
ESCAPED = re.compile(r"\\{1,2}[(\[]|\\[\\~=#{}:n]|\$\$")
CLOSES = {"(": r"\)", "[": r"\]", "$": "$$"}
LONGEST_FORMULA = 500  # characters
COMMAND = re.compile(
    r"\\n(?:abla|e|eq|eg|u|i|otin|mid|parallel|leq|geq|less|gtr|sim|cong|exists|subseteq|supseteq|earrow|warrow|atural"
    r"|rightarrow|leftarrow|Rightarrow|olimits|onumber|ot(?=[ ]?[\\=<>]))(?![a-zA-Z])"
)
BACK = str.maketrans({swapped: mark for mark, swapped in SWAPPED.items()})
FORMATS = ("moodle", "html", "plain", "markdown")
LEAD = re.compile(r"[ \t]*+")
LABELS = re.compile(r"\[(?P<name>id|tag):(?P<text>[^\[\]]{1,200})\]")


@dataclass
class Block:
    """The lines between two empty ones, without comments. Places in its text are offsets."""

    first: int
    text: str
    ends: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.ends = [place for place, char in enumerate(self.text) if char == "\n"]

    def line(self, place: int) -> int:
        """The line of the file on which a place is."""
        return self.first + bisect_left(self.ends, place)

    def lead(self, line: int) -> str:
        """The white space with which a line of the file begins."""
        place = self.ends[line - self.first - 1] + 1 if line > self.first else 0
        found = LEAD.match(self.text, place)
        return found[0] if found else ""

    def trimmed(self, start: int, end: int) -> tuple[int, int]:
        """The same part without white space around it."""
        part = self.text[start:end]
        start += len(part) - len(part.lstrip())
        return start, max(start, start + len(part.strip()))

    def piece(self, start: int, end: int, default: Format) -> Piece:
        """A part of the text, with its format if it names one."""
        start, end = self.trimmed(start, end)
        line, form = self.line(start), default
        for name in FORMATS:
            if self.text.startswith(f"[{name}]", start, end):
                start, form = start + len(name) + 2, cast("Format", name)
                break
        part = self.text[start:end]
        lost = lost_at(part, self.lead(line), form) if "\n" in part else None
        return Piece(line, restored(part), form, 0 if lost is None else line + lost)


def restored(part: str) -> str:
    """A part with its escaped characters, and with its lines as they are without indentation."""
    rows = (row.strip() for row in part.split("\n"))
    return "\n".join(row for row in rows if row).translate(BACK).strip(f"{BREAK} \n\t")


def blocks(text: str, problems: list[Problem]) -> Iterator[Block]:
    """The blocks of a file. `problems` gets what its comments say that is not carried."""
    rows: list[str] = []
    first = 0
    for number, row in enumerate([*text.split("\n"), ""], 1):
        bare = row.strip()
        if bare:
            first = first or number
            is_comment = bare.startswith("//")
            rows.append("" if is_comment else _unescaped(number, row, problems))
            problems.extend(_labels(number, bare) if is_comment else ())
        elif rows:
            yield Block(first, "\n".join(rows))
            rows, first = [], 0


def _unescaped(number: int, row: str, problems: list[Problem]) -> str:
    r"""A row with its escaped characters swapped. In a formula, a command like \nabla begins with no new line."""
    over = 0  # where the formula ends that began last
    torn: list[str] = []

    def meant(found: re.Match[str]) -> str:
        nonlocal over
        said = found[0]
        if (mark := said[-1]) in CLOSES and found.start() >= over:
            over = max(over, row.find(CLOSES[mark], found.end(), found.end() + LONGEST_FORMULA))
        elif said == r"\n" and found.end() < over and (command := COMMAND.match(row, found.start())):
            torn.append(command[0])
            return said
        return MEANT.get(said) or said.replace(r"\\", "\\")

    written = ESCAPED.sub(meant, row)
    if torn:
        message = f"in a formula, {torn[0]} stays whole here: Moodle reads its \\n as a new line (write \\{torn[0]})"
        problems.append(Problem(number, 1, message, warning=True))
    return written


def _labels(line: int, comment: str) -> Iterator[Problem]:
    """What Moodle 3 and later say of a question in a comment before it."""
    for found in LABELS.finditer(comment):
        what = "id number" if found["name"] == "id" else "tag"
        yield Problem(line, 1, f"the {what} “{found['text'].strip()}” is not carried", warning=True)

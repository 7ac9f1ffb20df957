"""Reads the text of a cards.md into cards as written, each piece still Markdown, by its lines.

Nothing is raised: whatever a file holds, its author gets cards and problems, by line and column.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from lessons.scanning import Line, Problem, lines
from quiz.checking import ID
from quiz.parsing import HEADING, QUOTED
from quiz.parsing import ID as MARKED_ID

BACK = re.compile(r"^(?:\*\*back:\*\*|\*\*back\*\*:|back:)[ \t]*+(?P<text>.*)$", re.IGNORECASE)
GOES_ON = "a back goes on with > at the beginning of each line, also of an empty one"


@dataclass
class WrittenCard:
    """A card as written. The column counts from 1; `back_line` is 0 where it has no back."""

    line: int
    text: str
    id: str
    id_column: int
    prose: list[str] = field(default_factory=list)
    backs: list[str] = field(default_factory=list)
    back_line: int = 0

    @property
    def stem(self) -> str:
        """The prose under the heading, which belongs to the front."""
        return "\n".join(self.prose).strip("\n")

    @property
    def back(self) -> str:
        """What stands behind Back:."""
        return "\n".join(self.backs).strip()

    @property
    def has_beside(self) -> bool:
        """Whether the back begins on the line of its name. There it is no list, say, but a line."""
        return bool(self.backs and self.backs[0].strip())


def parse(source: str, first: int = 1) -> tuple[list[WrittenCard], list[Problem]]:
    """Read a text without its front matter, whose first line has the number `first` in the file."""
    reader = _Reader()
    for line in lines(source, first):
        reader.read(line)
    if line.in_code and not line.closes:
        message = "the code block is never closed: repeat its fence on a line of its own"
        reader.problems.append(Problem(line.fence, 1, message))
    return reader.cards, [*reader.problems, *_wrong(reader.cards)]


@dataclass
class _Reader:
    """A text that is being read: what there is, and where the next line goes; None once that was refused."""

    cards: list[WrittenCard] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    into: Callable[[str], None] | None = None
    is_quoted: bool = False  # whether the next line goes into a back
    is_refused: bool = False

    def read(self, line: Line) -> None:
        text = line.text
        inside_code = line.in_code and line.number != line.fence
        if not inside_code and HEADING.match(text):
            self.read_heading(line)
        elif not inside_code and text.lstrip().startswith("///"):
            self.refuse(line, "a file of cards holds no blocks, only cards")
        elif not self.cards:
            if text.strip():
                self.refuse(line, "there is text before the first card; a card begins with ## Front {#id}")
        elif not inside_code and text.startswith(">") and BACK.match(QUOTED.sub("", text, count=1)):
            self.begin_back(line, self.cards[-1])
        else:
            self.read_text(line)

    def read_heading(self, line: Line) -> None:
        self.is_refused = False
        if not re.match(r"^##(?:[ \t]|$)", line.text):
            self.refuse(line, "the only heading in a file of cards is that of a card: ## Front {#id}", always=True)
            return
        text = line.text.rstrip()
        found = MARKED_ID.search(text)
        column = found.start("id") + 1 if found else len(text) + 1
        front = text[2 : found.start() if found else None].strip()
        card = WrittenCard(line.number, front, found["id"].strip() if found else "", column)
        self.cards.append(card)
        self.into, self.is_quoted = card.prose.append, False

    def begin_back(self, line: Line, card: WrittenCard) -> None:
        if card.back_line:
            self.refuse(line, f"the card has a back already, on line {card.back_line}", always=True)
            return
        found = BACK.match(QUOTED.sub("", line.text, count=1))
        assert found
        card.back_line = line.number
        card.backs.append(found["text"])
        self.into, self.is_quoted = card.backs.append, True

    def read_text(self, line: Line) -> None:
        if not self.is_quoted:
            if self.into:
                self.into(line.text)
        elif line.text.lstrip().startswith(">"):
            if self.into:
                self.into(QUOTED.sub("", line.text, count=1))
            else:
                self.refuse(line, GOES_ON)
        elif line.text.strip():
            self.refuse(line, GOES_ON)
        else:
            self.into = None  # a quote ends with an empty line

    def refuse(self, line: Line, message: str, *, always: bool = False) -> None:
        """Report a line that has no place. Of several in a row, the first says it for all."""
        if always or not self.is_refused:
            column = len(line.text) - len(line.text.lstrip()) + 1
            self.problems.append(Problem(line.number, column, message))
        self.is_refused = True


def _wrong(cards: list[WrittenCard]) -> Iterable[Problem]:
    """What keeps cards from being asked."""
    if not cards:
        yield Problem(1, 1, "there is no card; one begins with ## Front {#id}")
    seen: dict[str, int] = {}
    for card in cards:
        if not card.text:
            yield Problem(card.line, 3, "the card has no front: its text stands behind ##")
        if not card.back:
            yield Problem(card.back_line or card.line, 1, "the card has no back (> **Back:** …)")
        if not card.id:
            message = "the card needs an id at the end of its line, like {#why-a-queue}: its schedule hangs on it"
            yield Problem(card.line, card.id_column, message)
        elif not ID.match(card.id):
            message = f"the id “{card.id}” must be 1 to 60 of the characters a-z, 0-9 and -"
            yield Problem(card.line, card.id_column, message)
        elif card.id in seen:
            yield Problem(card.line, card.id_column, f"the id “{card.id}” is that of the card on line {seen[card.id]}")
        seen.setdefault(card.id, card.line)

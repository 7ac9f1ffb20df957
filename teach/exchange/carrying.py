"""Makes one of our questions of one of another system's, and says by line what of it could not be carried.

What a question means there and here is compared in docs/exchange.md; each rule of that page is a function here.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from html import unescape

from lessons.scanning import Problem, lines
from quiz.foreign import Foreign, Piece
from quiz.kinds import KINDS
from quiz.kinds.exchange import Carrying, Exchange, NotCarried
from quiz.kinds.kind import MOST
from quiz.written import DraftedQuestion
from teach.composing import carried, slug_of
from teach.exchange.literal import literal
from teach.exchange.markup import markdown_of, plain_of

EXCHANGES = [kind.exchange for kind in KINDS.values() if isinstance(kind.exchange, Exchange)]
NO_FORM = {"essay": "an essay, which nobody here would grade", "description": "a description: it asks nothing"}
LONGEST = 10_000  # characters of a text: a page of a book has some three thousand
MOST_BRACKETS = 100  # the Markdown of n brackets takes n² to read: of 100 some milliseconds, of 10,000 22 s
BLOCK = re.compile(r"^(?:`{3,}|~{3,}|[-*+>|][ \t]|[-*+>|]$|\||<(?:pre|table|ul|ol|div)\b)")
BELOW = re.compile(rf"{BLOCK.pattern}|[0-9]{{1,9}}[.)][ \t]")
TAG = re.compile(r"<[^<>]*>")


def carry(foreign: Foreign, taken: Collection[str]) -> tuple[DraftedQuestion | None, list[Problem]]:
    """Our form of a question, or None, and the report.

    Args:
        foreign: the question as it was read.
        taken: the ids that it may not have.
    """
    carrying = _Carrying(foreign)
    try:
        question = carrying.question(taken)
    except NotCarried as reason:
        return None, [*carrying.problems, Problem(foreign.line, 1, f"the question is left out: {reason}")]
    return question, carrying.problems


@dataclass
class _Carrying:
    """One question on its way, and the report about it."""

    foreign: Foreign
    problems: list[Problem] = field(default_factory=list)

    def say(self, line: int, message: str) -> None:
        self.problems.append(Problem(line, 1, message, warning=True))

    def question(self, taken: Collection[str]) -> DraftedQuestion:
        foreign = self.foreign
        exchange = next((one for one in EXCHANGES if foreign.kind in one.takes), None)
        if exchange is None:
            raise NotCarried(f"it is {NO_FORM[foreign.kind]}")
        if len(foreign.answers) > MOST:
            raise NotCarried(f"it has {len(foreign.answers)} answers, and a question has at most {MOST}")
        text, stem = self.asked()
        drafted = DraftedQuestion(
            text=text,
            id=slug_of(foreign.title or unescape(TAG.sub("", text)), taken),
            stem=stem,
            options=tuple(exchange.carried(Carrying(foreign, self.say, self.marked, plain_of))),
            why=self.marked(foreign.general),
        )
        return carried(drafted)

    def marked(self, piece: Piece | None) -> str:
        """A text in our Markdown."""
        if piece is None:
            return ""
        if len(piece.text) > LONGEST:
            raise NotCarried(f"its text on line {piece.line} has more than {LONGEST:,} characters")
        marked = markdown_of(piece)
        if len(marked.text) > LONGEST:
            raise NotCarried(f"its text on line {piece.line} has more than {LONGEST:,} characters as Markdown")
        read = (line.text for line in lines(marked.text) if not line.in_code)
        if sum(row.count("[") + row.count("<") for row in read) > MOST_BRACKETS:
            raise NotCarried(f"its text on line {piece.line} has more than {MOST_BRACKETS} brackets outside of code")
        for lost in marked.lost:
            self.say(piece.line, lost)
        return marked.text

    def asked(self) -> tuple[str, str]:
        """The line that is the question, and what stands below it."""
        text = self.marked(self.foreign.text)
        first, rest = _first_sentence(text)
        if first:
            return first, rest
        if not text:
            raise NotCarried("it has no text")
        title = self.foreign.title or "Question"
        self.say(self.foreign.text.line, f"the text begins with no sentence, so “{title}” stands above it")
        return literal(title), text


def _first_sentence(text: str) -> tuple[str, str]:
    """The first paragraph of a text in one line, and the rest. Empty when the text begins with something else."""
    rows = text.split("\n")
    if BLOCK.match(rows[0]):
        return "", text
    over = next((at for at, row in enumerate(rows) if at and (not row.strip() or BELOW.match(row.lstrip()))), len(rows))
    first = " ".join(row.strip() for row in rows[:over])
    return re.sub(r"^(?:#{1,6}[ \t]+)+", "", first), "\n".join(rows[over:]).strip("\n")

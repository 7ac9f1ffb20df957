"""Makes one of our questions of one of another system's, and says by line what of it could not be carried.

What a question means there and here is compared in docs/exchange.md; each rule of that page is a function here.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from html import unescape

from lessons.scanning import Problem, lines
from quiz.foreign import BREAK, Answer, Foreign, Piece
from quiz.kinds import KINDS
from quiz.kinds.exchange import Carrying, Exchange, NotCarried
from quiz.kinds.kind import MOST
from quiz.written import DraftedQuestion
from teach.composing import begins_beside, carried, slug_of
from teach.exchange.literal import literal
from teach.exchange.markup import markdown_of, plain_of
from teach.exchange.one_line import incoming

EXCHANGES = [kind.exchange for kind in KINDS.values() if isinstance(kind.exchange, Exchange)]
NO_FORM = {"essay": "an essay, which nobody here would grade", "description": "a description: it asks nothing"}
LONGEST = 10_000  # characters of a text: a page of a book has some three thousand
MOST_IDS = 50  # that are tried: of three steps, one id in six draws them in their right order
MOST_BRACKETS = 100  # the Markdown of n brackets takes n² to read: of 100 some milliseconds, of 10,000 22 s
BLOCK = re.compile(r"^(?:`{3,}+[^`]*$|~{3,}|[-*+>][ \t]|[-*+>]$|<(?:pre|table|ul|ol|div)\b)")
NUMBERED = re.compile(r"[0-9]{1,9}[.)][ \t]")
BELOW = re.compile(rf"{BLOCK.pattern}|\||{NUMBERED.pattern}")
BROKEN = re.compile(r" {2}$|(?<!\\)(?:\\\\)*\\$")  # a line that ends in a hard break
TRIMMED = (
    "the indentation of code is lost from here on, as in Moodle, which trims each line of a file:"
    r" a line end that is written \n keeps it"
)
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
    trimmed: int = 0  # the line of which it was said that it lost its indentation

    def say(self, line: int, message: str) -> None:
        self.problems.append(Problem(line, 1, message, warning=True))

    def question(self, taken: Collection[str]) -> DraftedQuestion:
        self.foreign = foreign = replace(self.foreign, answers=tuple(self.answers()))
        exchange = next((one for one in EXCHANGES if foreign.kind in one.takes), None)
        if exchange is None:
            raise NotCarried(f"it is {NO_FORM[foreign.kind]}")
        if len(foreign.answers) > MOST:
            raise NotCarried(f"it has {len(foreign.answers)} answers, and a question has at most {MOST}")
        text, stem = self.asked()
        named = foreign.title or unescape(TAG.sub("", text))
        drafted = DraftedQuestion(
            text=text,
            id=slug_of(named, taken),
            stem=stem,
            options=tuple(exchange.carried(Carrying(foreign, self.say, self.marked, self.option, plain_of))),
            why=self.marked(foreign.general),
        )
        drafted = carried(drafted)
        times = Counter(answer.text.text for answer in foreign.answers)
        if any(answer.text.trimmed and times[answer.text.text] > 1 for answer in foreign.answers):
            raise NotCarried("two of its options differ in indentation alone, which is lost: Moodle trims lines, too")
        tried = set(taken)
        while not exchange.suits(drafted.id, drafted.options) and len(tried) < len(taken) + MOST_IDS:
            tried.add(drafted.id)
            drafted = replace(drafted, id=slug_of(named, tried))
        return replace(drafted, stem=drafted.stem.rstrip())  # at its end, a break breaks nothing

    def marked(self, piece: Piece | None, *, asks: bool = False) -> str:
        """A text in our Markdown; of one that asks, the first line stands apart."""
        if piece is None:
            return ""
        if len(piece.text) > LONGEST:
            raise NotCarried(f"its text on line {piece.line} has more than {LONGEST:,} characters")
        if piece.trimmed and not self.trimmed:
            self.trimmed = piece.trimmed
            self.say(piece.trimmed, TRIMMED)
        marked = markdown_of(piece, asks=asks)
        if len(marked.text) > LONGEST:
            raise NotCarried(f"its text on line {piece.line} has more than {LONGEST:,} characters as Markdown")
        read = (line.text for line in lines(marked.text) if not line.in_code)
        if sum(row.count("[") + row.count("<") for row in read) > MOST_BRACKETS:
            raise NotCarried(f"its text on line {piece.line} has more than {MOST_BRACKETS} brackets outside of code")
        for lost in marked.lost:
            self.say(piece.line, lost)
        return marked.text

    def answers(self) -> Iterator[Answer]:
        """The answers that say something. Moodle skips any other one, too."""
        for answer in self.foreign.answers:
            if answer.text.text.strip(f" \n\t{BREAK}"):
                yield answer
            else:
                self.say(answer.text.line, "an answer without any text is skipped")

    def option(self, piece: Piece) -> str:
        """The text of an option in our Markdown. What stands beside its box is one line, which begins nothing."""
        first, *more = self.marked(piece).split("\n")
        if more and first.endswith("  "):
            first = f"{first.rstrip()}<br>"  # two spaces would not stay there
        text = "\n".join([first, *more])
        is_line = piece.format == "markdown" and begins_beside(text)
        return "\n".join([incoming(first), *more]) if is_line else text

    def asked(self) -> tuple[str, str]:
        """The line that is the question, and what stands below it."""
        text = self.marked(self.foreign.text, asks=True)
        first, rest = _first_sentence(text, may_be_a_number=self.foreign.text.format == "markdown")
        if first:
            return (incoming(first) if self.foreign.text.format == "markdown" else first), rest
        if not text:
            raise NotCarried("it has no text")
        title = self.foreign.title or "Question"
        self.say(self.foreign.text.line, f"the text begins with no sentence, so “{title}” stands above it")
        return literal(title), text


def _first_sentence(text: str, *, may_be_a_number: bool) -> tuple[str, str]:
    """The first line of a text, and the rest. Empty when the text begins with something else.

    Lines of Markdown between which there is no hard break are one line.
    """
    rows = text.split("\n")
    is_table = len(rows) > 1 and rows[0].startswith("|") and bool(BELOW.match(rows[1]))
    if BLOCK.match(rows[0]) or is_table or _is_numbered_list(rows, may_be_a_number=may_be_a_number):
        return "", text
    over = next((at for at, row in enumerate(rows) if at and _ends(rows[at - 1], row)), len(rows))
    first = " ".join(row.strip() for row in rows[:over])
    return re.sub(r"^(?:#{1,6}[ \t]+)+", "", first), "\n".join(rows[over:]).strip("\n")


def _is_numbered_list(rows: Sequence[str], *, may_be_a_number: bool) -> bool:
    """Whether rows begin with a list. In Markdown, that of one item is a question with its number, like "1. Who?"."""
    if not NUMBERED.match(rows[0]) or not may_be_a_number:
        return bool(NUMBERED.match(rows[0]))
    after_blank = False
    for row in rows[1:]:
        if NUMBERED.match(row):
            return True
        if after_blank and row.strip() and not row.startswith(" "):
            return False
        after_blank = not row.strip()
    return False


def _ends(before: str, row: str) -> bool:
    """Whether a paragraph, or its first line, is over before this row."""
    return not row.strip() or bool(BELOW.match(row.lstrip()) or BROKEN.search(before))

"""Reads the text of a quiz.md, or a predictions.md, into questions as written, each piece still Markdown, by its lines.

Which line belongs to what is decided here; whether the questions can be asked is decided in quiz/checking.py. Nothing
is raised: whatever a file holds, its author gets questions and problems, by line and column.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from lessons.scanning import Line, Problem, lines
from quiz.kinds import BOX, KINDS
from quiz.written import WrittenOption, WrittenQuestion, indent

OPTION = re.compile(rf"^[-*+][ \t]+\[(?P<mark>{BOX})\](?:[ \t]++(?P<text>.*))?$")
# What was surely meant as an option: a list item that begins with something like a box, and is not a link.
LIKE_OPTION = re.compile(rf"^[ \t]*(?:[-*+]|\d{{1,9}}[.)])[ \t]*\[(?:[ \txX]{{0,3}}|[^\[\]]|{BOX})\](?![(\[:])")
HEADING = re.compile(r"^ {0,3}#{1,6}(?:[ \t]|$)")
ID = re.compile(r"\{[ \t]*#(?P<id>[^{}]*)\}$")
QUOTED = re.compile(r"^[ \t]*>[ \t]?")


def _label(*names: str) -> re.Pattern[str]:
    """What begins a quote that has a name: **Why:** or Why: and the text behind it."""
    either = "|".join(names)
    return re.compile(
        rf"^(?:\*\*(?P<a>{either}):\*\*|\*\*(?P<b>{either})\*\*:|(?P<c>{either}):)[ \t]*+(?P<text>.*)$", re.IGNORECASE
    )


@dataclass(frozen=True)
class Grammar:
    """A way to write questions, by kind of file: how an option begins, and which quotes have a name."""

    file: str
    option: re.Pattern[str]
    like_option: re.Pattern[str]
    option_rule: str
    label: re.Pattern[str]
    label_rule: str


QUIZ_GRAMMAR = Grammar(
    file="a quiz",
    option=OPTION,
    like_option=LIKE_OPTION,
    option_rule="an option begins at the left edge with - [ ], or - [x] when it is right; other kinds of question have"
    " other boxes (docs/questions.md)",
    label=_label("hint", "why", *(name for kind in KINDS.values() for name in kind.quotes)),
    label_rule="a quote here begins with Hint: or **Why:**, and goes on with > also on an empty line",
)
# In a prediction, an option names in its box the outcome that it stands for. Its reason is written as in a quiz.
PREDICTIONS_GRAMMAR = Grammar(
    file="a file of predictions",
    option=re.compile(r"^[-*+][ \t]+\[(?P<mark>[ xX]|[a-z][a-z0-9-]*)\](?:[ \t]++(?P<text>.*))?$"),
    like_option=re.compile(r"^[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]*\[[^\[\]]*\](?![(\[:])"),
    option_rule="an option begins at the left edge: - [outcome] in a prediction, - [ ] or - [x] in its reason",
    label=_label("hint", "why", "measured"),
    label_rule="a quote here begins with Measured: or **Why:**, and goes on with > also on an empty line",
)

LEAST_INDENT = 2  # columns; with fewer, Markdown takes a line out of its list item

Place = Callable[[Line], None]


def parse(source: str, first: int = 1, grammar: Grammar = QUIZ_GRAMMAR) -> tuple[list[WrittenQuestion], list[Problem]]:
    """Read a text without its front matter, whose first line has the number `first` in the file."""
    reader = _Reader(grammar)
    for line in lines(source, first):
        reader.read(line)
    if line.in_code and not line.closes:
        message = "the code block is never closed: repeat its fence on a line of its own"
        reader.problems.append(Problem(line.fence, 1, message))
    return reader.questions, reader.problems


@dataclass
class _Reader:
    """A reader of one text: what it has read, and the place to which the next line of code or of a quote belongs."""

    grammar: Grammar
    questions: list[WrittenQuestion] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    place: Place | None = None
    quote: Literal["", "of question", "of option"] = ""  # whether the place is a quote, and whose
    after_blank: bool = True

    @property
    def question(self) -> WrittenQuestion | None:
        return self.questions[-1] if self.questions else None

    @property
    def option(self) -> WrittenOption | None:
        return self.question.options[-1] if self.question and self.question.options else None

    def read(self, line: Line) -> None:
        """Take the next line."""
        if line.in_code and line.number != line.fence:
            if self.place:
                self.place(line)
        elif not line.text.strip():
            if self.place:
                self.place(line)
            self.after_blank = True
        else:
            self.read_text(line)
            self.after_blank = False

    def read_text(self, line: Line) -> None:
        text = line.text
        if HEADING.match(text):
            self.read_heading(line)
        elif self.question is None:
            self.refuse(line, "there is text before the first question; a question begins with ## Text {#id}")
        elif text.lstrip().startswith("///"):
            self.refuse(line, f"{self.grammar.file} holds no blocks, only questions", always=True)
        elif found := self.grammar.option.match(text):
            self.begin_option(line, found)
        elif self.grammar.like_option.match(text):
            self.refuse(line, self.grammar.option_rule, always=True)
        elif text.startswith(">"):
            self.read_quote(line, self.question)
        elif self.option and text[0] in " \t":
            self.read_inside_option(line, self.option)
        else:
            self.read_prose(line, self.question)

    def read_heading(self, line: Line) -> None:
        if not re.match(r"^##(?:[ \t]|$)", line.text):
            self.refuse(
                line, f"the only heading in {self.grammar.file} is that of a question: ## Text {{#id}}", always=True
            )
            return
        text = line.text.rstrip()
        found = ID.search(text)
        title = text[2 : found.start() if found else None].strip()
        column = found.start("id") + 1 if found else len(text) + 1
        question = WrittenQuestion(line.number, title, found["id"].strip() if found else "", column)
        self.questions.append(question)
        self.put(question.prose.append)

    def begin_option(self, line: Line, found: re.Match[str]) -> None:
        assert self.question
        option = WrittenOption(line.number, found["mark"], (found["text"] or "").strip())
        self.question.options.append(option)
        self.put(option.more.append)

    def read_quote(self, line: Line, question: WrittenQuestion) -> None:
        found = self.grammar.label.match(QUOTED.sub("", line.text, count=1))
        if found:
            label = (found["a"] or found["b"] or found["c"]).lower()
            into = question.quotes.setdefault(label, [])
            if into:
                self.problems.append(Problem(line.number, 1, f"the question has a second {label}"))
            into.append(found["text"])
            question.label_lines[label] = line.number
            self.put(_unquoted(into), quote="of question")
        elif self.place and self.quote == "of question" and not self.after_blank:
            self.place(line)
        elif self.quote or question.options:
            self.refuse(line, self.grammar.label_rule)
        else:
            self.put(question.prose.append)
            question.prose.append(line)

    def read_inside_option(self, line: Line, option: WrittenOption) -> None:
        stripped = line.text.lstrip()
        if indent(line.text) < LEAST_INDENT:
            self.refuse(line, "what belongs to an option is indented by two spaces or more")
        elif self.quote == "of question":
            self.refuse(line, "this belongs to no option: put it under the option's own line")
        elif stripped.startswith(">"):
            into = _unquoted(option.quoted)
            self.put(into, quote="of option")
            into(line)
        elif option.quoted:
            self.refuse(line, "an option's text stands above its feedback, and feedback goes on with >")
        else:
            self.put(option.more.append)
            option.more.append(line)

    def read_prose(self, line: Line, question: WrittenQuestion) -> None:
        if self.quote and not self.after_blank:
            self.refuse(line, "a quote goes on with > at the beginning of each line")
        elif question.options and not self.after_blank:
            self.refuse(line, "what belongs to an option is indented by two spaces or more")
        elif question.options:
            self.refuse(line, "text after the options: put it above them, or begin it with > **Why:**")
        else:
            self.put(question.prose.append)
            question.prose.append(line)

    def put(self, place: Place, quote: Literal["", "of question", "of option"] = "") -> None:
        """Let what follows belong to this place."""
        self.place = place
        self.quote = quote

    def refuse(self, line: Line, message: str, *, always: bool = False) -> None:
        """Report a line that has no place. Of several in a row, the first says it for all."""
        if always or self.place is not None or self.after_blank:
            column = len(line.text) - len(line.text.lstrip()) + 1
            self.problems.append(Problem(line.number, column, message))
        self.place, self.quote = None, ""


def _unquoted(into: list[str]) -> Place:
    return lambda line: into.append(QUOTED.sub("", line.text, count=1))

"""Questions as their author wrote them: each piece still Markdown, with its lines. quiz/parsing.py finds them.

And questions that are to be written, which have no lines yet.
"""

import re
from dataclasses import dataclass, field

from lessons.dialect.rows import CODE
from lessons.scanning import Line

OF_OPTION = 2  # columns by which what belongs to an option is indented
PROGRAM = re.compile(r"^ {0,3}(?:`{3,}|~{3,})[ \t]*(?:python|py)\b", re.IGNORECASE)


@dataclass(frozen=True)
class DraftedOption:
    """An option to be written: Markdown, what stands in its box (see docs/questions.md), and its feedback."""

    text: str
    mark: str
    feedback: str = ""


@dataclass(frozen=True)
class DraftedQuestion:
    """A question to be written. Every text is Markdown; an empty one is left out.

    `quotes` are those with a name that its kind alone has, each as (name, text): ("runs", "line 7 in worker").
    """

    text: str
    id: str
    stem: str
    options: tuple[DraftedOption, ...]
    hint: str = ""
    why: str = ""
    quotes: tuple[tuple[str, str], ...] = ()


@dataclass
class WrittenOption:
    """An option as written. `mark` is what stands in its box; `text` and `feedback` are Markdown."""

    line: int
    mark: str
    first: str
    more: list[Line] = field(default_factory=list)
    quoted: list[str] = field(default_factory=list)

    @property
    def is_right(self) -> bool:
        """Whether it is marked with an x."""
        return self.mark in ("x", "X")

    @property
    def outcome(self) -> str:
        """The outcome that it stands for in a prediction, or empty."""
        return "" if self.is_right else self.mark.strip()

    @property
    def text(self) -> str:
        """The option without its box, and what follows indented."""
        return "\n".join([self.first, *_dedented(self.more)]).strip()

    @property
    def feedback(self) -> str:
        """What is said to a learner who chooses it."""
        return "\n".join(self.quoted).strip()


@dataclass
class WrittenQuestion:
    """A question as written. The columns count from 1. `quotes` are those that have a name, by their names."""

    line: int
    text: str
    id: str
    id_column: int
    prose: list[Line] = field(default_factory=list)
    options: list[WrittenOption] = field(default_factory=list)
    quotes: dict[str, list[str]] = field(default_factory=dict)
    label_lines: dict[str, int] = field(default_factory=dict)

    def quoted(self, name: str) -> str:
        """The text of a quote with this name, or empty."""
        return "\n".join(self.quotes.get(name, ())).strip()

    def has_beside(self, name: str) -> bool:
        """Whether the text of a quote begins on the line of its name. There it is no list, say, but a line."""
        return bool(self.quotes.get(name, [""])[0].strip())

    @property
    def stem(self) -> str:
        """The prose under the question: code, tables, pictures."""
        return "\n".join(line.text for line in self.prose).strip("\n")

    @property
    def program(self) -> tuple[Line, ...]:
        """The lines of the first block of Python in the stem, without its fences."""
        fence = next((line.fence for line in self.prose if line.number == line.fence and PROGRAM.match(line.text)), 0)
        return tuple(
            line for line in self.prose if line.in_code and line.fence == fence != line.number and not line.closes
        )

    @property
    def program_text(self) -> str:
        """The same as a text."""
        return "\n".join(line.text for line in self.program) + "\n"

    @property
    def hint(self) -> str:
        """What is said after a first try that was wrong."""
        return self.quoted("hint")

    @property
    def why(self) -> str:
        """What is said in the end."""
        return self.quoted("why")

    @property
    def measured(self) -> str:
        """The name of what decides a prediction."""
        return self.quoted("measured")


def _expanded(text: str) -> str:
    """The line with the tabs of its indentation as spaces, each reaching to the next multiple of four."""
    rest = text.lstrip(" \t")
    return text[: len(text) - len(rest)].expandtabs(4) + rest


def indent(text: str) -> int:
    """The columns of white space at the beginning."""
    expanded = _expanded(text)
    return len(expanded) - len(expanded.lstrip(" "))


def _dedented(more: list[Line]) -> list[str]:
    """Lines without the indentation that they share. Lines of code may be indented by less, and lose no more.

    Where they share so much that a code host shows code, they lose only what makes them a part of the option.
    """
    told = [line for line in more if line.text.strip() and (not line.in_code or line.number == line.fence)]
    shared = min((indent(line.text) for line in told), default=0)
    shared = shared if shared < OF_OPTION + CODE else OF_OPTION
    return [_expanded(line.text)[min(shared, indent(line.text)) :] for line in more]

"""Cuts the text of a content file into prose and blocks, and keeps the number of every line.

A block begins at the left edge with `/// name` or `/// name | argument`, may go on with lines of options
(`:name: value`), and ends with a bare `///`. Blocks stand inside blocks. In fenced code nothing is read as a block.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

# Code may begin in the line of a list's sign, but it does not end in one.
FENCE = re.compile(r"^(?:[ \t>]|(?:[-*+]|[0-9]{1,9}[.)])[ \t])*+(?P<fence>`{3,}+|~{3,}+)(?P<rest>.*)$")
CLOSING = re.compile(r"^[ \t>]*+(?P<fence>`{3,}+|~{3,}+)[ \t]*$")
OPENING = re.compile(r"^/// +(?P<name>[a-z][a-z0-9-]*)[ \t]*(?:\|(?P<argument>.*))?$")
OPTION = re.compile(r"^:(?P<name>[a-z][a-z0-9-]*):(?P<value>.*)$")


@dataclass(frozen=True)
class Problem:
    """Something wrong in a content file. Lines and columns count from 1."""

    line: int
    column: int
    message: str
    warning: bool = False


@dataclass(frozen=True)
class Line:
    """A line without its end. Inside a fenced code block, fences included, `fence` is the line on which that began."""

    number: int
    text: str
    fence: int = 0
    closes: bool = False

    @property
    def in_code(self) -> bool:
        """Whether the line belongs to a fenced code block."""
        return self.fence > 0


@dataclass(frozen=True)
class Prose:
    """Markdown, from the line on which it begins."""

    line: int
    text: str


@dataclass(frozen=True)
class Option:
    """The value of an option, and where it stands."""

    line: int
    column: int
    value: str


@dataclass(frozen=True)
class Block:
    """A block as written. `argument` is what follows the bar, or empty."""

    line: int
    name: str
    argument: str
    options: dict[str, Option]
    body: tuple["Piece", ...]

    @property
    def blocks(self) -> tuple["Block", ...]:
        """The blocks that stand directly inside."""
        return tuple(piece for piece in self.body if isinstance(piece, Block))


Piece = Prose | Block


def lines(source: str, first: int = 1) -> Iterator[Line]:
    r"""The lines of a text, numbered from `first`.

    Only `\n` ends a line (`str.splitlines` also cuts at form feeds and U+2028, and every number after would be wrong).
    """
    fence, began = "", 0
    for number, text in enumerate(source.split("\n"), first):
        text = text.removesuffix("\r")  # noqa: PLW2901 - the same line, without the other half of its end
        if fence:
            found = CLOSING.match(text)
            closes = bool(found and found["fence"].startswith(fence))
            yield Line(number, text, began, closes)
            fence = "" if closes else fence
        elif (found := FENCE.match(text)) and not (found["fence"][0] == "`" and "`" in found["rest"]):
            fence, began = found["fence"], number
            yield Line(number, text, began)
        else:
            yield Line(number, text)


@dataclass
class _Open:
    """A block, or the whole text, whose end has not been read yet."""

    line: int
    name: str = ""
    argument: str = ""
    options: dict[str, Option] = field(default_factory=dict)
    body: list[Piece] = field(default_factory=list)
    prose: list[Line] = field(default_factory=list)
    takes_options: bool = True

    def end_prose(self) -> None:
        if any(line.text.strip() for line in self.prose):
            self.body.append(Prose(self.prose[0].number, "\n".join(line.text for line in self.prose)))
        self.prose = []


def scan(source: str, first: int = 1) -> tuple[tuple[Piece, ...], list[Problem]]:
    """Cut a text into prose and blocks.

    Args:
        source: the text, without front matter.
        first: the number of its first line in the file.

    Returns:
        the pieces in their order, and what could not be read. Nothing is raised: an author sees all of it at once.
    """
    problems: list[Problem] = []
    stack = [_Open(first, takes_options=False)]
    for line in lines(source, first):
        if not line.in_code and line.text.lstrip().startswith("///"):
            _read_mark(line, stack, problems)
        elif stack[-1].takes_options and (found := OPTION.match(line.text)):
            _read_option(line, found, stack[-1], problems)
        else:
            stack[-1].takes_options = False
            stack[-1].prose.append(line)
    while len(stack) > 1:
        problems.append(Problem(stack[-1].line, 1, f"the block “{stack[-1].name}” is never closed: end it with ///"))
        _close(stack)
    stack[0].end_prose()
    problems.extend(_swallowed(source, first))
    if line.in_code and not line.closes:
        problems.append(Problem(line.fence, 1, "the code block is never closed: repeat its fence on a line of its own"))
    return tuple(stack[0].body), problems


def _swallowed(source: str, first: int) -> Iterator[Problem]:
    """Code blocks that hold the end of a block: their own end was probably forgotten."""
    warned = 0
    for line in lines(source, first):
        if line.text.rstrip() == "///" and line.in_code and line.fence != warned:
            warned = line.fence
            yield Problem(
                line.fence, 1, f"this code block holds the /// of line {line.number}: did it end?", warning=True
            )


def _read_mark(line: Line, stack: list[_Open], problems: list[Problem]) -> None:
    stack[-1].end_prose()  # also before a mark that is none: what follows has line numbers of its own
    if line.text.strip() == "///" and line.text.startswith("///"):
        if len(stack) == 1:
            problems.append(Problem(line.number, 1, "/// closes a block, but none is open"))
        else:
            _close(stack)
    elif found := OPENING.match(line.text):
        stack[-1].takes_options = False
        stack.append(_Open(line.number, found["name"], (found["argument"] or "").strip()))
    else:
        column = len(line.text) - len(line.text.lstrip()) + 1
        problems.append(Problem(line.number, column, "a block begins at the left edge, like: /// name | argument"))


def _close(stack: list[_Open]) -> None:
    done = stack.pop()
    done.end_prose()
    stack[-1].body.append(Block(done.line, done.name, done.argument, done.options, tuple(done.body)))


def _read_option(line: Line, found: re.Match[str], block: _Open, problems: list[Problem]) -> None:
    name, value = found["name"], found["value"].strip()
    if name in block.options:
        problems.append(Problem(line.number, 2, f"the option “{name}” is given twice"))
    column = len(line.text) - len(found["value"].lstrip()) + 1 if value else len(line.text) + 1
    block.options[name] = Option(line.number, column, value)

"""Writes the questions of a quiz.md as GIFT, and says by line of the quiz.md what has no place in that format."""

import re
from collections.abc import Iterator

from lessons import front_matter
from lessons.scanning import Problem
from quiz.foreign import BREAK
from quiz.kinds import kind_of_written
from quiz.kinds.exchange import Lose, NoPlace, Part
from quiz.parsing import parse
from quiz.reading import FIELDS
from quiz.written import WrittenQuestion
from teach.composing import begins_beside
from teach.exchange.blocks import FORMATS, MARKS
from teach.exchange.markup import without_pictures
from teach.exchange.one_line import outgoing

MARKED = re.compile(rf"[\\{re.escape(MARKS)}]")


def gift_of(source: str) -> tuple[str, list[Problem]]:
    """The GIFT of a quiz.md, and the report by its lines: what is left out is an error, what gets lost a warning."""
    found, problems = front_matter.read(source, FIELDS)
    written, parse_problems = parse(found.body, found.body_line)
    problems = [problem for problem in (*problems, *parse_problems) if not problem.warning]
    if found.body_line > 1:
        message = "the settings of the quiz have no place in GIFT: title, attempts, pass mark, draw, order of options"
        problems.append(Problem(1, 1, message, warning=True))
    parts = []
    for question in written:
        lost: list[Problem] = []
        try:
            parts.append("\n".join(_question(question, lost)))
        except NoPlace as reason:
            problems.append(Problem(question.line, 1, f"the question is left out: {reason}"))
        else:
            problems += lost
    problems.sort(key=lambda problem: problem.line)
    return "".join(f"{part}\n\n" for part in parts), problems


def _question(question: WrittenQuestion, lost: list[Problem]) -> Iterator[str]:
    def lose(line: int, message: str) -> None:
        lost.append(Problem(line, 1, message, warning=True))

    kind = kind_of_written(question)
    if kind is None:
        raise NoPlace("its boxes are of two kinds")
    if isinstance(kind.exchange, str):
        raise NoPlace(kind.exchange)
    if any(not problem.warning for problem in kind.problems(question)) or not question.text:
        raise NoPlace("something is wrong with it (check_content says what)")
    if question.hint:
        lose(question.label_lines["hint"], "the hint has no place in GIFT")
    text = outgoing(_portable(question.text, question.line, lose))
    stem = _portable(question.stem, question.line, lose)
    asked = "\n\n".join(filter(None, (text, stem, kind.exchange.addition(question, lose))))
    rows = [_row(part, lose) for part in kind.exchange.parts(question, lose)]
    yield f"::{_escaped(question.id)}::[markdown]{_escaped(asked)}{kind.exchange.opens}"
    yield from (f"\t{row}" for row in rows)
    if question.why:
        yield f"\t####{_told_apart(_portable(question.why, question.label_lines['why'], lose))}"
    yield "}"


def _row(part: Part, lose: Lose) -> str:
    """An answer, inside the braces."""
    weight = f"%{part.weight}%" if part.weight else ""
    text = _option(_portable(part.text, part.line, lose)) if part.markup == "markdown" else part.text
    text = text if part.markup == "none" else _told_apart(text)
    match = f" -> {part.match}" if part.match else ""
    feedback = f"#{_told_apart(_portable(part.feedback, part.line, lose))}" if part.feedback else ""
    return f"{part.mark}{weight}{text}{match}{feedback}"


def _option(text: str) -> str:
    """The text of an option, whose first line is no list or quote where it stands beside the box."""
    first, *more = text.split("\n")
    return "\n".join([outgoing(first), *more]) if begins_beside(text) else text


def _told_apart(text: str) -> str:
    """A text, escaped. One that begins like the name of a format, or like a weight, gets its format before it."""
    looks_like_more = text.startswith(("%", *(f"[{name}]" for name in FORMATS)))
    return ("[markdown]" if looks_like_more else "") + _escaped(text)


def _portable(text: str, line: int, lose: Lose) -> str:
    """A text without its pictures, of which the words stay."""
    lost: list[str] = []
    text = without_pictures(text, lost)
    for message in lost:
        lose(line, message)
    return text


def _escaped(text: str) -> str:
    return MARKED.sub(r"\\\g<0>", text).replace("\n", r"\n").replace(BREAK, "")

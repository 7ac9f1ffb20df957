"""Writes the questions of a quiz.md as GIFT, and says by line of the quiz.md what has no place in that format."""

import re
from collections.abc import Callable, Iterator
from fractions import Fraction

from lessons import front_matter
from lessons.scanning import Problem
from quiz.kinds import choice, kind_of_written, number, order
from quiz.kinds import text as short_text
from quiz.kinds.kind import plain
from quiz.kinds.number.quantities import NotANumber, Quantity, expected
from quiz.parsing import parse
from quiz.reading import FIELDS
from quiz.written import WrittenOption, WrittenQuestion
from quiz.foreign import BREAK
from teach.exchange.gift import FORMATS, MARKS
from teach.exchange.markup import without_pictures
from quiz.kinds.number.intervals import NoInterval, decimal

MARKED = re.compile(rf"[\\{re.escape(MARKS)}]")
# What a part of an answer may be worth in Moodle, in per cent (question/engine/bank.php), as its files write it.
SHARES = {
    1: "100",
    2: "50",
    3: "33.33333",
    4: "25",
    5: "20",
    6: "16.66667",
    7: "14.28571",
    8: "12.5",
    9: "11.11111",
    10: "10",
    20: "5",
}
TENTHS = 10  # of so many shares and fewer, each has a weight of its own
MOST_SHARES = 20  # the least weight is 5 %
ARROW = "->"


class NoPlace(Exception):
    """The question has no form in GIFT. Says why."""


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
    kind = kind_of_written(question)
    answers: dict[str, Callable[[WrittenQuestion, list[Problem]], Iterator[str]]] = {
        choice.CHOICE.name: _choice,
        number.NUMBER.name: _numbers,
        short_text.TEXT.name: _texts,
        order.ORDER.name: _steps,
    }
    if kind is None or kind.name not in answers:
        raise NoPlace(
            "a trace stands or falls with its program, and GIFT has none" if kind else "its boxes are of two kinds"
        )
    if any(not problem.warning for problem in kind.problems(question)) or not question.text:
        raise NoPlace("something is wrong with it (check_content says what)")
    if question.hint:
        lost.append(_lost(question.label_lines["hint"], "the hint has no place in GIFT"))
    stem = "\n\n".join(part for part in (question.text, question.stem, _unit_said(question, lost)) if part)
    rows = list(answers[kind.name](question, lost))
    opening = "{#" if kind is number.NUMBER else "{"
    yield f"::{_escaped(question.id)}::[markdown]{_escaped(_portable(stem, question.line, lost))}{opening}"
    yield from (f"\t{row}" for row in rows)
    if question.why:
        yield f"\t####{_part(question.why, question.label_lines['why'], lost)}"
    yield "}"


def _choice(question: WrittenQuestion, lost: list[Problem]) -> Iterator[str]:
    right = sum(option.is_right for option in question.options)
    wrong = len(question.options) - right
    gains = _weights(right, question, lost) if right > 1 else iter(())
    loss = SHARES.get(wrong) or SHARES[TENTHS]
    if right > 1 and wrong and wrong not in SHARES:
        lost.append(
            _lost(question.line, f"Moodle has no weight of 1/{wrong}: each wrong answer takes off {loss} % there")
        )
    for option in question.options:
        mark = (f"~%{next(gains)}%" if right > 1 else "=") if option.is_right else (f"~%-{loss}%" if right > 1 else "~")
        yield mark + _part(option.text, option.line, lost) + _feedback(option, lost)


def _weights(count: int, question: WrittenQuestion, lost: list[Problem]) -> Iterator[str]:
    """Weights that make 100 % together. Moodle has the shares of up to ten, and tenths and twentieths beyond."""
    if count in SHARES:
        return iter([SHARES[count]] * count)
    if count > MOST_SHARES:
        raise NoPlace(f"Moodle has no weights for {count} right answers")
    lost.append(
        _lost(question.line, f"Moodle has no weight of 1/{count}: some answers are worth 10 % there, and some 5 %")
    )
    return iter(["10"] * (MOST_SHARES - count) + ["5"] * (2 * count - MOST_SHARES))


def _texts(question: WrittenQuestion, lost: list[Problem]) -> Iterator[str]:
    for option in question.options:
        text = " ".join(plain(option.text).split())
        feedback = _feedback(option, lost)
        if ARROW in text or (ARROW in feedback and "`" in feedback):
            raise NoPlace("with -> in an answer, GIFT takes it for a matching")
        # An asterisk alone is a pattern there.
        weight = "0" if option.mark == " " else "100"
        yield f"=%{weight}%" + _told_apart(text.replace("*", r"\*")) + feedback.replace(ARROW, "-&gt;")


def _numbers(question: WrittenQuestion, lost: list[Problem]) -> Iterator[str]:
    unit = _unit(question)
    for option in question.options:
        quantity = expected(plain(option.text)).into(unit)
        if quantity is None:
            raise NoPlace(f"the answer on line {option.line} is in another unit")
        try:
            said = f"{decimal(quantity.value)}:{decimal(quantity.tolerance)}"
        except NoInterval as reason:
            raise NoPlace(f"the answer on line {option.line} cannot be written: {reason}") from None
        yield f"=%{'0' if option.mark == ' ' else '100'}%{said}" + _feedback(option, lost)


def _unit(question: WrittenQuestion) -> str:
    return next((_quantity(option).unit for option in question.options if option.mark == "~"), "")


def _quantity(option: WrittenOption) -> Quantity:
    try:
        return expected(plain(option.text))
    except NotANumber:
        return Quantity(Fraction(0), "", Fraction(0))


def _unit_said(question: WrittenQuestion, lost: list[Problem]) -> str:
    """A sentence with the unit, which GIFT has no other place for; empty when there is none."""
    unit = _unit(question) if kind_of_written(question) is number.NUMBER else ""
    if unit:
        message = f"a number has no unit in GIFT: the text says that it is asked for in {unit}"
        lost.append(_lost(question.line, message))
    return f"Write the number in {unit}." if unit else ""


def _steps(question: WrittenQuestion, lost: list[Problem]) -> Iterator[str]:
    """A matching of each step with its place. A step that holds the mark of a pair cannot be told from one."""
    for option in sorted(question.options, key=lambda option: int(option.mark)):
        if ARROW in option.text:
            raise NoPlace(f"the step on line {option.line} holds ->, which joins pairs there")
        if option.feedback:
            lost.append(_lost(option.line, "a matching has no feedback in GIFT, so that of the step is lost"))
        yield f"={_part(option.text, option.line, lost)} -> {option.mark}"


def _feedback(option: WrittenOption, lost: list[Problem]) -> str:
    return f"#{_part(option.feedback, option.line, lost)}" if option.feedback else ""


def _part(text: str, line: int, lost: list[Problem]) -> str:
    """A text inside the braces."""
    return _told_apart(_portable(text, line, lost))


def _told_apart(text: str) -> str:
    """A text, escaped. One that begins like the name of a format, or like a weight, gets its format before it."""
    looks_like_more = text.startswith(("%", *(f"[{name}]" for name in FORMATS)))
    return ("[markdown]" if looks_like_more else "") + _escaped(text)


def _portable(text: str, line: int, lost: list[Problem]) -> str:
    said: list[str] = []
    text = without_pictures(text, said)
    lost.extend(_lost(line, one) for one in said)
    return text


def _escaped(text: str) -> str:
    return MARKED.sub(r"\\\g<0>", text).replace("\n", r"\n").replace(BREAK, "")


def _lost(line: int, message: str) -> Problem:
    return Problem(line, 1, message, warning=True)

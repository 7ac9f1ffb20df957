"""A question from a form: its fields, and the question that they make. Knows no HTTP."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from django.http import QueryDict

from lessons.scanning import Problem
from quiz.kinds import KINDS
from quiz.kinds.kind import MOST, Kind, StudioForm
from quiz.parsing import parse
from quiz.reading import read
from quiz.written import DraftedOption, DraftedQuestion
from teach.composing import appended, compose, slug_of

ROWS = 4  # options that the form has room for at first
LONGEST = 8_000  # characters of one field
NONE_RIGHT = "No row is right: tick “This is right” in at least one of them."
ON_LINE = re.compile(r"\bon line (\d+)\b")
# What is said of a file in words for whoever sees the form alone.
IN_FORM = (
    ("no option is right: mark at least one with [x]", NONE_RIGHT.removesuffix(".")),
    ("reword one, or give a new question another id", "reword one of them, or the question"),
)
OFFERED = {kind.name: kind for kind in KINDS.values() if kind.form}  # the others are written in the editor


@dataclass(frozen=True)
class Row:
    """One row of the form, as it was sent."""

    number: int
    text: str = ""
    feedback: str = ""
    is_right: bool = False


@dataclass(frozen=True)
class QuestionForm:
    """The form as it was filled in. It is shown again as it is when something is wrong with it."""

    kind: Kind
    text: str = ""
    stem: str = ""
    rows: tuple[Row, ...] = ()
    hint: str = ""
    why: str = ""

    @property
    def parts(self) -> StudioForm:
        """What the form of this kind asks for."""
        assert self.kind.form, "only such kinds are offered"
        return self.kind.form

    @property
    def can_grow(self) -> bool:
        """Whether there may be one more row."""
        return len(self.rows) < MOST

    @property
    def filled(self) -> list[Row]:
        """The rows in which something stands."""
        return [row for row in self.rows if row.text.strip() or row.feedback.strip()]

    @property
    def has_none_right(self) -> bool:
        """Whether answers that are typed are all mistakes. A file cannot say so: there, they are options to choose."""
        return self.kind.is_typed and not any(row.is_right for row in self.filled)

    @property
    def question(self) -> DraftedQuestion:
        """The question, without an id. Rows in which nothing stands are none."""
        options = [
            DraftedOption(row.text, self._mark(row, place), row.feedback) for place, row in enumerate(self.filled, 1)
        ]
        return DraftedQuestion(self.text, "", self.stem, tuple(options), self.hint, self.why)

    def _mark(self, row: Row, place: int) -> str:
        if not self.parts.right:
            return str(place)
        return self.parts.right if row.is_right else " "


def empty(kind: Kind) -> QuestionForm:
    """The form before anybody typed. Where the answer is typed, the first row is most likely right."""
    return QuestionForm(
        kind, rows=tuple(Row(place, is_right=place == 1 and kind.is_typed) for place in range(1, ROWS + 1))
    )


def sent(kind: Kind, form: QueryDict) -> QuestionForm:
    """What was sent. What is too long is cut, as the fields of the form would."""
    texts, feedback = form.getlist("option")[:MOST], form.getlist("feedback")[:MOST]
    right = set(form.getlist("right"))
    rows = (
        Row(number, _field(text), is_right=str(number) in right, feedback=_field(said))
        for number, (text, said) in enumerate(zip_longest(texts, feedback[: len(texts)], fillvalue=""), 1)
    )
    text, stem, hint, why = (_field(form.get(name, "")) for name in ("text", "stem", "hint", "why"))
    return QuestionForm(kind, text, stem, tuple(rows), hint, why)


def _field(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\0", "")[:LONGEST]


def with_question(quiz: str, question: DraftedQuestion, rows: Sequence[int] = ()) -> tuple[str, str, list[str]]:
    """The text of a quiz.md with the question at its end.

    Args:
        rows: the numbers of the form's rows that its options come from, where those are not all from 1 on.

    Returns:
        the text, the id that the question got, and what is wrong with the question, in words for an author who sees the
        form and no lines; of these, none.
    """
    there = [question.id for question in parse(quiz)[0]]
    if there and _ends_with(quiz, compose(replace(question, id=there[-1]))):
        return quiz, there[-1], []  # the same form again: a second click, or Back and once more
    question = replace(question, id=slug_of(question.text or "question", there))
    written = compose(question)
    return appended(quiz, written), question.id, _wrong(written, rows)


def _ends_with(quiz: str, written: str) -> bool:
    return quiz.replace("\r\n", "\n").rstrip().endswith(written.rstrip())


def _wrong(written: str, numbers: Sequence[int]) -> list[str]:
    """What the reader of quizzes says of the question alone. Warnings are for later: the editor shows them."""
    _, problems = read(written, "lesson")
    found = parse(written)[0]
    lines = [option.line for question in found for option in question.options]
    rows = dict(zip(lines, numbers or range(1, len(lines) + 1), strict=False))
    end = max((question.label_lines.get("why", 0) for question in found), default=0) or len(written)
    return [_in_form(problem, rows, end) for problem in problems if not problem.warning]


def _in_form(problem: Problem, rows: dict[int, int], end: int) -> str:
    """A problem by the row of the form. `rows` are those by their lines, and on the line `end` they are over."""

    def row(line: int) -> int:
        return rows[max(first for first in rows if first <= line)] if min(rows, default=end) <= line < end else 0

    message = problem.message
    for in_file, in_form in IN_FORM:
        message = message.replace(in_file, in_form)
    message = ON_LINE.sub(lambda found: f"in row {row(int(found[1]))}", message)
    message = message[:1].upper() + message[1:]
    return f"Row {place}: {message}." if (place := row(problem.line)) else f"{message}."

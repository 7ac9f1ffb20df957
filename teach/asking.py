"""A question from a form: its fields, and the question that they make. Knows no HTTP."""

from dataclasses import dataclass, replace
from itertools import zip_longest

from django.http import QueryDict

from lessons.scanning import Problem
from quiz.parsing import parse
from quiz.reading import read
from teach.composing import DraftedOption, DraftedQuestion, appended, compose, slug_of

ROWS = 4  # options that the form has room for at first
MOST_ROWS = 26
LONGEST = 8_000  # characters of one field


@dataclass(frozen=True)
class AskedKind:
    """A kind of question that the form can write.

    Attributes:
        name: as it stands in the form.
        label: in a few words, for the one who chooses.
        says: what a learner does.
        row: what one row holds, in a word.
        right: what stands in the box of a row that is right; empty where rows are not right or wrong.
    """

    name: str
    label: str
    says: str
    row: str
    right: str

    @property
    def first_is_right(self) -> bool:
        """Whether the first row is most likely right, because the answer is typed."""
        return self.right in ("~", "=")


KINDS = {
    kind.name: kind
    for kind in (
        AskedKind("choice", "A choice", "chooses one, or all that apply", "Option", "x"),
        AskedKind("number", "A number", "types a number, like 3 s ± 10 %", "Answer", "~"),
        AskedKind("text", "A short text", "types a word or a few", "Answer", "="),
        AskedKind("order", "An order", "puts steps into order; write them in the right one", "Step", ""),
    )
}


@dataclass(frozen=True)
class Row:
    """One row of the form, as it was sent."""

    number: int
    text: str = ""
    feedback: str = ""
    is_right: bool = False


@dataclass(frozen=True)
class AskedForm:
    """What was typed into the form. It is shown again as it is when something is wrong with it."""

    kind: AskedKind
    text: str = ""
    stem: str = ""
    rows: tuple[Row, ...] = ()
    hint: str = ""
    why: str = ""

    @property
    def question(self) -> DraftedQuestion:
        """The question, without an id. Rows in which nothing stands are none."""
        filled = [row for row in self.rows if row.text.strip() or row.feedback.strip()]
        options = [DraftedOption(row.text, self._mark(row, place), row.feedback) for place, row in enumerate(filled, 1)]
        return DraftedQuestion(self.text, "", self.stem, tuple(options), self.hint, self.why)

    def _mark(self, row: Row, place: int) -> str:
        if not self.kind.right:
            return str(place)
        return self.kind.right if row.is_right else " "


def empty(kind: AskedKind, rows: int = ROWS) -> AskedForm:
    """The form before anybody typed."""
    return AskedForm(
        kind, rows=tuple(Row(place, is_right=place == 1 and kind.first_is_right) for place in range(1, rows + 1))
    )


def sent(kind: AskedKind, form: QueryDict) -> AskedForm:
    """What was sent. What is too long is cut, as the fields of the form would."""
    texts, feedback = form.getlist("option")[:MOST_ROWS], form.getlist("feedback")[:MOST_ROWS]
    right = set(form.getlist("right"))
    rows = (
        Row(number, _field(text), is_right=str(number) in right, feedback=_field(said))
        for number, (text, said) in enumerate(zip_longest(texts, feedback[: len(texts)], fillvalue=""), 1)
    )
    text, stem, hint, why = (_field(form.get(name, "")) for name in ("text", "stem", "hint", "why"))
    return AskedForm(kind, text, stem, tuple(rows), hint, why)


def _field(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\0", "")[:LONGEST]


def with_question(quiz: str, form: AskedForm) -> tuple[str, str, list[str]]:
    """The text of a quiz.md with the question at its end.

    Returns:
        the text, the id that the question got, and what is wrong with the question, in words for somebody who sees the
        form and no lines; of these, none.
    """
    there = [question.id for question in parse(quiz)[0]]
    question = form.question
    if there and _ends_with(quiz, compose(replace(question, id=there[-1]))):
        return quiz, there[-1], []  # the same form again: a second click, or Back and once more
    question = replace(question, id=slug_of(question.text or "question", there))
    written = compose(question)
    return appended(quiz, written), question.id, list(_wrong(written))


def _ends_with(quiz: str, written: str) -> bool:
    return quiz.replace("\r\n", "\n").rstrip().endswith(written.rstrip())


def _wrong(written: str) -> list[str]:
    """What the reader of quizzes says of the question alone. Warnings are for later: the editor shows them."""
    _, problems = read(written, "lesson")
    rows = [option.line for found in parse(written)[0] for option in found.options]
    return [_in_form(problem, rows) for problem in problems if not problem.warning]


def _in_form(problem: Problem, rows: list[int]) -> str:
    place = max((number for number, line in enumerate(rows, 1) if line <= problem.line), default=0)
    message = problem.message[:1].upper() + problem.message[1:]
    return f"Row {place}: {message}." if place and problem.line >= rows[0] else f"{message}."

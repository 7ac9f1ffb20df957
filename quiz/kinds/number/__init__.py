"""A number, near enough, in its unit."""

from collections.abc import Iterable

from lessons.scanning import Problem
from quiz.kinds.kind import Form, StudioForm, Unclear, plain
from quiz.kinds.number.exchange import EXCHANGE
from quiz.kinds.number.numerals import NotANumber
from quiz.kinds.number.quantities import Quantity, expected, typed
from quiz.kinds.typed import folded, typed_kind
from quiz.questions import Given, Option, Question
from quiz.written import WrittenOption, WrittenQuestion

LONGEST = 60  # characters


def unit_of(question: Question) -> str:
    """The unit in which the answer is asked for, or empty."""
    return _quantity(question.right[0]).unit


def take(question: Question, form: Form) -> Given:
    """The text that was typed, which is a number."""
    text = " ".join(" ".join(form.getlist("text")).split())
    if not text:
        raise Unclear("Write a number first.")
    if len(text) > LONGEST:
        raise Unclear("Write the number alone, in digits.")
    try:
        typed(text, unit_of(question))
    except NotANumber as error:
        raise Unclear(str(error)) from None
    return text


def same(question: Question, given: Given) -> list[Option]:
    """The right answer if it is one, near enough, and otherwise the mistakes that the author foresaw."""
    try:
        value = typed(str(given), unit_of(question), is_kept=True)
    except NotANumber:
        return []  # given to an earlier version of the question
    unit = unit_of(question)
    quantities = [(option, _quantity(option).into(unit)) for option in question.options]
    near = [option for option, quantity in quantities if quantity and quantity.allows(value)]
    return [option for option in near if option.is_right] or near


def _quantity(option: Option) -> Quantity:
    return expected(option.plain)


def how(question: Question) -> str:
    unit = unit_of(question)
    return f"Write a number, in {unit}." if unit else "Write a number."


def as_shown(option: WrittenOption) -> str:
    """A number as a learner reads it: in words where an author writes signs."""
    quantity = expected(plain(option.text))
    reach = f"{quantity.reach} counts" if option.mark == "~" else quantity.reach
    return f"{quantity.in_words} ({reach})" if quantity.tolerance else quantity.in_words


def problems(question: WrittenQuestion) -> Iterable[Problem]:
    """What keeps the expected answers from being numbers."""
    right: list[tuple[WrittenOption, Quantity]] = []
    for option in sorted(question.options, key=lambda option: option.mark != "~"):
        try:
            written = expected(plain(option.text))
        except NotANumber as error:
            yield Problem(option.line, 7, str(error))
            continue
        quantity = written.into(right[0][1].unit) if right else written
        if quantity is None:
            unit = f"the unit {right[0][1].unit}" if right[0][1].unit else "no unit"
            yield Problem(
                option.line, 7, f"the answer on line {right[0][0].line} has {unit}, and this is something else"
            )
        elif option.mark == "~":
            right.append((option, quantity))
        elif any(other.allows(quantity.value) for _, other in right):
            yield Problem(option.line, 7, "this mistake is within the tolerance of the right answer")


KIND = typed_kind(
    "number",
    box="~",
    problems=problems,
    take=take,
    same=same,
    how=how,
    grouped=lambda _, text: folded(text),
    not_counted="Case and spacing do not count.",
    as_shown=as_shown,
    exchange=EXCHANGE,
    form=StudioForm("A number", "types a number, like 3 s ± 10 %", "Answer", "~"),
)

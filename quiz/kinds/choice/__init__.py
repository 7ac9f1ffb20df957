"""Choosing: one option, or all that apply."""

from collections.abc import Iterable

from lessons.scanning import Problem
from quiz.kinds.choice.advice import advice
from quiz.kinds.choice.answers import ANSWERS
from quiz.kinds.choice.exchange import EXCHANGE
from quiz.kinds.kind import FEWEST, Form, Kind, StudioForm, Unclear, positions, wrong_count
from quiz.kinds.options import ShownOption, shown_options
from quiz.progress import Asked
from quiz.questions import Given, Question
from quiz.written import WrittenQuestion


def grade(question: Question, given: Given) -> float:
    """The share of the right options that were chosen, less the share of the wrong ones; never below 0.

    So everything ticked is worth nothing. Of a single choice it is 1 or 0.
    """
    chosen = frozenset(given)
    right = [option.key in chosen for option in question.options if option.is_right]
    wrong = [option.key in chosen for option in question.options if not option.is_right]
    gained = sum(right) / len(right)
    lost = sum(wrong) / len(wrong) if wrong else 0.0
    return max(0.0, gained - lost)


def take(question: Question, form: Form) -> Given:
    """The keys of the options that were chosen."""
    chosen = frozenset(positions(form, "option"))
    if not chosen:
        raise Unclear("Choose an answer first.")
    if not all(1 <= position <= len(question.options) for position in chosen):
        raise Unclear("That option does not exist. Choose one of these.")
    if len(chosen) > 1 and not question.has_several_right:
        raise Unclear("Choose one answer: this question has a single right one.")
    return sorted(question.options[position - 1].key for position in chosen)


def matched(question: Question, given: Given) -> frozenset[str]:
    """What was chosen."""
    return frozenset(given)


def shown(asked: Asked, form: Form, move: str) -> Iterable[ShownOption]:
    """The options with their letters, and those that were ticked."""
    return shown_options(asked, matched, positions(form, "option"))


def how(question: Question) -> str:
    """What to do."""
    return "Choose all that apply." if question.has_several_right else "Choose one."


def remark(question: Question, given: Given, grade: float) -> str:
    """In a choice of several that was wrong, nothing has to be wrong."""
    has_wrong = any(option.key in given and not option.is_right for option in question.options)
    if has_wrong or not question.has_several_right:
        return ""
    return "Nothing that you chose is wrong, but something is missing."


def problems(question: WrittenQuestion) -> Iterable[Problem]:
    """What keeps a choice from being one."""
    right = sum(option.is_right for option in question.options)
    yield from wrong_count(question)
    if not right and len(question.options) >= FEWEST:
        yield Problem(question.line, 1, "no option is right: mark at least one with [x]")
    elif right == len(question.options) > 1:
        yield Problem(question.line, 1, "every option is right, so there is little to choose", warning=True)


KIND = Kind(
    "choice",
    boxes="[ xX]",
    problems=problems,
    advice=advice,
    fields="kinds/choice/fields.html",
    settled="kinds/choice/settled.html",
    how=how,
    send="option",
    take=take,
    grade=grade,
    matched=matched,
    shown=shown,
    remark=remark,
    answers=ANSWERS,
    exchange=EXCHANGE,
    form=StudioForm("A choice", "chooses one, or all that apply", "Option", "x"),
)

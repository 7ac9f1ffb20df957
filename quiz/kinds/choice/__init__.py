"""Choosing: one option, or all that apply."""

from collections import Counter
from collections.abc import Iterable

from lessons.scanning import Problem
from quiz.kinds.answers import AnswerRow, AnswersTable, Counted
from quiz.kinds.choice.advice import advice
from quiz.kinds.choice.exchange import EXCHANGE
from quiz.kinds.kind import FEWEST, Form, Kind, StudioForm, Unclear, positions, wrong_count
from quiz.kinds.options import ShownOption, letter_of, shown_options
from quiz.progress import Asked
from quiz.questions import Given, Option, Question
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


def shown(asked: Asked, form: Form) -> Iterable[ShownOption]:
    """The options with their letters, and those that were ticked."""
    return shown_options(asked, matched, positions(form, "option"))


def how(question: Question) -> str:
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


def answer_rows(question: Question | None, is_current: bool, counted: Counted) -> Iterable[AnswerRow]:  # noqa: FBT001 - see AnswersTable
    """The options as they are shown. Of an earlier version, only what was taken is known, and not all texts are."""
    counts: Counter[str] = Counter()
    for given, _, count in counted:
        if not isinstance(given, str):
            counts.update(dict.fromkeys(given, count))
    if not counts:
        return
    options = {option.key: option for option in question.options} if question else {}
    keys = [*(options if is_current else []), *(key for key, _ in counts.most_common())]
    for place, key in enumerate(dict.fromkeys(keys)):
        option = options.get(key)
        right = _is_right(key, counted, option if is_current else None)
        yield AnswerRow(
            words=option.words if option else f"an option that is no longer there ({key[:4]})",
            count=counts[key],
            label=f"{letter_of(place)}. " if is_current and option else "",
            right=right,
            is_distractor=is_current and right == "no",
        )


def _is_right(key: str, counted: Counted, option: Option | None) -> str:
    """Whether an option is right: by the file as it is now, or else by how it was graded when it was taken alone."""
    if option is None:
        alone = {grade for given, grade, _ in counted if given == [key]}
        if not alone or not alone <= {0.0, 1.0}:
            return "not known"
        return "yes" if alone == {1.0} else "no"
    return "yes" if option.is_right else "no"


KIND = Kind(
    "choice",
    boxes="[ xX]",
    problems=problems,
    advice=advice,
    fields="kinds/choice/fields.html",
    settled="kinds/choice/settled.html",
    paper="kinds/choice/paper.html",
    how=how,
    send="option",
    take=take,
    grade=grade,
    shown=shown,
    remark=remark,
    answers=AnswersTable(
        "options",
        "How often each option was taken",
        "Option",
        answer_rows,
        "“Nobody takes it” needs an interval for 0 that ends below {unused} %: 73 learners.",
        is_drawn=True,
    ),
    exchange=EXCHANGE,
    form=StudioForm("A choice", "chooses one, or all that apply", "Option", "x"),
)

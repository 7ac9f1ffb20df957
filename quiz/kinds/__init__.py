"""The kinds of question. The boxes of its options say of which kind a question is; its folder says all the rest."""

from quiz.kinds import choice, number, order, output, process, text
from quiz.kinds.kind import Form, Kind, Unclear
from quiz.questions import Given, Question
from quiz.written import WrittenQuestion

__all__ = ["KINDS", "Form", "Kind", "Unclear", "grade", "kind_of", "kind_of_box", "kind_of_written", "take"]

CHOICE = choice.KIND  # that of a question without any other sign
KINDS = {kind.name: kind for kind in (CHOICE, number.KIND, text.KIND, order.KIND, output.KIND, process.KIND)}
BOX = "|".join(kind.boxes for kind in KINDS.values())


def kind_of_written(question: WrittenQuestion) -> Kind | None:
    """The kind of a question as written, or None when its boxes are of several."""
    marks = {option.mark for option in question.options}
    kinds = {kind_of_box(mark).name for mark in marks - {" "}}
    if len(kinds) > 1:
        return None
    kind = KINDS[kinds.pop()] if kinds else CHOICE
    return None if " " in marks and not kind.has_blanks else kind


def kind_of_box(mark: str) -> Kind:
    """The kind of a question with this in a box."""
    return next((kind for kind in KINDS.values() if kind.has_box(mark)), CHOICE)


def kind_of(question: Question) -> Kind:
    return KINDS[question.kind]


def take(question: Question, form: Form) -> Given:
    """What a form gave as an answer to a question, as it is recorded.

    Raises:
        Unclear: it is none, and the text says what would be one.
    """
    return kind_of(question).take(question, form)


def grade(question: Question, given: Given) -> float:
    """What an answer is worth: from 0 to 1, and 1 exactly for the key."""
    return kind_of(question).grade(question, given)

"""The kinds of question. The boxes of its options say of which kind a question is."""

from quiz.kinds.choice import CHOICE, PROCESS, PROCESSES
from quiz.kinds.kind import Form, Kind, Unclear
from quiz.kinds.number import NUMBER
from quiz.kinds.order import ORDER
from quiz.kinds.text import OUTPUT, TEXT
from quiz.questions import Given, Question
from quiz.written import WrittenQuestion

__all__ = ["KINDS", "Form", "Kind", "Unclear", "grade", "kind_of", "kind_of_written", "matched", "take"]

KINDS = {kind.name: kind for kind in (CHOICE, PROCESS, ORDER, NUMBER, TEXT, OUTPUT)}
# The boxes that say so. Beside the first three an empty one is a mistake that the author foresaw.
BOXES = {"~": NUMBER, "=": TEXT, ">": OUTPUT, **dict.fromkeys(PROCESSES, PROCESS)}


def kind_of_written(question: WrittenQuestion) -> Kind | None:
    """The kind of a question as written, or None when its boxes are of several."""
    kinds = {_kind_of_box(option.mark).name for option in question.options if option.mark != " "}
    alone = any(option.mark == " " for option in question.options) and kinds & {"order", "process"}
    if len(kinds) > 1 or alone:
        return None
    return KINDS[kinds.pop()] if kinds else CHOICE


def _kind_of_box(mark: str) -> Kind:
    return ORDER if mark.isdigit() else BOXES.get(mark, CHOICE)


def kind_of(question: Question) -> Kind:
    """The kind of a question."""
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


def matched(question: Question, given: Given) -> frozenset[str]:
    """The keys of the options that were chosen, or that say the same as what was given."""
    return kind_of(question).matched(question, given)

"""How often each step was put where it belongs, at the first attempt."""

from collections import Counter
from collections.abc import Iterable

from quiz.kinds.answers import AnswerRow, AnswersTable, Counted
from quiz.kinds.order.steps import in_order, matched
from quiz.questions import Question


def rows(question: Question | None, is_current: bool, counted: Counted) -> Iterable[AnswerRow]:  # noqa: FBT001 - see AnswersTable
    """The steps in their right order, which is not known of an earlier version."""
    if question is None or not is_current:
        return
    counts: Counter[str] = Counter()
    for given, _, count in counted:
        counts.update(dict.fromkeys(matched(question, given), count))
    for option in in_order(question):
        yield AnswerRow(option.words, counts[option.key], label=f"{option.place}. ")


ANSWERS = AnswersTable("steps", "How often each step was put where it belongs", "Step", rows, says_right=False)

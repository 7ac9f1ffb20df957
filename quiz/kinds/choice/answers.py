"""How often each option was taken at the first attempt."""

from collections import Counter
from collections.abc import Iterable

from quiz.kinds.answers import AnswerRow, AnswersTable, Counted
from quiz.kinds.options import letter_of
from quiz.questions import Option, Question


def rows(question: Question | None, is_current: bool, counted: Counted) -> Iterable[AnswerRow]:  # noqa: FBT001 - see AnswersTable
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


ANSWERS = AnswersTable(
    "options",
    "How often each option was taken",
    "Option",
    rows,
    "“Nobody takes it” needs an interval for 0 that ends below {unused} %: 73 learners.",
    is_drawn=True,
)

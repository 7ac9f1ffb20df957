"""What makes questions better, though they can be asked as they are: warnings, those of each kind among them."""

from collections.abc import Collection, Iterator, Sequence

from lessons.scanning import Problem
from lessons.words import folded
from quiz.kinds import KINDS, kind_of_written
from quiz.written import WrittenOption, WrittenQuestion


def advice(questions: Sequence[WrittenQuestion], keeping: Collection[str] = ()) -> Iterator[Problem]:
    """What would make the questions of a file better. They are questions that can be asked.

    Args:
        questions: as written; of a file of predictions, the reasons.
        keeping: the ids of those whose options are shown as they stand in the file (`keep-order`).
    """
    for kind in KINDS.values():
        of_kind = [question for question in questions if kind_of_written(question) is kind]
        if not kind.is_typed:  # typed answers have rules of their own
            for question in of_kind:
                yield from saying_the_same(question)
        yield from kind.advice(of_kind, keeping)


def saying_the_same(question: WrittenQuestion) -> Iterator[Problem]:
    """Options that differ only in case, spacing or markup: a reader would see one option twice."""
    seen: dict[str, WrittenOption] = {}
    for option in question.options:
        words = folded(option.text)
        if words and words in seen and option.text != seen[words].text:
            message = f"but for case, spacing or markup, this is the option on line {seen[words].line}"
            yield Problem(option.line, 7, message, warning=True)
        seen.setdefault(words, option)

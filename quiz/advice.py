"""What makes questions better, though they can be asked as they are: warnings, those of each kind among them."""

from collections.abc import Collection, Iterator, Sequence

from lessons.scanning import Problem
from quiz.kinds import KINDS, kind_of_written
from quiz.written import WrittenQuestion


def advice(questions: Sequence[WrittenQuestion], keeping: Collection[str] = ()) -> Iterator[Problem]:
    """What would make the questions of a file better. They are questions that can be asked.

    Args:
        questions: as written; of a file of predictions, the reasons.
        keeping: the ids of those whose options are shown as they stand in the file (`keep-order`).
    """
    for kind in KINDS.values():
        of_kind = [question for question in questions if kind_of_written(question) is kind]
        yield from kind.advice(of_kind, keeping)

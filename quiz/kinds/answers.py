"""What was given to a question, as the rows of a table. Counts alone pass through here, and no learner."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from quiz.questions import Given, Question

# Each answer that was given to a version, its grade, and by how many learners.
Counted = Sequence[tuple[Given, float, int]]


@dataclass(frozen=True)
class AnswerRow:
    """A row of the table: what was given by so many learners.

    Attributes:
        words: what it says, without markup.
        label: what stands before it, like "A. ".
        right: "yes", "no" or "not known"; empty in a table that does not say so.
        is_distractor: whether it is offered now, to be taken by those who do not know.
        is_foreseen: whether a typed answer is one that the file expects.
    """

    words: str
    count: int
    label: str = ""
    right: str = ""
    is_distractor: bool = False
    is_foreseen: bool = False


@dataclass(frozen=True)
class AnswersTable:
    """The table of what was given to the questions of a kind.

    Attributes:
        name: in addresses; `title` is that on the page, and `heading` that of its first column.
        rows: those of one version, from the question as it is now (None once it left the file), whether it is that
            version, and what was given.
        note: what stands below it; {least} and {unused} are the bounds of the statistics.
        is_typed: whether it counts texts. Words of one's own may give a person away, so rare ones are left out.
        says_right: whether it says which answers are right.
        is_drawn: whether there is a picture of it.
    """

    name: str
    title: str
    heading: str
    rows: Callable[[Question | None, bool, Counted], Iterable[AnswerRow]]
    note: str = ""
    is_typed: bool = False
    says_right: bool = True
    is_drawn: bool = False

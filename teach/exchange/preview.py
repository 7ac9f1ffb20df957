"""What an import would bring, ready for a template: each question as learners would be asked it, and the report."""

from dataclasses import dataclass

from lessons.scanning import Problem
from quiz.presenters import ShownQuestion, shown_question
from quiz.progress import Asked
from teach.exchange.importing import Imported


@dataclass(frozen=True)
class Offered:
    """A question that can be taken: its place in the form, from 1, and whether it is ticked."""

    place: int
    line: int
    markdown: str
    shown: ShownQuestion
    is_chosen: bool


@dataclass(frozen=True)
class Preview:
    """The questions, and the report: what is left out, and what got lost of those that are not."""

    format: str
    questions: tuple[Offered, ...]
    report: tuple[Problem, ...]


def previewed(read: Imported, chosen: set[str] | None) -> Preview:
    """What is shown of an import. At first, every question is chosen."""
    total = len(read.questions)
    offered = tuple(
        Offered(
            place=place,
            line=taken.line,
            markdown=taken.markdown,
            shown=shown_question(Asked(taken.question, place, tries=1), total),
            is_chosen=chosen is None or str(place) in chosen,
        )
        for place, taken in enumerate(read.questions, 1)
    )
    return Preview(read.format.upper() if read.format == "gift" else read.format.title(), offered, read.report)

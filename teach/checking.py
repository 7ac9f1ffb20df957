"""What would be wrong if a text were saved: with itself, and with what hangs on it elsewhere."""

from dataclasses import dataclass

from lessons.catalog import Course, FileProblem, catalog
from lessons.render_cost import MOST_BYTES
from lessons.scanning import Problem
from quiz.reading import QUIZ
from teach import apart

LARGEST_TEXT = MOST_BYTES  # all of a text is read anew at every pause in typing
GIVEN_UP = (
    f"this could not be read within {apart.SECONDS:g} s of work, so the check was given up: it is the same thing too"
    " often, or too deep in itself. Take out what you typed last, or make smaller pieces of it"
)


@dataclass(frozen=True)
class Checked:
    """A text for a content file, held against the rest of the content as it is now.

    Attributes:
        here: the problems of the text itself.
        elsewhere: errors that other files would have by it and do not have now.
        unchecked: how many questions in it have a key that only running their program could confirm. Nothing that
            instructors write is run here: `check_content --run` does that, in a terminal.
    """

    here: tuple[FileProblem, ...]
    elsewhere: tuple[FileProblem, ...]
    unchecked: int = 0

    @property
    def errors(self) -> tuple[FileProblem, ...]:
        """What keeps it from being saved."""
        return (*(problem for problem in self.here if not problem.problem.warning), *self.elsewhere)

    @property
    def warnings(self) -> tuple[FileProblem, ...]:
        """What could be better."""
        return tuple(problem for problem in self.here if problem.problem.warning)

    @property
    def summary(self) -> str:
        """How many of each, in words."""
        return " and ".join(counted(len(self.errors), len(self.warnings))) or "Nothing to complain of"


def counted(errors: int, warnings: int) -> list[str]:
    """How many errors and warnings there are, each in words; of what there is none, nothing."""
    counts = ((errors, "error"), (warnings, "warning"))
    return [f"{count} {what}{'s' if count > 1 else ''}" for count, what in counts if count]


def checked(path: str, text: str | None) -> Checked:
    """Hold a text against the content; None for a file that is to be taken away. What takes too long is an error."""
    try:
        return apart.run(held_against_content, path, text)
    except apart.GivenUp:
        return Checked((FileProblem(path, Problem(1, 1, GIVEN_UP), "", path),), ())


def held_against_content(path: str, text: str | None) -> Checked:
    """The same, here and now, however long it takes."""
    present = catalog()
    course = present.trial(path, text)
    before = set(present.course.problems)
    return Checked(
        here=tuple(problem for problem in course.problems if problem.file == path),
        elsewhere=tuple(
            problem
            for problem in course.problems
            if problem.file != path and not problem.problem.warning and problem not in before
        ),
        unchecked=_traces(course, path),
    )


def _traces(course: Course, path: str) -> int:
    slug, _, name = path.partition("/")
    quiz = course.get(slug, QUIZ) if name == QUIZ.filename else None
    return sum(question.trace is not None for question in quiz.questions) if quiz else 0


def no_text(text: str) -> str:
    """Why something that was sent cannot be the text of a content file, or empty."""
    if "\0" in text:
        return "There is a character in it that is no text (NUL)."
    size = len(text.encode("utf-8", "surrogatepass"))
    if size > LARGEST_TEXT:
        return f"It has {size:,} bytes, and the studio takes at most {LARGEST_TEXT:,}. Make two lessons of it."
    return ""


def as_kept(text: str) -> str:
    """A text as it is kept: forms send each line's end as two characters."""
    return text.replace("\r\n", "\n").replace("\r", "\n")

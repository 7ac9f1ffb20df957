"""From a file of another system to questions for a quiz.md, and the report of what was not carried, by line."""

import re
from collections.abc import Collection
from dataclasses import dataclass, replace

from lessons import front_matter
from lessons.pictures import problems_of, shown_in
from lessons.reading import read as read_file
from lessons.scanning import Problem
from quiz.parsing import parse
from quiz.questions import Question, Quiz
from quiz.reading import FIELDS
from quiz.written import DraftedQuestion
from teach.composing import compose
from teach.exchange import aiken, gift
from teach.exchange.carrying import carry
from teach.exchange.formats import NotRead, format_of

MOST_QUESTIONS = 200  # a lesson has ten
MOST_SAID = 500  # lines of the report
ELSEWHERE = re.compile(r"as the one on line \d+")  # a line of the Markdown, which nobody has before them


@dataclass(frozen=True)
class Taken:
    """A question that can be taken: from which line of the file, as Markdown, and as it is asked."""

    line: int
    drafted: DraftedQuestion
    markdown: str
    question: Question


@dataclass(frozen=True)
class Imported:
    """Questions of a file, and its format, which is empty when it is none that is read.

    In the report, what is left out is an error, and what got lost of a question a warning.
    """

    format: str
    questions: tuple[Taken, ...]
    report: tuple[Problem, ...]


def imported(text: str, lesson: str, taken: Collection[str], format_name: str = "") -> Imported:
    r"""Read a text of another system.

    Args:
        text: with `\n` at its line ends (teach/exchange/decoding.py).
        lesson: the slug of the lesson for which it is read.
        taken: the ids of the questions that it has already.
        format_name: one of FORMATS; without one, the text is looked at.
    """
    try:
        name = format_of(text, format_name)
    except NotRead as reason:
        return Imported("", (), (Problem(reason.line, 1, str(reason)),))
    foreign, problems = (aiken if name == "aiken" else gift).read(text)
    if not foreign and not problems:
        problems.append(Problem(1, 1, f"there is no question in it that can be read as {name.upper()}"))
    if len(foreign) > MOST_QUESTIONS:
        message = f"only {MOST_QUESTIONS} questions are read at a time: put what begins here into a file of its own"
        problems.append(Problem(foreign[MOST_QUESTIONS].line, 1, message))
    ids = set(taken)
    questions: list[Taken] = []
    for one in foreign[:MOST_QUESTIONS]:
        drafted, said = carry(one, ids)
        problems += said
        if drafted and (checked := _checked(one.line, drafted, lesson, problems)):
            ids.add(drafted.id)
            questions.append(checked)
    return Imported(name, tuple(questions), _bounded(problems))


def imported_beside(text: str, lesson: str, quiz: str, format_name: str = "") -> Imported:
    """The same for a lesson that has this quiz.md already."""
    return imported(text, lesson, ids_in(quiz), format_name)


def ids_in(source: str) -> set[str]:
    """The ids of the questions in a quiz.md, whether or not anything is wrong with it."""
    found, _ = front_matter.read(source, FIELDS)
    return {question.id for question in parse(found.body)[0]}


def _checked(line: int, drafted: DraftedQuestion, lesson: str, problems: list[Problem]) -> Taken | None:
    """The question as the quiz's own reader takes it, or nothing, with the reader's reasons."""
    markdown = compose(drafted)
    quiz, found = read_file(markdown, lesson, "quiz.md")
    found = [*found, *problems_of(shown_in(markdown))]  # as the catalog looks at every file
    wrong = dict.fromkeys(problem.message for problem in found if not problem.warning)
    if wrong or not isinstance(quiz, Quiz):
        reasons = ELSEWHERE.sub("as another one", "; ".join(wrong))
        problems.append(Problem(line, 1, f"the question is left out: {reasons}"))
        return None
    return Taken(line, drafted, markdown, quiz.questions[0])


def _bounded(problems: list[Problem]) -> tuple[Problem, ...]:
    """The report in the order of the file."""
    ordered = sorted(problems, key=lambda problem: (problem.line, problem.column))
    if len(ordered) <= MOST_SAID:
        return tuple(ordered)
    last = ordered[MOST_SAID]
    more = replace(last, message=f"and {len(ordered) - MOST_SAID:,} more like these, from here on")
    return (*ordered[:MOST_SAID], more)

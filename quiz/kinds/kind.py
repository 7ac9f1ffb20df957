"""All that the house asks of a kind of question. What stands in its folder answers it; nothing else knows any kind."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from django.utils.safestring import SafeString

from lessons.prose import ProseRenderer
from lessons.scanning import Problem
from quiz.kinds.answers import AnswersTable
from quiz.kinds.exchange import Exchange
from quiz.kinds.options import ShownOption
from quiz.progress import Asked
from quiz.questions import Given, Question, Trace
from quiz.written import WrittenOption, WrittenQuestion

FEWEST, MOST = 2, 26  # options: there must be a choice, and each has a letter


class Form(Protocol):
    """A form that was sent: every value of a field, in order."""

    def getlist(self, key: str) -> list[str]:
        """The values of a field; none when it is not there."""
        ...


class Unclear(Exception):
    """Something that is no answer to the question. The text tells the learner what would be one."""


@dataclass(frozen=True)
class StudioForm:
    """The form with which the studio writes a question of a kind.

    Attributes:
        label: in a few words, for the one who chooses.
        says: what a learner does.
        row: what one row holds, in a word.
        right: what stands in the box of a row that is right; empty where a row's box holds its place.
        to_whom: to whom the feedback of a row is said.
    """

    label: str
    says: str
    row: str
    right: str
    to_whom: str = "whoever gives it"


def positions_of_right(question: Question) -> list[Any]:
    """The positions of the options that are right."""
    return [position for position, option in enumerate(question.options, 1) if option.is_right]


@dataclass(frozen=True, eq=False)
class Kind:
    """A kind of question. There is one of each.

    Attributes:
        name: as it is recorded, and told to programs.

        boxes: what may stand in the box of an option, as a regular expression.
        has_blanks: whether boxes may also be blank: those are the options that are wrong.
        quotes: quotes with a name that this kind alone has, each with what is said of it elsewhere.
        problems: what keeps one as written from being asked.
        advice: what would make those of a file better; the ids are of those that keep the order of their options.

        order: whether options are shown in an order that is drawn, as they stand in the file, or as its author wants.
        is_right: whether an option as written is, or says, the right answer.
        place: the place of an option in a right order, from 1; 0 where there is none.
        stem_html: what stands below the question.
        trace: the program that it is about.

        fields: the template of what a learner fills in, with `question`; `settled` is that of what was right, and
            `paper` that of what is filled in by hand, which has no more of the key than `fields`.
        how: what to do, in a sentence.
        is_typed: whether the answer is text, and the options are answers that the author expects.
        has_lines: whether that text has several lines.
        as_shown: an expected answer as learners see it, in whose notation nothing is for authors alone.
        shown: the options as a learner sees them, from what was answered and what the form sent.
        remark: what is said of a first try that was wrong, but not in all of its parts.

        send: the name of the form's field that holds the answer.
        take: what a form gave, as it is recorded; raises Unclear.
        grade: from 0 to 1 for anything that `take` gave, to this or an earlier version; 1 exactly for the key.
        key: the key for programs, once it is earned.

        answers: the table of what was given, in the statistics.
        exchange: how it comes from other systems and goes to Moodle; or why it does not.
        form: the studio's form; None where it is written in the editor.
    """

    name: str
    boxes: str
    problems: Callable[[WrittenQuestion], Iterable[Problem]]
    fields: str
    settled: str
    paper: str
    how: Callable[[Question], str]
    send: str
    take: Callable[[Question, Form], Given]
    grade: Callable[[Question, Given], float]
    shown: Callable[[Asked, Form], Iterable[ShownOption]]
    answers: AnswersTable
    exchange: Exchange | str
    form: StudioForm | None = None
    has_blanks: bool = True
    quotes: Mapping[str, str] = field(default_factory=dict)
    advice: Callable[[Sequence[WrittenQuestion], Collection[str]], Iterable[Problem]] = lambda _questions, _keeping: ()
    order: Literal["drawn", "as written", "as wanted"] = "as wanted"
    is_right: Callable[[WrittenOption, WrittenQuestion], bool] = lambda option, _: option.is_right
    place: Callable[[WrittenOption], int] = lambda _: 0
    stem_html: Callable[[WrittenQuestion, ProseRenderer], SafeString] = lambda question, prose: prose.render(
        question.stem
    )
    trace: Callable[[WrittenQuestion], Trace | None] = lambda _: None
    is_typed: bool = False
    has_lines: bool = False
    as_shown: Callable[[WrittenOption], str] = lambda option: plain(option.text)
    remark: Callable[[Question, Given, float], str] = lambda _question, _given, _grade: ""
    key: Callable[[Question], list[Any]] = positions_of_right

    def has_box(self, mark: str) -> bool:
        """Whether a box with this in it is one of this kind."""
        return re.fullmatch(self.boxes, mark) is not None


FENCED = re.compile(r"^(?P<fence>`{3,}+|~{3,}+)[^\n]*\n(?P<text>.*?)\n?(?P=fence)[ \t]*$", re.DOTALL)


def plain(text: str) -> str:
    """An expected answer as it is to be typed: without the code fence or the backticks in which it may stand."""
    if found := FENCED.match(text):
        return found["text"]
    inner = text.lstrip("`")
    ticks = text[: len(text) - len(inner)]
    return inner.removesuffix(ticks) if ticks and len(inner) > len(ticks) and inner.endswith(ticks) else text


def positions(form: Form, name: str) -> list[int]:
    """The positions that a field holds; 0 stands for nonsense."""
    return [int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 0 for text in form.getlist(name)]  # noqa: PLR2004 - digits


def wrong_count(question: WrittenQuestion, fewest: int = FEWEST) -> Iterable[Problem]:
    """Whether there are too few options, or too many."""
    if not fewest <= len(question.options) <= MOST:
        count = len(question.options)
        yield Problem(question.line, 1, f"a question has {fewest} to {MOST} options, not {count}")


def no_program(question: WrittenQuestion) -> Iterable[Problem]:
    """Whether a trace has nothing to be run."""
    if not question.program:
        yield Problem(question.line, 1, "a trace needs a block of code in ```python under the question")

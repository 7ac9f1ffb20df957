"""A short text: one of the accepted ones, or not. Other systems know patterns for it, which have no form here."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from lessons.scanning import Problem
from quiz.kinds.exchange import ARROW, Carrying, Exchange, Lose, NoPlace, NotCarried, Part
from quiz.kinds.kind import Form, StudioForm, Unclear, plain
from quiz.kinds.text import arrows, comparing
from quiz.kinds.typed import LONGEST, Sameness, folded, mark_of, text_in, typed_kind, with_a_right_one, wrong_answers
from quiz.kinds.typed.slips import ask_back
from quiz.questions import Given, Option, Question
from quiz.written import DraftedOption, WrittenOption, WrittenQuestion


def take(question: Question, form: Form) -> Given:
    """A short text as it was typed, in one line.

    One that is nearly right is asked back once, and counts when it is sent again as it is.
    """
    text = text_in(form, _in_one_line, comparing.folded, "Write an answer first.")
    if len(text) > LONGEST:
        raise Unclear(f"A few words are enough: at most {LONGEST} characters.")
    slip = None if same(question, text) else comparing.slip(question.options, text)
    ask_back(slip, text, map(_in_one_line, form.getlist("asked_back")))
    return text


def same(question: Question, given: Given) -> list[Option]:
    """The expected answers that say what was given, as a person would compare them."""
    return comparing.same_text(question.options, str(given))


def _in_one_line(text: str) -> str:
    return " ".join(text.split())


def problems(question: WrittenQuestion) -> Iterable[Problem]:
    """Answers that nobody could give, that are there twice, or of which one is right and the other wrong."""
    return wrong_answers(question, Sameness(_own, _taken), comparing.folded, LONGEST)


class _Author(NamedTuple):
    """An expected answer as it is written, and as it is compared; `small` is None for code, in which case counts."""

    written: str
    exact: str
    small: str | None


@lru_cache(maxsize=4096)
def _author(text: str) -> _Author:
    inner = plain(text)
    reading = comparing.reading_of_author(inner)
    if inner != text:
        return _Author(f"`{_in_one_line(inner)}", reading.exact, None)
    return _Author(folded(text), reading.exact, reading.small)


def _own(option: WrittenOption) -> Iterator[tuple[str, str, str]]:
    author = _author(option.text)
    yield "", "written", author.written
    yield from _as_compared(author, option.mark)


def _taken(option: WrittenOption) -> Iterator[tuple[tuple[str, str, str], str]]:
    author = _author(option.text)
    why = "spacing does not count" if author.small is None else "case and spacing do not count"
    yield ("", "written", author.written), why
    # Two that are both right, or both wrong, do no harm. Authors wrote down what phones type before it was looked past.
    for key in _as_compared(author, " " if option.mark == "=" else "="):
        yield key, "the shape of quotes and dashes does not count, nor what nobody sees"


def _as_compared(author: _Author, mark: str) -> Iterator[tuple[str, str, str]]:
    yield mark, "exact", author.exact
    if author.small is not None:
        yield mark, "small", author.small


def grouped(question: Question | None, text: str) -> str:
    """A text as statistics count it: in its own letters where an answer is code."""
    has_code = question is not None and any(comparing.is_code(option.text) for option in question.options)
    return comparing.loosely_in_its_case(text) if has_code else comparing.loosely(text)


def carried(carrying: Carrying) -> Iterable[DraftedOption]:
    """The accepted answers and the mistakes, each once."""
    options: list[DraftedOption] = []
    seen: dict[str, str] = {}
    for answer in carrying.foreign.answers:
        line, text = answer.text.line, carrying.plain(answer.text)
        bare = text.replace(r"\*", "")
        if "*" in bare:
            what = "what is said to any other answer" if text == "*" else f"the pattern “{text}”"
            carrying.say(line, f"{what} is not carried: there are no patterns here, so write each answer down")
            continue
        text = _without_ticks(text.replace(r"\*", "*"))
        if len(text) > LONGEST:
            raise NotCarried(f"its answer on line {line} has more than {LONGEST} characters")
        if folded(text) in seen:
            carrying.say(line, f"the answer “{text}” is that of an earlier line: {_alike(text, seen[folded(text)])}")
            continue
        seen[folded(text)] = text
        options.append(DraftedOption(text, mark_of(answer, "=", carrying), arrows.feedback(answer, carrying)))
    return with_a_right_one(options, "=")


def _alike(one: str, other: str) -> str:
    """Why two answers are one here."""
    if one.lower().split() == other.lower().split():
        return "case and spacing do not count here"
    return f"here it counts as “{other}”, for forms of the same letters, like ß and ss, are one"


def _without_ticks(text: str) -> str:
    """An answer without backticks around it, which do not count."""
    while len(text) <= LONGEST and (bare := " ".join(plain(text).split())) != text:
        text = bare
    return text


def parts(question: WrittenQuestion, lose: Lose) -> Iterator[Part]:
    """Each answer, right or wrong."""
    for option in question.options:
        text = " ".join(plain(option.text).split())
        feedback = arrows.outgoing(option.feedback)
        if ARROW in text or ARROW in feedback:
            raise NoPlace("with -> in an answer, GIFT takes it for a matching")
        if text != " ".join(option.text.split()):
            lose(option.line, "that an answer is code has no place in GIFT: there, upper and lower case do not count")
        yield Part(
            "=",
            text.replace("*", r"\*"),  # an asterisk alone is a pattern there
            weight="0" if option.mark == " " else "100",
            feedback=feedback,
            markup="plain",
            line=option.line,
        )


KIND = typed_kind(
    "text",
    box="=",
    problems=problems,
    take=take,
    same=same,
    how=lambda _: "Write a word or a few.",
    grouped=grouped,
    not_counted="What does not count in an answer is left out: case, spacing, an article in front and the like.",
    exchange=Exchange(("text",), carried, parts),
    form=StudioForm("A short text", "types a word or a few", "Answer", "="),
    fields="kinds/typed/fields_asked_back.html",
)

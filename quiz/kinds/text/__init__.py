"""A short text, or what a program prints: one of the accepted ones, or not."""

import unicodedata
from collections.abc import Callable, Iterable
from urllib.parse import quote_plus

from lessons.scanning import Problem
from quiz.kinds.kind import Form, Kind, Unclear, plain
from quiz.questions import Given, Option, Question
from quiz.written import WrittenQuestion

LONGEST = 200  # characters of a short text
LONGEST_OUTPUT = 2000
LARGEST = 7000  # bytes as a form sends it, in which one sign may take twelve; the whole form may have 8 KB
NUL = "\0"  # no key writes it, and PostgreSQL keeps no text with it
NO_TEXT = "There is a character in it that is no text. Type the answer."

Fold = Callable[[str], str]


def folded(text: str) -> str:
    """A short text without what does not count: case, spacing, and the marks with which code is set off."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split()).strip("`").strip()


def printed(text: str) -> str:
    """What was printed, without what nobody sees: white space at the ends of lines, and empty lines around it."""
    rows = [row.rstrip() for row in text.replace("\r\n", "\n").split("\n")]
    return "\n".join(rows).strip("\n")


def take(question: Question, form: Form) -> Given:
    """A short text as it was typed, in one line."""
    text = " ".join(" ".join(form.getlist("text")).split())
    if not folded(text):
        raise Unclear("Write an answer first.")
    if NUL in text:
        raise Unclear(NO_TEXT)
    if len(text) > LONGEST:
        raise Unclear(f"A few words are enough: at most {LONGEST} characters.")
    return text


def take_output(question: Question, form: Form) -> Given:
    """What is printed, as it was typed, in its lines."""
    text = printed("\n".join(form.getlist("text")))
    if not text.strip():
        raise Unclear("Write what is printed first.")
    if NUL in text:
        raise Unclear(NO_TEXT)
    if len(text) > LONGEST_OUTPUT:
        raise Unclear(f"The program prints less: at most {LONGEST_OUTPUT:,} characters can be sent.")
    return text


def _same(question: Question, given: Given, fold: Fold) -> list[Option]:
    text = fold(str(given))
    return [option for option in question.options if fold(option.plain) == text]


def _kind(
    name: str,
    fold: Fold,
    take: Callable[[Question, Form], Given],
    how: str,
    more: Callable[[WrittenQuestion], Iterable[Problem]],
) -> Kind:
    def grade(question: Question, given: Given) -> float:
        return 1.0 if any(option.is_right for option in _same(question, given, fold)) else 0.0

    def matched(question: Question, given: Given) -> frozenset[str]:
        return frozenset(option.key for option in _same(question, given, fold))

    def problems(question: WrittenQuestion) -> Iterable[Problem]:
        longest = LONGEST if name == "text" else LONGEST_OUTPUT
        seen: dict[str, int] = {}
        for option in question.options:
            text = fold(plain(option.text))
            if not text:
                yield Problem(option.line, 6, "the answer has no text")
            elif text in seen:
                message = f"this is the same answer as the one on line {seen[text]}: case and spacing do not count"
                yield Problem(option.line, 7, message)
            elif len(plain(option.text)) > longest or len(quote_plus(plain(option.text))) > LARGEST:
                yield Problem(option.line, 7, "the answer is longer than what a learner can send")
            seen.setdefault(text, option.line)
        yield from more(question)

    return Kind(name, name, problems, take, grade, matched, lambda _: how, is_typed=True)


def _nothing_more(question: WrittenQuestion) -> Iterable[Problem]:
    return ()


def _no_program(question: WrittenQuestion) -> Iterable[Problem]:
    if not question.program:
        yield Problem(question.line, 1, "a trace needs a block of code in ```python under the question")


TEXT = _kind("text", folded, take, "Write a word or a few.", _nothing_more)
OUTPUT = _kind("output", printed, take_output, "Write what is printed, line by line.", _no_program)

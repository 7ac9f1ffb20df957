"""Whether a question as written can be asked, and whether it teaches: the rules for questions, one by one."""

import re
from collections.abc import Iterable

from lessons.scanning import Problem
from quiz.parsing import WrittenQuestion

ID = re.compile(r"^[a-z0-9-]{1,60}$")
FEWEST, MOST = 2, 26  # options: there must be a choice, and each has a letter


def problems_of(questions: list[WrittenQuestion]) -> list[Problem]:
    """Everything that is wrong with the questions of a file."""
    if not questions:
        return [Problem(1, 1, "there is no question; one begins with ## Text {#id}")]
    problems: list[Problem] = []
    seen: dict[str, int] = {}
    for question in questions:
        problems += _wrong_heading(question, seen)
        problems += _wrong_options(question)
        problems += _missing_explanations(question)
    return problems


def _wrong_heading(question: WrittenQuestion, seen: dict[str, int]) -> Iterable[Problem]:
    if not question.text:
        yield Problem(question.line, 3, "the question has no text")
    if not question.id:
        message = "the question needs an id at the end of its line, like {#why-a-queue}: its statistics hang on it"
        yield Problem(question.line, question.id_column, message)
    elif not ID.match(question.id):
        message = f"the id “{question.id}” must be 1 to 60 of the characters a-z, 0-9 and -"
        yield Problem(question.line, question.id_column, message)
    elif question.id in seen:
        message = f"the id “{question.id}” is that of the question on line {seen[question.id]}"
        yield Problem(question.line, question.id_column, message)
    else:
        seen[question.id] = question.line


def _wrong_options(question: WrittenQuestion) -> Iterable[Problem]:
    options = question.options
    right = sum(option.is_right for option in options)
    if not FEWEST <= len(options) <= MOST:
        yield Problem(question.line, 1, f"a question has {FEWEST} to {MOST} options, not {len(options)}")
    elif not right:
        yield Problem(question.line, 1, "no option is right: mark at least one with [x]")
    elif right == len(options):
        yield Problem(question.line, 1, "every option is right, so there is little to choose", warning=True)
    seen: dict[str, int] = {}
    for option in options:
        if not option.text:
            yield Problem(option.line, 6, "the option has no text")
        elif option.text in seen:
            yield Problem(option.line, 7, f"the option says the same as the one on line {seen[option.text]}")
        else:
            seen[option.text] = option.line


def _missing_explanations(question: WrittenQuestion) -> Iterable[Problem]:
    """Explained feedback is what teaches (Van der Kleij 2015), and a hint before the key is what lasts."""
    for option in question.options:
        if not option.feedback:
            yield Problem(option.line, 1, "the option has no feedback (an indented line with >)", warning=True)
    if not question.hint:
        yield Problem(question.line, 1, "the question has no hint (> Hint: …)", warning=True)
    if not question.why:
        yield Problem(question.line, 1, "the question has no why (> **Why:** …)", warning=True)

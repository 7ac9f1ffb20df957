"""Choosing: one option, or all that apply. Where a process is asked for, the program decides the key."""

import re
from collections.abc import Iterable

from lessons.scanning import Problem
from quiz.kinds.kind import Form, Kind, Unclear, positions
from quiz.questions import Given, Question
from quiz.written import WrittenQuestion

FEWEST, MOST = 2, 26  # options: there must be a choice, and each has a letter
# Who runs a line: the program itself, a Celery worker, both of them, or nobody.
PROCESSES = ("web", "worker", "both", "none")
TRACED = re.compile(rf"^line (?P<line>[1-9][0-9]{{0,3}}) in (?:the )?(?P<answer>{'|'.join(PROCESSES)})$")


def grade(question: Question, given: Given) -> float:
    """The share of the right options that were chosen, less the share of the wrong ones; never below 0.

    So everything ticked is worth nothing. Of a single choice it is 1 or 0.
    """
    chosen = frozenset(given)
    right = [option.key in chosen for option in question.options if option.is_right]
    wrong = [option.key in chosen for option in question.options if not option.is_right]
    gained = sum(right) / len(right)
    lost = sum(wrong) / len(wrong) if wrong else 0.0
    return max(0.0, gained - lost)


def take(question: Question, form: Form) -> Given:
    """The keys of the options that were chosen."""
    chosen = frozenset(positions(form, "option"))
    if not chosen:
        raise Unclear("Choose an answer first.")
    if not all(1 <= position <= len(question.options) for position in chosen):
        raise Unclear("That option does not exist. Choose one of these.")
    if len(chosen) > 1 and not question.is_multiple:
        raise Unclear("Choose one answer: this question has a single right one.")
    return sorted(question.options[position - 1].key for position in chosen)


def matched(question: Question, given: Given) -> frozenset[str]:
    """What was chosen."""
    return frozenset(given)


def how(question: Question) -> str:
    """What to do."""
    return "Choose all that apply." if question.is_multiple else "Choose one."


def problems(question: WrittenQuestion) -> Iterable[Problem]:
    """What keeps a choice from being one."""
    right = sum(option.is_right for option in question.options)
    yield from wrong_count(question)
    if not right and len(question.options) >= FEWEST:
        yield Problem(question.line, 1, "no option is right: mark at least one with [x]")
    elif right == len(question.options) > 1:
        yield Problem(question.line, 1, "every option is right, so there is little to choose", warning=True)


def wrong_count(question: WrittenQuestion, fewest: int = FEWEST) -> Iterable[Problem]:
    """Whether there are too few options, or too many."""
    if not fewest <= len(question.options) <= MOST:
        count = len(question.options)
        yield Problem(question.line, 1, f"a question has {fewest} to {MOST} options, not {count}")


def process_problems(question: WrittenQuestion) -> Iterable[Problem]:
    """What keeps a trace of processes from being one."""
    yield from wrong_count(question)
    line = question.label_lines.get("runs", question.line)
    found = TRACED.match(question.traced)
    marks: dict[str, int] = {}
    for option in question.options:
        if option.mark in marks:
            message = f"the process “{option.mark}” is that of the option on line {marks[option.mark]}"
            yield Problem(option.line, 4, message)
        marks.setdefault(option.mark, option.line)
    if not question.program:
        yield Problem(question.line, 1, "a trace needs a block of code in ```python under the question")
    if not found:
        message = (
            f"a trace says which process runs which line (> Runs: line 7 in worker); known are {', '.join(PROCESSES)}"
        )
        yield Problem(line, 1, message)
    elif int(found["line"]) > len(question.program) > 0:
        yield Problem(line, 1, f"the program has {len(question.program)} lines, and no line {found['line']}")
    elif found["answer"] not in marks:
        yield Problem(line, 1, f"no option stands for {found['answer']}, which is the answer")


CHOICE = Kind("choice", "choice", problems, take, grade, matched, how)
PROCESS = Kind("process", "choice", process_problems, take, grade, matched, how)

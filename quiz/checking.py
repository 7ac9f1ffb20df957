"""Whether a question as written can be asked, and whether it teaches: the rules for questions, one by one."""

import re
from collections.abc import Container, Iterable

from django.utils.text import slugify

from lessons.scanning import Problem
from quiz.kinds import CHOICE, KINDS, kind_of_box, kind_of_written
from quiz.written import WrittenQuestion
from stopwatch.registry import rules

ID = re.compile(r"^[a-z0-9-]{1,60}$")
OFFERED = 40  # characters of an id that is offered: long enough to be told from others, short enough to be typed


def problems_of(questions: list[WrittenQuestion], tries: int) -> list[Problem]:
    """Everything that is wrong with the questions of a file, each of which may be answered `tries` times."""
    if not questions:
        return [Problem(1, 1, "there is no question; one begins with ## Text {#id}")]
    problems: list[Problem] = []
    seen: dict[str, int] = {}
    taken = {question.id for question in questions}
    for question in questions:
        problems += _wrong_heading(question, seen, taken)
        problems += _wrong_options(question)
        problems += _missing_explanations(question, tries)
    return problems


def _wrong_heading(question: WrittenQuestion, seen: dict[str, int], taken: set[str]) -> Iterable[Problem]:
    if not question.text:
        yield Problem(question.line, 3, "the question has no text")
    if not question.id:
        offered = offered_id(question.text, question.line, taken)
        taken.add(offered)
        message = f"the question needs an id at the end of its line, like {{#{offered}}}: its statistics hang on it"
        yield Problem(question.line, question.id_column, message)
    elif not ID.match(question.id):
        message = f"the id “{question.id}” must be 1 to 60 of the characters a-z, 0-9 and -"
        yield Problem(question.line, question.id_column, message)
    elif question.id in seen:
        message = f"the id “{question.id}” is that of the question on line {seen[question.id]}"
        yield Problem(question.line, question.id_column, message)
    else:
        seen[question.id] = question.line


def offered_id(text: str, line: int, taken: Container[str]) -> str:
    """An id for the question on a line, made of its text, that none of the taken ones is.

    It is cut between words, and has up to OFFERED characters and a number.
    """
    base = slugify(text).replace("_", "-").strip("-")
    if len(base) > OFFERED:
        base = base[: OFFERED + 1].rpartition("-")[0] or base[:OFFERED]
    base = base or "question"
    return next((name for name in (base, f"{base}-{line}") if name not in taken), f"question-{line}-{base[:OFFERED]}")


def _wrong_options(question: WrittenQuestion) -> Iterable[Problem]:
    yield from _wrong_texts(question)
    kind = kind_of_written(question)
    if kind is None:
        marks = ", ".join(dict.fromkeys(f"[{option.mark}]" for option in question.options))
        yield Problem(question.options[0].line, 3, f"the boxes of one question are of one kind, not {marks}")
    else:
        yield from kind.problems(question)
        for other in KINDS.values():
            for name, message in other.quotes.items():
                if name in question.quotes and name not in kind.quotes:
                    yield Problem(question.label_lines[name], 1, message)


def _wrong_texts(question: WrittenQuestion) -> Iterable[Problem]:
    seen: dict[str, int] = {}
    for option in question.options:
        if not option.text:
            yield Problem(option.line, 6, "the option has no text")
        elif option.text in seen:
            yield Problem(option.line, 7, f"the option says the same as the one on line {seen[option.text]}")
        else:
            seen[option.text] = option.line


def _missing_explanations(question: WrittenQuestion, tries: int) -> Iterable[Problem]:
    """Explained feedback is what teaches (Van der Kleij 2015), and a hint before the key is what lasts."""
    yield from _missing_feedback(question)
    if not question.hint and tries > 1:
        yield Problem(question.line, 1, "the question has no hint (> Hint: …)", warning=True)
    yield from _missing_why(question)


def _missing_feedback(question: WrittenQuestion) -> Iterable[Problem]:
    # Another way to say the right answer gets the feedback of the first one.
    alternatives = [option for option in question.options if kind_of_box(option.mark).is_typed][1:]
    for option in question.options:
        if not option.feedback and option not in alternatives:
            yield Problem(option.line, 1, "the option has no feedback (an indented line with >)", warning=True)


def _missing_why(question: WrittenQuestion) -> Iterable[Problem]:
    if not question.why:
        yield Problem(question.line, 1, "the question has no why (> **Why:** …)", warning=True)


def problems_of_predictions(questions: list[WrittenQuestion]) -> list[Problem]:
    """Everything that is wrong with the predictions of a file, each of which is followed by its reason."""
    if not questions:
        return [Problem(1, 1, "there is no prediction; one begins with ## Text {#id}")]
    problems: list[Problem] = []
    seen: dict[str, int] = {}
    taken = {question.id for question in questions}
    before: WrittenQuestion | None = None  # a prediction whose reason has not been read yet
    for question in questions:
        problems += _wrong_heading(question, seen, taken)
        is_prediction = _is_prediction(question)
        if before and is_prediction:
            problems.append(_no_reason(before))
        elif not before and not is_prediction:
            message = "this is no reason, as no prediction stands before it: a prediction has a line > Measured: …"
            problems.append(Problem(question.line, 1, message))
        problems += _wrong_prediction(question) if is_prediction else _wrong_reason(question)
        before = question if is_prediction else None
    return [*problems, _no_reason(before)] if before else problems


def _is_prediction(question: WrittenQuestion) -> bool:
    return "measured" in question.quotes or any(option.outcome for option in question.options)


def _no_reason(question: WrittenQuestion) -> Problem:
    return Problem(question.line, 1, "the prediction has no reason: a question of its own, right behind it")


def _wrong_prediction(question: WrittenQuestion) -> Iterable[Problem]:
    rule = rules.get(question.measured)
    line = question.label_lines.get("measured", question.line)
    if not question.measured:
        known = ", ".join(rules)
        yield Problem(line, 1, f"the prediction does not say what decides it (> Measured: …); known are {known}")
    elif rule is None:
        yield Problem(line, 1, f"nothing measures “{question.measured}”; known are {', '.join(rules)}")
    seen: dict[str, int] = {}
    for option in question.options:
        if rule and option.outcome not in rule.outcomes:
            known = ", ".join(rule.outcomes)
            message = f"the box holds “{option.mark}”; “{rule.name}” can come out as {known}"
            yield Problem(option.line, 4, message)
        elif option.outcome in seen:
            message = f"the outcome “{option.outcome}” is that of the option on line {seen[option.outcome]}"
            yield Problem(option.line, 4, message)
        seen.setdefault(option.outcome, option.line)
    missing = [outcome for outcome in rule.outcomes if outcome not in seen] if rule else []
    if missing:
        yield Problem(question.line, 1, f"no option stands for {', '.join(missing)}, which may come out")
    for name in ("hint", "why"):
        if name in question.quotes:
            message = f"a prediction has no {name}: its options have feedback, and its reason has the why"
            yield Problem(question.line, 1, message)
    yield from _wrong_texts(question)
    yield from _missing_feedback(question)


def _wrong_reason(question: WrittenQuestion) -> Iterable[Problem]:
    yield from _wrong_texts(question)
    yield from CHOICE.problems(question)
    if sum(option.is_right for option in question.options) > 1:
        yield Problem(question.line, 1, "a reason is a single choice: mark one option with [x]")
    if "hint" in question.quotes:
        yield Problem(question.line, 1, "a reason has one try, so nobody would see its hint")
    yield from _missing_feedback(question)
    yield from _missing_why(question)

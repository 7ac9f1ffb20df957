"""What the kinds share whose answers are typed: their options are answers that the author expects, right or wrong."""

import unicodedata
from collections import Counter
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote_plus

from django.utils.html import escape

from lessons.scanning import Problem
from lessons.shown import is_blank
from quiz.foreign import Answer
from quiz.kinds.answers import AnswerRow, AnswersTable, Counted
from quiz.kinds.exchange import FULL, Carrying, Exchange, NotCarried, per_cent
from quiz.kinds.kind import Form, Kind, Unclear, plain
from quiz.kinds.options import ShownOption, shown_options
from quiz.progress import Asked
from quiz.questions import Given, Option, Question
from quiz.written import DraftedOption, WrittenOption, WrittenQuestion

LONGEST = 200  # characters of a text in one line
LARGEST = 7000  # bytes as a form sends it, in which one sign may take twelve; the whole form may have 8 KB
NUL = "\0"  # no key writes it, and PostgreSQL keeps no text with it

Fold = Callable[[str], str]
Grouped = Callable[[Question | None, str], str]


def folded(text: str) -> str:
    """A short text without what does not count: case, spacing, and the marks with which code is set off."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split()).strip("`").strip()


def typed_kind(
    name: str,
    *,
    box: str,
    problems: Callable[[WrittenQuestion], Iterable[Problem]],
    take: Callable[[Question, Form], Given],
    same: Callable[[Question, Given], list[Option]],
    how: Callable[[Question], str],
    grouped: Grouped,
    exchange: Exchange | str,
    not_counted: str = "",
    **more: Any,
) -> Kind:
    """A kind whose answers are typed.

    Args:
        box: what stands in the box of a right answer.
        same: the expected answers that say the same as what was given.
        grouped: a text without what does not count in an answer to a question: statistics count the same ones as one.
        not_counted: a sentence that says what that is.
        more: whatever else differs.
    """

    def matched(question: Question, given: Given) -> frozenset[str]:
        return frozenset(option.key for option in same(question, given))

    def shown(asked: Asked, form: Form) -> Iterable[ShownOption]:
        def matched_then(question: Question, given: Given) -> frozenset[str]:
            # What was right when it was given stays so, however strictly it would be read now.
            right = [tried for tried in asked.attempts if tried.is_right and tried.version == question.version]
            was_right = any(tried.given == given for tried in right)
            return matched(question, given) or frozenset(option.key for option in question.right[:1] if was_right)

        # None is to be seen before it was given, or everything is settled.
        there = (option for option in shown_options(asked, matched_then) if option.mark or asked.is_settled)
        return (replace(option, letter="") for option in there)

    return Kind(
        name,
        boxes=box,
        problems=problems,
        is_right=lambda option, _: option.mark == box,
        order="as written",
        is_typed=True,
        settled="kinds/typed/settled.html",
        paper="kinds/typed/paper.html",
        how=how,
        send="text",
        take=take,
        grade=lambda question, given: 1.0 if any(option.is_right for option in same(question, given)) else 0.0,
        shown=shown,
        key=lambda question: [option.plain for option in question.right],
        answers=_answers(matched, grouped, not_counted),
        exchange=exchange,
        **{"fields": "kinds/typed/fields.html", **more},
    )


def text_in(form: Form, kept: Fold, fold: Fold, empty: str) -> str:
    """The text that a form sent, as it is kept.

    Raises:
        Unclear: nothing that counts is in it, which `empty` says, or something that no key writes.
    """
    text = kept("\n".join(form.getlist("text")))
    if not fold(text).strip():
        raise Unclear(empty)
    if NUL in text:
        raise Unclear("There is a character in it that is no text. Type the answer.")
    return text


def alike(question: Question, given: Given, fold: Fold) -> list[Option]:
    """The expected answers that are the same text, but for what does not count."""
    text = fold(str(given))
    return [option for option in question.options if fold(option.plain) == text]


@dataclass(frozen=True)
class Sameness:
    """What makes two expected answers one.

    Attributes:
        own: what an answer is known by.
        taken: what none before it may be known by, each with what differs between the two and does not count.
    """

    own: Callable[[WrittenOption], Iterable[Hashable]]
    taken: Callable[[WrittenOption], Iterable[tuple[Hashable, str]]]


def wrong_answers(question: WrittenQuestion, sameness: Sameness, fold: Fold, longest: int) -> Iterable[Problem]:
    """Expected answers that nobody could give, or that are there twice. `longest` is in characters."""
    seen: dict[Hashable, int] = {}
    for option in question.options:
        text = plain(option.text)
        if len(text) > longest or len(quote_plus(text)) > LARGEST:
            yield Problem(option.line, 7, "the answer is longer than what a learner can send")
            continue
        found = next(((seen[key], why) for key, why in sameness.taken(option) if key in seen), None)
        if not fold(text) or is_blank(escape(text)):
            yield Problem(option.line, 6, "the answer has no text")
        elif found:
            yield Problem(option.line, 7, f"this is the same answer as the one on line {found[0]}: {found[1]}")
        for key in sameness.own(option):
            seen.setdefault(key, option.line)


def _answers(matched: Callable[[Question, Given], frozenset[str]], grouped: Grouped, not_counted: str) -> AnswersTable:
    def rows(question: Question | None, is_current: bool, counted: Counted) -> Iterable[AnswerRow]:  # noqa: FBT001 - see AnswersTable
        counts: Counter[tuple[str, float]] = Counter()
        sample: dict[tuple[str, float], Given] = {}
        for given, grade, count in counted:
            if isinstance(given, str):
                words = grouped(question, given)
                counts[words, grade] += count
                sample.setdefault((words, grade), given)
        for (words, grade), count in counts.most_common():
            is_foreseen = is_current and question is not None and bool(matched(question, sample[words, grade]))
            yield AnswerRow(words, count, right="yes" if grade == 1 else "no", is_foreseen=is_foreseen)

    note = f"Only what at least {{least}} learners typed. {not_counted}".strip()
    return AnswersTable("typed", "What was typed", "Answer", rows, note, is_typed=True)


def mark_of(answer: Answer, right: str, carrying: Carrying) -> str:
    """What stands in its box: `right`, or nothing."""
    if 0 < answer.weight < FULL:
        carrying.say(answer.text.line, f"the weight {per_cent(answer.weight)} is not carried: the answer is wrong here")
    return right if answer.weight >= FULL else " "


def with_a_right_one(options: list[DraftedOption], right: str) -> list[DraftedOption]:
    """The same, with a right one first, which is how a reader finds it."""
    if not any(option.mark == right for option in options):
        raise NotCarried("no answer that can be carried is right")
    return sorted(options, key=lambda option: option.mark != right)

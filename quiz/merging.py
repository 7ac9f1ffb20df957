"""What two learners answered, as that of one: nothing is lost, and nothing counts twice.

A first attempt is the earlier one of the two. What counts of the rest is what the one would have done if both had sat
at one browser: their attempts in the order of time, until one of them is right. Whatever one of the two had settled
thus stays settled. What came after that is kept as go 0, which nothing counts. Later goes stand one after the other.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from heapq import merge as in_order
from typing import TypeVar
from uuid import UUID

from django.db.models import F

from quiz.models import Answer, Go, Prediction

HISTORY = 0  # the go of what counts no more
# While rows change places, all of them stand this much further up, so that none meets another in its old place.
ASIDE = 1_000_000_000

# The new number of a later go, by whose it was, its lesson and its number.
Numbers = Mapping[tuple[UUID, str, int], int]

Recorded = TypeVar("Recorded", Answer, Go)


@dataclass(frozen=True)
class Place:
    """The place to which an answer goes."""

    answer: Answer
    go: int
    attempt: int


def merge_answers(first: UUID, second: UUID) -> None:
    """Make the answers of the first learner the second's. Their goes must not have been merged before."""
    one, other = (
        Answer.objects.filter(learner_id=learner).order_by("go", "attempt", "pk") for learner in (first, second)
    )
    placed = places(one, other, _numbers_of(first, second))
    Answer.objects.filter(learner_id__in=(first, second)).update(go=F("go") + ASIDE)
    for place in placed:
        answer = place.answer
        answer.learner_id, answer.go, answer.attempt = second, place.go, place.attempt
    Answer.objects.bulk_update([place.answer for place in placed], ["learner", "go", "attempt"], batch_size=100)


def places(first: Iterable[Answer], second: Iterable[Answer], numbers: Numbers) -> list[Place]:
    """Where each answer of two learners goes. Those to one question in one go stand as they were given."""
    placed: list[Place] = []
    counts: Counter[tuple[str, str, int]] = Counter()
    settled: set[tuple[str, str]] = set()
    for answer in _by_time(first, second, lambda answer: (answer.go, answer.lesson, answer.question)):
        question = (answer.lesson, answer.question)
        go = numbers.get((answer.learner_id, answer.lesson, answer.go), HISTORY) if answer.go > 1 else answer.go
        if go > 1:
            placed.append(Place(answer, go, answer.attempt))
            continue
        if go == 1 and question in settled:
            go = HISTORY
        elif go == 1 and answer.correct:
            settled.add(question)
        counts[(*question, go)] += 1
        placed.append(Place(answer, go, counts[(*question, go)]))
    return placed


def merge_goes(first: UUID, second: UUID) -> None:
    """Make the later goes of the first learner the second's: all are numbered anew, from 2, as they were begun."""
    numbers = _numbers_of(first, second)
    Go.objects.filter(learner_id__in=(first, second)).update(number=F("number") + ASIDE)
    goes = list(Go.objects.filter(learner_id__in=(first, second)))
    for go in goes:
        go.number = numbers[go.learner_id, go.lesson, go.number - ASIDE]
        go.learner_id = second
    Go.objects.bulk_update(goes, ["learner", "number"], batch_size=100)


def later_goes(first: Iterable[Go], second: Iterable[Go]) -> Numbers:
    """The new number of every later go of two learners. Those of each stand in the order of their numbers."""
    begun: Counter[str] = Counter()
    numbers: dict[tuple[UUID, str, int], int] = {}
    for go in _by_time(first, second, lambda go: (go.lesson,)):
        begun[go.lesson] += 1
        numbers[go.learner_id, go.lesson, go.number] = begun[go.lesson] + 1
    return numbers


def _numbers_of(first: UUID, second: UUID) -> Numbers:
    return later_goes(
        *(list(Go.objects.filter(learner_id=learner).order_by("lesson", "number")) for learner in (first, second))
    )


def _by_time(
    first: Iterable[Recorded], second: Iterable[Recorded], group: Callable[[Recorded], tuple[str | int, ...]]
) -> Iterable[Recorded]:
    """Both in one order, group by group: that of time, but of one side never out of its own.

    So a clock that was set back changes nothing about who was first, and merging with nobody changes nothing at all.
    """
    groups: dict[tuple[str | int, ...], tuple[list[Recorded], list[Recorded]]] = defaultdict(lambda: ([], []))
    for side, rows in enumerate((first, second)):
        for row in rows:
            groups[group(row)][side].append(row)
    for _, (one, other) in sorted(groups.items(), key=lambda item: item[0]):
        yield from in_order(one, other, key=_moment)


def _moment(row: Answer | Go) -> tuple[datetime, int]:
    return row.created, row.pk


def merge_predictions(first: UUID, second: UUID) -> None:
    """Make the predictions of the first learner the second's.

    Where both said something, what was said first counts, and anything counts before a skip. Of two reasons the first
    one that was given counts. The other row is dropped, for there is one for each question.
    """
    kept = {(row.lesson, row.question): row for row in Prediction.objects.filter(learner_id=second)}
    for moved in Prediction.objects.filter(learner_id=first):
        there = kept.get((moved.lesson, moved.question))
        if there is not None:
            counts, other = sorted((moved, there), key=lambda row: (not row.chosen, row.changed, row.pk))
            _take_reason(counts, other)
            other.delete()
            moved = counts  # noqa: PLW2901 - whichever counts is now the second learner's
        moved.learner_id = second
        moved.save()


def _take_reason(row: Prediction, other: Prediction) -> None:
    if other.reason_at and (row.reason_at is None or other.reason_at < row.reason_at):
        row.reason, row.reason_version, row.reason_at = other.reason, other.reason_version, other.reason_at

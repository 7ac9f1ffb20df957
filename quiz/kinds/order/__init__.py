"""Putting steps into order."""

from collections.abc import Iterable
from itertools import pairwise

from lessons.scanning import Problem
from quiz.kinds.choice import wrong_count
from quiz.kinds.kind import Form, Kind, Unclear, positions
from quiz.questions import Given, Option, Question, shuffle_key
from quiz.written import WrittenQuestion

FEWEST = 3  # steps: they are never shown in the right order, so of two the other order would be it


def in_order(question: Question) -> list[Option]:
    """The steps in the right order."""
    return sorted(question.options, key=lambda option: option.place)


def grade(question: Question, given: Given) -> float:
    """Of the pairs of neighbours in the right order, the share that follow each other in this one.

    For n steps in an order drawn at random, (n - 1) / n of one pair is to be expected: little is gained by guessing.
    """
    right = [option.key for option in in_order(question)]
    pairs = set(pairwise(right))
    if sorted(given) != sorted(right):
        return 0.0  # the steps are no longer those that were put into order
    return sum(pair in pairs for pair in pairwise(given)) / len(pairs)


def take(question: Question, form: Form) -> Given:
    """The keys of the steps, in the order in which they were put."""
    placed = positions(form, "step")
    if sorted(placed) != list(range(1, len(question.options) + 1)):
        raise Unclear("Send every step once. Here they are again.")
    return [question.options[position - 1].key for position in placed]


def moved(placed: list[int], move: str) -> list[int]:
    """The positions after a move: "3 up" lets position 3 change places with the one before it.

    What is no move, or leads over the end, changes nothing.
    """
    name, _, direction = move.partition(" ")
    if name not in map(str, placed) or direction not in {"up", "down"}:
        return placed
    at = placed.index(int(name))
    to = at + (1 if direction == "down" else -1)
    if not 0 <= to < len(placed):
        return placed
    after = list(placed)
    after[at], after[to] = after[to], after[at]
    return after


def matched(question: Question, given: Given) -> frozenset[str]:
    """The steps that stand where they belong."""
    pairs = zip(in_order(question), given, strict=False)
    return frozenset(option.key for option, key in pairs if option.key == key)


def how(question: Question) -> str:
    """What to do."""
    return "Put the steps into order, the first one on top."


def problems(question: WrittenQuestion) -> Iterable[Problem]:
    """What keeps steps from having one order."""
    yield from wrong_count(question, FEWEST)
    seen: dict[int, int] = {}
    count = len(question.options)
    for option in question.options:
        place = int(option.mark)
        if place in seen:
            yield Problem(option.line, 4, f"the place {place} is that of the step on line {seen[place]}")
        elif place > count:
            yield Problem(option.line, 4, f"the steps have the places 1 to {count}, each once, not {place}")
        seen.setdefault(place, option.line)
    by_place = sorted(question.options, key=lambda option: int(option.mark))
    if by_place == sorted(question.options, key=lambda option: shuffle_key(question.id, option.text)):
        message = "the steps happen to be drawn in their right order: reword one, or give a new question another id"
        yield Problem(question.line, 1, message)


ORDER = Kind("order", "order", problems, take, grade, matched, how)

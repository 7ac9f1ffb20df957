"""Says whose figures stand in a place: the reader's own clicks, the recorded run, or one of them for each case."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lessons.registry import RenderedBlock
from stopwatch import registry
from stopwatch.measured import Board, Measured
from stopwatch.sentences import PLACE

OWN = "your click"
RECORDED = "recorded"
MISSING = "not run yet"
OWN_CLICKS = "Measured by your own clicks in this lesson."
OWN_RUN = "Measured in the run that you started, by its own load generator."
HOW = "How it was recorded"  # the link in templates/stopwatch/_provenance.html


@dataclass(frozen=True)
class Provenance:
    """Two sentences of one length or another: the one that is shown, and the longest that may take its place.

    The page keeps room for the longer one, so that nothing below jumps when the reader's figures replace others.
    """

    text: str
    room: str
    is_recorded: bool = False  # some of the figures are, so that it leads on to how they were made


def word(measured: Measured | None) -> str:
    """In one or two words, whose a measurement is."""
    if measured is None:
        return MISSING
    return RECORDED if measured.is_recorded else OWN


def provenance_of(board: Board, cases: Iterable[str]) -> Provenance:
    """Say of each case whose its figures are."""
    of = {case: word(board.of(case)) for case in cases}
    if not of:
        return Provenance("", "")
    whose = set(of.values())
    if whose == {OWN}:
        text = OWN_RUN if all(registry.cases[case].scope == "site" for case in of) else OWN_CLICKS
    elif whose == {RECORDED}:
        text = "A recorded run, until you run it yourself."
    elif whose == {MISSING}:
        text = "You have not run this yet, and no run was recorded."
    else:
        text = "; ".join(f"{registry.cases[case].title}: {said}" for case, said in of.items()) + "."
    longest = "; ".join(f"{registry.cases[case].title}: {OWN}" for case in of) + f". {HOW}."
    return Provenance(text, longest, RECORDED in of.values())


def cases_in(block: RenderedBlock) -> tuple[str, ...]:
    """The cases whose figures an author put into a block, in the order of the register."""
    named = {found["case"] for text in _texts(block) for found in re.finditer(PLACE, text)}
    return tuple(case for case in registry.cases if case in named)


def context(block: RenderedBlock, board: Board, *_: object) -> Mapping[str, Any]:
    """For blocks whose figures stand in the author's own text: verdicts, comparisons and the like."""
    return {"provenance": provenance_of(board, cases_in(block))}


def _texts(block: RenderedBlock) -> Iterator[str]:
    yield block.html
    yield from block.options_html.values()
    for child in block.children:
        yield from _texts(child)

"""Claims that a reader's own clicks can test."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from stopwatch.definitions import rating
from stopwatch.measured import Board


class Verdict(StrEnum):
    """What came of a claim, here and with these figures."""

    TRUE = "True here"
    FALSE = "Not true here"
    UNTESTED = "Not tested yet"


@dataclass(frozen=True)
class ClaimTest:
    """How a claim is tested.

    Attributes:
        cases: whose measurements decide.
        how: the rule, in a sentence.
        judge: the verdict, from a board that has the cases.
        says: the figures behind it, in sentences with places for them, like those of stopwatch/outcomes.py.
    """

    cases: tuple[str, ...]
    how: str
    judge: Callable[[Board], Verdict]
    says: Callable[[Board], str]


@dataclass(frozen=True)
class Tested:
    """What came of a claim, and the figures behind it in sentences with places for them."""

    verdict: Verdict
    says: str


def put_to_test(name: str, board: Board) -> Tested:
    """Test a claim with what a board has."""
    test = TESTS[name]
    if any(board.of(case) is None for case in test.cases) or test.judge(board) is Verdict.UNTESTED:
        return Tested(Verdict.UNTESTED, "")
    return Tested(test.judge(board), test.says(board))


def _blocking_raises_inp(board: Board) -> Verdict:
    inp = board.get("blocking", "inp")
    if inp is None:
        return Verdict.UNTESTED
    return Verdict.FALSE if rating("inp", inp) == "good" else Verdict.TRUE


def _says_blocking_raises_inp(board: Board) -> str:
    blocking, background, frozen = (board.of(case) for case in ("blocking", "celery", "sync"))
    assert blocking is not None
    is_own = not blocking.is_recorded
    grew = "What grew is the time from click to answer: [[blocking click-to-answer]]"
    if background and "click-to-answer" in background.figures:
        grew += " against [[celery click-to-answer]] in the background"
        grew += ", recorded" if is_own and background.is_recorded else ""
    sentences = [f"The INP of the blocking click was [[blocking inp]]. {grew}."]
    if frozen and "inp" in frozen.figures:
        others = " of the recorded run" if is_own and frozen.is_recorded else ""
        sentences.append(
            f"With a synchronous request{others}, which blocks the browser itself, the INP was [[sync inp]]."
        )
    return " ".join(sentences)


TESTS = {
    "blocking-view-raises-inp": ClaimTest(
        ("blocking",),
        "Tested with the click on the blocking lane: true if its INP is more than 200 ms, the limit of “good”.",
        _blocking_raises_inp,
        _says_blocking_raises_inp,
    ),
}

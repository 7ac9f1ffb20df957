"""Claims that a reader's own clicks can test."""

from dataclasses import dataclass

from stopwatch.measured import Board
from stopwatch.registry import Verdict, claim_tests


@dataclass(frozen=True)
class Tested:
    """What came of a claim, and the figures behind it in sentences with places for them."""

    verdict: Verdict
    says: str


def put_to_test(name: str, board: Board) -> Tested:
    """Test a claim with what a board has."""
    test = claim_tests[name]
    verdict = test.judge(board) if all(board.of(case) for case in test.cases) else Verdict.UNTESTED
    return Tested(verdict, "" if verdict is Verdict.UNTESTED else test.says(board))

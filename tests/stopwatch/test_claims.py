from collections.abc import Callable

import pytest

from lessons.rendering import render
from lessons.scanning import scan
from stopwatch.claims import put_to_test
from stopwatch.measured import Board, Measured
from stopwatch.registry import Verdict
from stopwatch.sentences import plainly

INP = "blocking-view-raises-inp"


def problems(source: str) -> list[str]:
    return [problem.message for problem in render(scan(source)[0], "one").problems]


@pytest.mark.parametrize(
    ("inp", "verdict"), [(16.0, Verdict.FALSE), (200.0, Verdict.FALSE), (208.0, Verdict.TRUE), (3016.0, Verdict.TRUE)]
)
def test_the_claim_about_inp_is_judged_by_the_click_on_the_blocking_lane(
    board: Callable[..., Board], inp: float, verdict: Verdict
):
    given = board(blocking={"inp": inp, "click-to-response": 3020.0})
    found = put_to_test(INP, given)
    assert found.verdict is verdict
    assert f"{inp:,.0f} ms" in plainly(found.says, given)
    assert "3,020 ms" in plainly(found.says, given)


def test_a_claim_that_was_not_tested_says_so(board: Callable[..., Board]):
    assert put_to_test(INP, board()).verdict is Verdict.UNTESTED
    without = board(blocking={"click-to-response": 3020.0})
    assert put_to_test(INP, without).verdict is Verdict.UNTESTED, "this browser has no Event Timing"


def test_the_case_in_which_the_claim_holds_is_named_once_it_was_tried(board: Callable[..., Board]):
    given = board(blocking={"inp": 16.0, "click-to-response": 3020.0}, sync={"inp": 3016.0})
    says = plainly(put_to_test(INP, given).says, given)
    assert "3,016 ms" in says
    assert "recorded" not in says


def test_figures_of_the_recorded_run_are_called_so_beside_the_readers_own(board: Callable[..., Board]):
    own = board(blocking={"inp": 16.0, "click-to-response": 3020.0})
    recorded = {
        "celery": Measured("celery", 3.0, {"click-to-response": 60.0}, is_recorded=True),
        "sync": Measured("sync", 3.0, {"inp": 3024.0}, is_recorded=True),
    }
    both = Board({**own.measured, **recorded})
    says = plainly(put_to_test(INP, both).says, both)
    assert "60 ms in the background, recorded." in says
    assert "With a synchronous request of the recorded run" in says


@pytest.mark.parametrize("options", ["", ":tested: blocking-view-raises-inp\n:verdict: True here\n"])
def test_a_claim_is_either_tested_by_the_reader_or_judged_by_its_source(options: str):
    assert any("either" in words for words in problems(f"/// claim | A\n{options}:source: x\n///"))


def test_a_claim_names_a_test_that_there_is():
    assert any("must be one of" in words for words in problems("/// claim | A\n:tested: guess\n:source: x\n///"))

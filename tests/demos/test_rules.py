"""What decides a prediction, at its boundaries."""

import pytest

from stopwatch.measured import Board, Measured
from stopwatch.registry import rules
from stopwatch.sentences import plainly


def board(**cases: dict[str, float]) -> Board:
    return Board({case: Measured(case, 3.0, figures) for case, figures in cases.items()})


def reports(celery: float, blocking: float = 3000) -> Board:
    return board(celery={"click-to-report": celery}, blocking={"click-to-report": blocking})


@pytest.mark.parametrize(
    ("celery", "outcome"),
    [(2699.9, "sooner"), (2700, "same"), (3000, "same"), (3300, "same"), (3300.1, "later"), (60000, "later")],
)
def test_a_report_is_ready_at_the_same_time_within_a_tenth_of_the_work(celery: float, outcome: str):
    assert rules["report-order"].judge(reports(celery)) == outcome


def test_the_sentence_says_the_true_difference_and_the_rule():
    rule = rules["report-order"]
    found = reports(3073, 3011)
    assert plainly(rule.says(found), found) == (
        "From the click to the report: 3,073 ms with Celery, 3,011 ms in the request. That is 62 ms later: within a"
        " tenth of the work (300 ms), which counts as the same time."
    )
    assert "999 ms later: more than a tenth of the work (300 ms), which counts as later" in rule.says(reports(3999))
    assert "1,000 ms sooner: more than a tenth" in rule.says(reports(2000))


def test_runs_with_different_work_are_not_compared():
    found = Board(
        {
            "celery": Measured("celery", 1.0, {"click-to-report": 1050}),
            "blocking": Measured("blocking", 3.0, {"click-to-report": 3010}),
        }
    )
    assert rules["report-order"].judge(found) is None
    assert "1 s with Celery and 3 s in the request" in rules["report-order"].says(found)


@pytest.mark.parametrize(
    ("inp", "outcome"), [(8, "good"), (200, "good"), (200.1, "between"), (500, "between"), (500.1, "poor")]
)
def test_the_inp_of_the_blocking_click_is_rated(inp: float, outcome: str):
    assert rules["blocking-inp"].judge(board(blocking={"inp": inp})) == outcome


def test_a_bound_is_said_as_one():
    found = Board({"blocking": Measured("blocking", 3.0, {"inp": 16, "click-to-response": 3012}, frozenset({"inp"}))})
    assert rules["blocking-inp"].judge(found) == "good"
    assert "INP of the click: at most 16 ms." in plainly(rules["blocking-inp"].says(found), found)


@pytest.mark.parametrize(("view", "outcome"), [(99.9, "nothing"), (100, "waits"), (2700, "waits"), (10, "nothing")])
def test_a_stranger_waits_from_ten_times_as_long_on(view: float, outcome: str):
    assert rules["bystander"].judge(board(bystanders={"view-p95": view, "celery-p95": 10})) == outcome


@pytest.mark.parametrize("name", list(rules))
@pytest.mark.parametrize("found", [Board(), board(celery={}, blocking={}, bystanders={})])
def test_nothing_is_decided_without_figures_and_that_is_said(name: str, found: Board):
    assert rules[name].judge(found) is None
    assert "not measured" in rules[name].says(found)


def test_whatever_is_judged_is_one_of_the_outcomes():
    for rule in rules.values():
        for value in (0.0, 15.0, 300.0, 3000.0, 1e6):
            figures = {name: value for _, name in rule.figures}
            found = board(**{case: figures for case, _ in rule.figures})
            assert rule.judge(found) in rule.outcomes

"""What Saturation makes of its tasks, what theory says of the same, and that the two agree when it is run for real."""

import json
import re
from collections.abc import Callable
from statistics import mean
from typing import Any

import pytest
from django.template.loader import render_to_string

from demos.bench.experiment import LONGEST
from demos.bench.load import Outcome
from demos.experiments.saturation import EXPERIMENT, model
from demos.experiments.saturation.case import RULES
from demos.experiments.saturation.model import Plan, Task, Told, as_json, erlang_c, figures, from_json
from demos.experiments.saturation.picture import present
from stopwatch.measured import Board, Measured

PLAN = Plan()
# Three tasks of 100 ms at one thread: one begins at once, one waits for it, and one still waits.
TOLD = Told(5200, [Task(0, 1, 101), Task(50, 102, 202), Task(5100, None, None)])


def test_a_task_that_still_waits_counts_as_it_has_waited_so_far():
    assert TOLD.waits == [1, 52, 100]
    assert [sample.outcome for sample in TOLD.samples] == [Outcome.ANSWERED, Outcome.ANSWERED, Outcome.WAITING]
    assert (TOLD.left, TOLD.is_over) == (1, False)


def test_a_worker_that_was_faster_than_the_publisher_makes_no_negative_wait():
    assert Told(10, [Task(5, 4.5, None)]).waits == [0]


def test_what_the_driver_tells_is_read_as_it_was():
    assert from_json(json.loads(json.dumps(as_json(TOLD)))) == TOLD


def test_the_figures_are_those_of_the_case():
    found = figures(TOLD, PLAN)
    assert set(found) == {figure.name for figure in EXPERIMENT.case.figures}
    assert (found["wait-mean"], found["wait-longest"], found["tasks"], found["left"]) == (51, 100, 3, 1)
    assert "wait-erlang" not in figures(TOLD, Plan(rate=20))


@pytest.mark.parametrize(
    ("threads", "waits"),
    [(1, [0, 50.5, 101, 151.5]), (2, [0, 0, 0.5, 0.5]), (4, [0, 0, 0, 0])],
)
def test_the_recursion_lets_a_task_begin_when_it_has_come_and_a_thread_is_free(threads: int, waits: list[float]):
    arrived = [Task(at, None, None) for at in (0.0, 50.0, 100.0, 150.0)]
    assert Told(9000, arrived).recursion(Plan(threads=threads)) == waits


def test_the_recursion_goes_no_further_than_what_was_measured():
    tasks = [Task(0, 0, None), Task(10, None, None)]
    assert Told(60, tasks).recursion(PLAN) == [0, 50]


@pytest.mark.parametrize(
    ("plan", "mean_ms"),
    [
        (Plan(rate=5), 100),
        (Plan(rate=8), 400),
        (Plan(rate=9.5), 1900),
        (Plan(rate=10), None),
        (Plan(rate=19, threads=2), 925.6),
        (Plan(rate=16, threads=2), 177.8),
    ],
)
def test_erlang_c_is_what_textbooks_say(plan: Plan, mean_ms: float | None):
    found = erlang_c(plan)
    assert (found if found is None else round(found, 1)) == mean_ms


def test_the_recursion_comes_to_half_of_erlang_c_after_hours_of_tasks_that_all_take_the_same(monkeypatch):
    monkeypatch.setattr(model, "ARRIVING", 3600.0 * 5)
    monkeypatch.setattr(model, "HANDOVER_MS", 0.0)
    plan = Plan(rate=8)
    arrived = [Task(at * 1000, None, None) for at in plan.arrivals()]
    found = mean(Told(1e12, arrived).recursion(plan))
    assert 2 * found == pytest.approx(erlang_c(plan), rel=0.05)


def test_the_same_seed_gives_the_same_arrivals_closer_together_at_a_higher_rate():
    slow, quick = Plan(rate=5, seed=2).arrivals(), Plan(rate=10, seed=2).arrivals()
    assert slow == pytest.approx([2 * at for at in quick[: len(slow)]])
    assert Plan(seed=1).arrivals() != Plan(seed=2).arrivals()
    assert all(0 <= at < model.ARRIVING for at in quick)


def test_whatever_is_chosen_it_is_run_in_time_and_tasks_arrive():
    for rate in (1, 40):
        for threads in (1, 2, 4):
            for seed in (1, 2, 3):
                plan = Plan(length=400, rate=rate, threads=threads, seed=seed)
                assert plan.run_seconds <= LONGEST
                assert plan.arrivals()


@pytest.mark.parametrize("rate", [1, 9.5, 10, 12, 40])
def test_its_sentences_are_true_below_at_and_above_what_the_worker_can_do(rate: float):
    shown = present(as_json(TOLD), {**EXPERIMENT.defaults, "rate": rate}, {})
    assert ("no steady state" in shown.theory) == (rate >= 10)
    assert ("the longer that lasts, the longer the waits" in shown.sees) == (rate > 10)
    assert "1 of them still waited at the end. A queue moves the line, it does not remove it." in shown.sees
    for text in (shown.sees, shown.theory, shown.reading):
        assert not re.search(r"  | \.|\bnone\b|\bnan\b", text, re.IGNORECASE), text
    if rate == 12:
        assert "grows by some 200 ms" in shown.theory


@pytest.mark.parametrize(("rate", "share"), [(9.999, "99.990 %"), (10, "100 %"), (10.004, "100.040 %"), (12, "120 %")])
def test_near_100_per_cent_it_says_on_which_side(rate: float, share: str):
    shown = present(as_json(TOLD), {**EXPERIMENT.defaults, "rate": rate}, {})
    assert f"Their rate is on average {share} of what the worker can do" in shown.sees


def test_what_still_waits_is_said_to_have_waited_so_far():
    over = Told(9000, [Task(0, 1, 101), Task(50, 102, 202)])
    for told, is_so_far in ((TOLD, True), (over, False)):
        shown = present(as_json(told), EXPERIMENT.defaults, {})
        for text in (shown.sees, shown.headline[0].words, shown.chart.panels[0].says):
            assert ("so far" in text) == is_so_far, text


def test_of_one_task_it_speaks_as_of_one():
    shown = present(as_json(Told(9000, [Task(0, 1, 101)])), EXPERIMENT.defaults, {})
    assert shown.sees.startswith("1 task arrived")


def test_the_words_about_it_have_the_numbers_with_which_it_is_run():
    about = render_to_string("saturation/templates/about.html", {"defaults": EXPERIMENT.defaults})
    assert f"For {model.ARRIVING:g} s" in about
    assert f"empty for {model.EMPTYING:g} s more" in about
    assert "9.5 a second" in about
    assert "has 1 thread." in about


@pytest.mark.parametrize(("wait", "outcome"), [(5.0, "none"), (180.0, "begun"), (1500.0, "formula")])
def test_a_short_run_is_judged_beside_what_the_formula_says_of_hours(wait: float, outcome: str):
    (rule,) = RULES
    board = Board({"saturation": Measured("saturation", 0, {"wait-mean": wait, "wait-erlang": 1900.0})})
    assert rule.judge(board) == outcome
    assert outcome in rule.outcomes
    past = Board({"saturation": Measured("saturation", 0, {"wait-mean": wait})})
    assert rule.judge(past) is None
    assert rule.says(past)


@pytest.mark.alone
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_what_is_measured_agrees_with_the_recursion_on_the_same_arrivals(run_for_real: Callable[..., Any], seed: int):
    found, told = run_for_real("saturation", seed=seed)
    plan = Plan(seed=seed)
    assert found["tasks"] == len(plan.arrivals())
    assert found["left"] == 0
    assert abs(found["wait-mean"] - found["wait-recursion"]) <= 0.25 * found["wait-recursion"] + 50
    assert found["wait-mean"] == pytest.approx(mean(from_json(told).waits), abs=0.1)
    assert found["wait-mean"] < found["wait-erlang"] / 2, "some seconds are no hours"

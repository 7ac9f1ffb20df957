"""What Bystanders makes of its samples: the figures, the picture and its words, with whatever is chosen."""

import json
import re
from itertools import product

import pytest
from django.template.loader import render_to_string

from demos.bench.experiment import LONGEST
from demos.bench.load import Outcome, Sample
from demos.experiments.bystanders import EXPERIMENT, model
from demos.experiments.bystanders.model import Phase, Plan, as_json, expected_p95_ms, figures, from_json
from demos.experiments.bystanders.picture import bands, present

PLAN = Plan()
DEFAULTS = EXPERIMENT.defaults
EVERY_CHOICE = [dict(zip(DEFAULTS, chosen, strict=True)) for chosen in product((1, 2, 3, 4), repeat=4)]


def answered(*latencies: float) -> list[Sample]:
    return [Sample(50.0 * number, latency, Outcome.ANSWERED) for number, latency in enumerate(latencies)]


VIEW = Phase("view", 4500, answered(5, 2900, 1500, 5), [Sample(750, 3010, Outcome.ANSWERED)] * 2, [3760, 3760])
CELERY = Phase("celery", 4500, answered(5, 6, 7, 5), [Sample(750, 6, Outcome.ANSWERED)] * 2, [3756, 3757])


def test_the_figures_have_the_names_under_which_they_are_kept():
    found = figures([VIEW, CELERY], PLAN)
    assert found["view-p95"] == found["view-longest"] == 2900
    assert (found["view-p50"], found["celery-p95"], found["celery-slow-response"]) == (5, 7, 6)
    assert set(found) == {figure.name for figure in EXPERIMENT.case.figures}


def test_what_the_driver_tells_is_read_as_it_was():
    assert from_json(json.loads(json.dumps(as_json([VIEW, CELERY])))) == [VIEW, CELERY]


def test_a_request_that_failed_or_waits_makes_no_figure_better():
    phase = Phase("view", 100, [Sample(0, 1, Outcome.FAILED), Sample(50, 2000, Outcome.WAITING)], [], [])
    assert (phase.latency_ms(100, PLAN), phase.latency_ms(50, PLAN)) == (6000, 2000)
    assert (phase.failed, phase.late, phase.slow_response_ms, phase.report_ms) == (1, 0, None, None)


def test_the_report_is_no_sooner_with_celery():
    assert VIEW.report_ms == 3010
    assert CELERY.report_ms == 3007


def test_with_nothing_chosen_it_is_the_run_that_it_always_was():
    assert Plan(**DEFAULTS) == PLAN
    assert [PLAN.phase_seconds(name) for name in model.PHASES] == [4.5, 4.5]
    assert (EXPERIMENT.usual_seconds, PLAN.failed_ms, EXPERIMENT.work_seconds(DEFAULTS)) == (11, 6000, 3)


def test_the_words_about_it_have_the_numbers_with_which_it_is_run():
    about = render_to_string("bystanders/templates/about.html", {"defaults": DEFAULTS})
    for number in (f"{model.PAGE_SECONDS * 1000:g} ms", f"{model.RATE:g} times a second", f"{model.SLOW_AT:g} s"):
        assert number in about
    assert "for 4.5 s" in about
    assert "needs 3 s of work" in about


def test_a_choice_that_would_take_longer_than_a_run_may_is_refused_and_the_others_are_not():
    allowed = [knobs for knobs in EVERY_CHOICE if EXPERIMENT.seconds(knobs) <= LONGEST]
    assert len(allowed) >= 100
    for name, value in (("processes", 1), ("processes", 4), ("requests", 1), ("seconds", 1), ("seconds", 4)):
        assert {**DEFAULTS, name: value} in allowed, name
    assert {**DEFAULTS, "threads": 1} in allowed


@pytest.mark.parametrize(
    ("plan", "held", "p95"),
    [
        (Plan(), 3, 2775),  # measured again and again: some 2,770 ms
        (Plan(processes=1), 6, 5625),
        (Plan(processes=3), 0, 5),
        (Plan(processes=2, requests=3, seconds=1), 1, 825),
        (Plan(processes=1, requests=3, seconds=1), 3, 2775),
    ],
)
def test_by_arithmetic_a_stranger_waits_for_what_is_left_of_the_time_in_which_all_are_held(plan: Plan, held, p95):
    assert plan.held_seconds == held
    assert round(expected_p95_ms(plan)) == p95


@pytest.mark.parametrize(
    ("plan", "says"),
    [
        (Plan(), "both are held"),
        (Plan(processes=1), "the only is held"),
        (Plan(processes=3), "2 of 3 are held"),
        (Plan(processes=4, requests=1), "1 of 4 is held"),
        (Plan(processes=4, requests=4), "all 4 are held"),
    ],
)
def test_the_band_says_how_many_processes_are_held_whatever_was_chosen(plan: Plan, says: str):
    slow = [Sample(750, 1000.0 * number, Outcome.ANSWERED) for number in range(1, plan.requests + 1)]
    (band,) = bands(Phase("view", 5000, (), slow, ()), plan)
    assert band.words == says


def test_the_band_ends_when_a_process_is_free_again():
    plan = Plan(processes=2, requests=3, seconds=1)
    slow = [Sample(750, latency, Outcome.ANSWERED) for latency in (1000.0, 1001.0, 2000.0)]
    (band,) = bands(Phase("view", 5000, (), slow, ()), plan)
    assert (band.begin, band.end) == (750, 1751)


@pytest.mark.parametrize("knobs", EVERY_CHOICE[::7], ids=lambda knobs: "-".join(map(str, knobs.values())))
def test_its_sentences_say_both_only_of_two_and_have_no_gap(knobs):
    shown = present(as_json([VIEW, CELERY]), knobs, {})
    assert shown.table
    texts = [shown.reading, shown.sees, shown.theory, *(row.says for row in shown.table.rows)]
    for text in texts:
        assert not re.search(r"  | \.|\bnone\b|\bnan\b", text, re.IGNORECASE), text
        if (knobs["processes"], knobs["requests"]) != (2, 2):
            assert "both processes" not in text or knobs["processes"] == 2, text
            assert "longer of the two" not in text or knobs["requests"] == 2, text

"""What Bystanders makes of its samples: the figures, the picture and its words."""

import json
from typing import Any

from django.template.loader import render_to_string

from demos.experiments.bystanders import presenters
from demos.experiments.bystanders.phases import Phase, as_json, figures, from_json
from demos.experiments.catalog import EXPERIMENTS
from demos.experiments.load import Outcome, Sample
from demos.experiments.recorded import Recorded
from stopwatch.registry import cases

NOTHING = Recorded({}, "")


def answered(*latencies: float) -> list[Sample]:
    return [Sample(50.0 * number, latency, Outcome.ANSWERED) for number, latency in enumerate(latencies)]


VIEW = Phase("view", 4500, answered(5, 2900, 1500, 5), [Sample(750, 3010, Outcome.ANSWERED)] * 2, [3760, 3760])
CELERY = Phase("celery", 4500, answered(5, 6, 7, 5), [Sample(750, 6, Outcome.ANSWERED)] * 2, [3756, 3757])

RECORDED = Recorded({"view-p95": 2776.0, "celery-p95": 9.4}, "of a test", as_json([VIEW, CELERY]))


def test_the_figures_have_the_names_under_which_they_are_kept():
    found = figures([VIEW, CELERY])
    assert found["view-p95"] == found["view-longest"] == 2900
    assert (found["view-p50"], found["celery-p95"], found["celery-slow-response"]) == (5, 7, 6)
    assert set(found) == {figure.name for figure in cases["bystanders"].figures}


def test_what_the_driver_tells_is_read_as_it_was():
    assert from_json(json.loads(json.dumps(as_json([VIEW, CELERY])))) == [VIEW, CELERY]


def test_a_request_that_failed_or_waits_makes_no_figure_better():
    phase = Phase("view", 100, [Sample(0, 1, Outcome.FAILED), Sample(50, 2000, Outcome.WAITING)], [], [])
    assert (phase.latency_ms(100), phase.latency_ms(50)) == (6000, 2000)
    assert (phase.failed, phase.late, phase.slow_response_ms, phase.report_ms) == (1, 0, None, None)


def test_the_report_is_no_sooner_with_celery():
    assert VIEW.report_ms == 3010
    assert CELERY.report_ms == 3007


def test_before_a_run_the_recorded_figures_stand_in_its_place_and_say_so():
    html = outcome(None, RECORDED, over=True)
    assert "2,776" in html
    assert "9.4" in html
    assert "recorded p95" not in html, "it is the recorded run that is drawn"
    assert 'class="chart-dots" d="M' in html
    assert "A recorded run, not yours: of a test" in html
    assert "Not recorded yet." not in html


def test_without_a_recorded_run_it_says_so():
    assert "Not recorded yet." in outcome(None)


def test_the_reader_s_own_figures_take_the_recorded_ones_place_without_a_style_of_their_own():
    html = outcome(as_json([VIEW, CELERY]), RECORDED, over=True)
    assert "2,900" in html
    assert "Your run" in html
    assert " style=" not in html
    assert 'role="img"' in html


def outcome(measured: Any, recorded: Recorded = NOTHING, *, over: bool = False) -> str:
    context = {**presenters.show(measured, recorded), "experiment": EXPERIMENTS["bystanders"], "over": over}
    context["recorded_label"] = recorded.label
    return render_to_string("demos/experiments/bystanders/_outcome.html", context)

"""What is shown of a run of any experiment: the reader's own figures, the recorded ones, or that there are none."""

import json
import re
from dataclasses import replace

import pytest
from django.template.loader import render_to_string

from demos.bench.experiment import Experiment
from demos.experiments import EXPERIMENTS, presenters
from demos.experiments.catalog import experiments
from demos.runs import Run, State
from stopwatch.site_recordings import recorded_of

ALL = pytest.mark.parametrize("experiment", experiments().values(), ids=list(EXPERIMENTS))


def told(experiment: Experiment):
    recorded = recorded_of(experiment.name)
    assert recorded
    return recorded.detail


def outcome(experiment: Experiment, own: object = None, **chosen: float) -> str:
    knobs = {**experiment.defaults, **chosen}
    context = {**presenters.outcome(experiment, own, knobs), "over": True, "place": "here"}
    return render_to_string("demos/experiments/_outcome.html", context)


@ALL
def test_before_a_run_the_recorded_one_stands_in_its_place_and_says_so(experiment: Experiment):
    html, label = outcome(experiment), getattr(recorded_of(experiment.name), "label", None)
    assert ", recorded</span>" in html
    assert "recorded p95" not in html, "it is the recorded run that is drawn"
    assert 'class="chart-dots" d="M' in html
    assert f"A recorded run, not yours: {label}" in html
    assert "Not recorded yet." not in html
    assert "What theory says" not in html


@ALL
def test_until_a_run_tells_something_it_says_how_a_run_begins_and_not_how_the_recorded_one_ended(
    experiment: Experiment,
):
    begun = presenters.run_of(experiment, Run("x", {"state": "started", "asked": "{}"}, 0.0, worker_alive=True), "here")
    assert begun["more"] == experiment.unmeasured.doing
    goes_on = {"state": "started", "asked": "{}", "told": json.dumps(told(experiment))}
    assert presenters.run_of(experiment, Run("x", goes_on, 0.0, worker_alive=True), "here")["token"] != begun["token"]


@ALL
def test_without_a_recorded_run_it_says_so(experiment: Experiment, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(presenters, "recorded_of", lambda _: None)
    assert "Not recorded yet." in outcome(experiment)


@ALL
def test_the_reader_s_own_run_takes_the_recorded_one_s_place_without_a_style_of_its_own(experiment: Experiment):
    html = outcome(experiment, told(experiment))
    assert "Your run." in html
    assert "recorded</span>" not in html
    assert " style=" not in html
    assert 'role="img"' in html
    assert "What theory says" in html
    assert "Chosen:" not in html


@ALL
def test_a_run_of_which_something_was_chosen_names_it_and_is_not_compared_with_the_recorded_one(
    experiment: Experiment, monkeypatch: pytest.MonkeyPatch
):
    knob = experiment.knobs[0]
    other = next(choice for choice in (*knob.choices, *(knob.bounds or ())) if choice != knob.default)
    html = outcome(experiment, **{knob.name: other})
    assert f"Chosen: {knob.label}: {knob.text(other)}," in html
    assert "ecorded" not in html
    recorded = recorded_of(experiment.name)
    assert recorded
    monkeypatch.setattr(presenters, "recorded_of", lambda _: replace(recorded, label="of a test"))
    assert "of a test" not in outcome(experiment, told(experiment), **{knob.name: other})


@ALL
def test_ids_of_two_places_are_never_the_same(experiment: Experiment):
    def ids(place: str) -> set[str]:
        context = {**presenters.starting(experiment, place), "place": place}
        found = re.findall(r'id="([^"]+)"', render_to_string("demos/experiments/_start.html", context))
        assert len(found) == len(set(found))
        return set(found)

    assert not ids("experiment-1") & ids("experiment-2")


@pytest.mark.parametrize(
    ("before", "running_s", "wait_s"), [(0, None, 0), (1, 4.0, 7), (2, 4.0, 18), (2, None, 22), (1, 60.0, 1)]
)
def test_the_wait_is_estimated_from_those_before(before, running_s, wait_s):
    fields = {"state": State.QUEUED, "experiment": "any", "asked": "{}"}
    running_us = -1 if running_s is None else running_s * 1_000_000
    run = Run("x", fields, 0, worker_alive=True, before=before, running_us=running_us)
    assert run.wait_s(11.0) == wait_s


@ALL
def test_a_change_of_what_goes_on_is_announced_and_the_seconds_of_a_wait_are_not(experiment: Experiment):
    def token(state: State, before: int, running_s: float, told: str = "") -> str:
        fields = {"state": state, "experiment": experiment.name, "asked": "{}", "told": told}
        run = Run("x", fields, 0, worker_alive=True, before=before, running_us=running_s * 1_000_000)
        found: str = presenters.run_of(experiment, run, "here")["token"]
        return found

    assert token(State.QUEUED, 2, 4.0) == token(State.QUEUED, 2, 5.0) != token(State.QUEUED, 1, 0.0)
    assert token(State.STARTED, 0, 1.0) not in (token(State.QUEUED, 0, 1.0), token(State.SUCCEEDED, 0, 1.0))
    assert re.fullmatch(r"[a-z0-9-]+", token(State.STARTED, 0, 1.0))

"""What an experiment has to have, wherever that stands."""

import pytest

from demos.bench.experiment import LONGEST, Experiment
from demos.experiments import EXPERIMENTS
from demos.experiments.catalog import experiments
from demos.experiments.responses import PLACE, sources_of
from stopwatch import site_recordings
from stopwatch.registry import cases, rules

ALL = pytest.mark.parametrize("experiment", experiments().values(), ids=list(EXPERIMENTS))


def test_every_experiment_is_a_case_of_the_stopwatch():
    assert list(experiments()) == list(EXPERIMENTS)
    assert set(EXPERIMENTS) == {name for name, case in cases.items() if case.scope == "site"}
    for experiment in experiments().values():
        assert cases[experiment.name] is experiment.registered
        assert all(rules[rule.name] is rule for rule in experiment.rules)


@ALL
def test_what_nobody_chose_can_be_chosen_and_is_run_in_time(experiment: Experiment):
    written = {knob.name: [knob.write(knob.default)] for knob in experiment.knobs}
    assert experiment.choose(written) == experiment.choose({}) == experiment.defaults
    assert experiment.usual_seconds <= LONGEST
    assert not {"page", "place"} & set(written), "these are other fields of the form"


@ALL
def test_it_can_be_shown_before_it_has_been_run_and_its_large_figures_are_figures_of_its_case(experiment: Experiment):
    shown = experiment.present(None, experiment.defaults, {})
    assert experiment.can_show(None)
    assert not experiment.can_show([{"made": "up"}])
    assert shown.headline
    assert all(experiment.case.figure(item.figure) for item in shown.headline)
    assert shown.table is None
    assert (shown.sees, bool(shown.theory), bool(shown.doing), bool(shown.reading)) == ("", True, True, True)


@ALL
def test_what_is_recorded_of_it_can_be_shown_and_has_its_figures(experiment: Experiment):
    recorded = site_recordings.read(experiment.registered)
    assert experiment.present(recorded.detail, experiment.defaults, {}).sees
    assert {item.figure for item in experiment.present(None, experiment.defaults, {}).headline} <= set(recorded.figures)


@ALL
def test_the_code_that_runs_is_that_of_its_folder_or_of_the_demos(experiment: Experiment):
    sources = sources_of(experiment)
    assert any(source.path.startswith(f"demos/experiments/{experiment.name}/") for source in sources)
    assert all(source.path.startswith("demos/") for source in sources)
    assert PLACE.fullmatch(experiment.name)

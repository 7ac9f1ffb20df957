"""What an experiment has to have, wherever that stands."""

from importlib.util import find_spec

import pytest
from django.template.loader import get_template

from demos.experiments.catalog import EXPERIMENTS, Experiment
from stopwatch.registry import cases, rules


def test_every_experiment_is_a_case_of_the_stopwatch():
    assert set(EXPERIMENTS) == {name for name, case in cases.items() if case.scope == "site"}
    for experiment in EXPERIMENTS.values():
        assert cases[experiment.name].can_show == experiment.can_show
        assert all(rules[rule.name] is rule for rule in experiment.rules)


@pytest.mark.parametrize("experiment", EXPERIMENTS.values(), ids=list(EXPERIMENTS))
def test_every_experiment_has_a_driver_and_its_templates(experiment: Experiment):
    assert find_spec(f"{experiment.driver}.__main__") is not None
    for name in ("_about", "_outcome"):
        get_template(f"demos/experiments/{experiment.name}/{name}.html")  # which raises when there is none

"""What an experiment has to have, wherever that stands."""

from importlib.util import find_spec

import pytest
from django.template.loader import get_template

from demos.experiments.catalog import EXPERIMENTS, Experiment
from stopwatch import measured
from stopwatch.provenance import CASE_NAMES


def test_every_experiment_is_a_case_of_the_stopwatch():
    assert set(EXPERIMENTS) == set(measured.EXPERIMENTS)
    assert set(CASE_NAMES) == set(measured.CASES) - {measured.VISIT}


@pytest.mark.parametrize("experiment", EXPERIMENTS.values(), ids=list(EXPERIMENTS))
def test_every_experiment_has_a_driver_and_its_templates(experiment: Experiment):
    assert find_spec(f"{experiment.driver}.__main__") is not None
    for name in ("_about", "_outcome"):
        get_template(f"demos/experiments/{experiment.name}/{name}.html")  # which raises when there is none

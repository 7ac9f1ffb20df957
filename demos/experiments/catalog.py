"""The experiments that there are, by name."""

from collections.abc import Mapping
from functools import cache
from importlib import import_module

from demos.bench.experiment import Experiment
from demos.experiments import EXPERIMENTS


@cache
def experiments() -> Mapping[str, Experiment]:
    """All of them, in the order of their list."""
    return {name: experiment_of(name) for name in EXPERIMENTS}


def experiment_of(name: str) -> Experiment:
    """One of the list, without a look at the others."""
    found: Experiment = import_module(f"demos.experiments.{name}").EXPERIMENT
    assert found.name == name, "an experiment's case is named as its folder is"
    return found

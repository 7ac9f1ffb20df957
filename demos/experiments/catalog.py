"""The experiments that there are, by name."""

from collections.abc import Mapping
from functools import cache
from importlib import import_module

from django.core.exceptions import ImproperlyConfigured

from demos.bench.experiment import Experiment
from demos.experiments import EXPERIMENTS


@cache
def experiments() -> Mapping[str, Experiment]:
    """All of them, in the order of their list."""
    return {name: experiment_of(name) for name in EXPERIMENTS}


def experiment_of(name: str) -> Experiment:
    """One of the list, without a look at the others.

    Raises:
        ImproperlyConfigured: its case has another name than its folder.
    """
    found: Experiment = import_module(f"demos.experiments.{name}").EXPERIMENT
    if found.name != name:
        folder = f"demos/experiments/{name}"
        raise ImproperlyConfigured(
            f"The case of {folder} is named “{found.name}”, and its folder “{name}”: look at the name in its case.py,"
            " and at where its __init__.py imports the case from."
        )
    return found

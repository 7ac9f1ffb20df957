"""Records a run of an experiment for everyone who has not run it."""

import os
import platform
from datetime import UTC, datetime
from importlib.metadata import version
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from demos.experiments import EXPERIMENTS
from demos.experiments.catalog import experiments
from demos.experiments.terminal import run_at_terminal
from stopwatch import site_recordings
from stopwatch.measured import Measured


class Command(BaseCommand):
    """`python manage.py record_experiment bystanders` writes recorded.json beside the code of the experiment."""

    help = "Run an experiment on this site, which has to be running, and record the run beside its code."

    def add_arguments(self, parser: CommandParser) -> None:
        """Any number of experiments; none at all means every one."""
        parser.add_argument(
            "names", nargs="*", metavar="NAME", help=f"one of {', '.join(EXPERIMENTS)}; by default, all"
        )

    def handle(self, *_: Any, **options: Any) -> None:
        """Record one after the other, each with nothing chosen."""
        for name in options["names"] or EXPERIMENTS:
            if name not in EXPERIMENTS:
                raise CommandError(f"“{name}” is no experiment; there are {', '.join(EXPERIMENTS)}.")
            experiment = experiments()[name]
            found = run_at_terminal(experiment, experiment.defaults, lambda _: None)
            work = experiment.work_seconds(experiment.defaults)
            case = experiment.registered
            measured = Measured(name, work, found.figures, detail=found.measured)
            site_recordings.write(case, measured, about(case.packages))
            self.stdout.write(f"{case.recording}: {experiment.present(found.measured, experiment.defaults, {}).sees}")


def about(packages: tuple[str, ...]) -> dict[str, str]:
    """When, where and with what this is recorded."""
    return {
        "date": f"{datetime.now(UTC):%Y-%m-%d}",
        "machine": f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores",
        "versions": ", ".join(f"{name} {version(name)}" for name in packages),
    }

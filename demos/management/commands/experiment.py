"""Runs an experiment at a terminal."""

import argparse
import json
import sys
from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from charts.table import Table
from demos.bench.experiment import Experiment
from demos.bench.knobs import Knobs, Refused, in_words
from demos.experiments.catalog import experiments
from demos.experiments.presenters import WORDS, as_json, place_in_line
from demos.experiments.terminal import run_at_terminal
from demos.runs import Run, State

WIDTH = 30  # characters of the bar
INTERRUPTED = 130  # the code of what Ctrl-C ended, as shells have it


class Command(BaseCommand):
    """`python manage.py experiment bystanders --processes 4` prints the figures and the table of one run."""

    help = "Run an experiment on this site, which has to be running, and print its figures and its table."

    def add_arguments(self, parser: CommandParser) -> None:
        """Each experiment has arguments of its own: its knobs."""
        names = parser.add_subparsers(dest="name", required=True, metavar="NAME")
        for name, experiment in experiments().items():
            form = argparse.RawTextHelpFormatter
            one = names.add_parser(name, help=experiment.question, formatter_class=form, allow_abbrev=False)
            for knob in experiment.knobs:
                default = f"{knob.label}: {knob.allowed}; {knob.text(knob.default)} if nothing is chosen"
                one.add_argument(f"--{knob.name}", metavar="VALUE", action="append", help=default.replace("%", "%%"))
            one.add_argument("--json", action="store_true", help="print the run as JSON, and nothing else")

    def handle(self, *_: Any, **options: Any) -> None:
        """Run it, and say what came of it."""
        experiment = experiments()[options["name"]]
        given = {knob.name: options[knob.name] for knob in experiment.knobs if options.get(knob.name) is not None}
        try:
            knobs = experiment.choose(given)
        except Refused as refused:
            raise CommandError(str(refused), returncode=2) from refused
        progress = Progress(experiment, knobs)
        try:
            found = run_at_terminal(experiment, knobs, (lambda _: None) if options["json"] else progress.show)
        except KeyboardInterrupt:
            self.stderr.write("\nCancelled.")
            sys.exit(INTERRUPTED)
        if options["json"]:
            self.stdout.write(json.dumps(as_json(experiment, found)))
            return
        shown = experiment.present(found.measured, knobs, {})
        self.stdout.write(f"{experiment.title}. {in_words(experiment.knobs, knobs)}.\n\n{shown.sees}\n{shown.theory}\n")
        if shown.table:
            self.stdout.write("\n".join(_lines(shown.table)))


class Progress:
    """A bar that grows on a terminal; elsewhere a line for each thing that goes on."""

    def __init__(self, experiment: Experiment, knobs: Knobs) -> None:
        self.experiment = experiment
        self.knobs = knobs
        self.said = ""
        self.began = 0.0  # by this process's clock

    def show(self, found: Run) -> None:
        """The run is like this now."""
        shown = self.experiment.present(found.measured, self.knobs, {})
        doing = shown.doing if found.state is State.STARTED else place_in_line(self.experiment, found)
        words = " ".join(filter(None, (WORDS[found.state], doing, found.note)))
        if sys.stderr.isatty():
            sys.stderr.write(f"\r[{self._bar(found)}] {words}\x1b[K" + "\n" * found.is_over)
            sys.stderr.flush()
        elif words != self.said:
            sys.stderr.write(f"{words}\n")
        self.said = words

    def _bar(self, found: Run) -> str:
        if found.state is State.STARTED:
            self.began = self.began or monotonic()
        done = (monotonic() - self.began) / self.experiment.seconds(self.knobs) if self.began else 0.0
        full = WIDTH if found.state is State.SUCCEEDED else int(WIDTH * min(done, 0.98))
        return "#" * full + "." * (WIDTH - full)


def _lines(table: Table) -> list[str]:
    """The table with its columns below each other; what a row means stays out, for a line is no page."""
    texts = [[row.name, *(f"{cell.text} {cell.unit}".strip() for cell in row.cells)] for row in table.rows]
    rows = [list(table.columns[: len(texts[0])]), *texts]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return ["  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip() for row in rows]

"""The driver of every experiment: `python -m demos.experiments NAME [--KNOB VALUE ...]`.

BROKER_URL and KEY_PREFIX are in the environment, and its standard input is held by whoever started it. It says what it
measures in lines of JSON (demos/bench/bench.py). `python manage.py experiment` runs one in words.
"""

import argparse
import sys

from demos.bench.bench import drive
from demos.bench.knobs import Refused
from demos.experiments import EXPERIMENTS
from demos.experiments.catalog import experiment_of
from processes.bound_to_input import bound_to_input


def main() -> int:
    """Run an experiment. Returns an exit code; what went wrong is said in a line of its own."""
    name = sys.argv[1] if len(sys.argv) > 1 else ""
    if name not in EXPERIMENTS:
        sys.exit(f"usage: python -m demos.experiments {{{','.join(EXPERIMENTS)}}} [--KNOB VALUE ...]")
    experiment = experiment_of(name)
    parser = argparse.ArgumentParser(prog=f"python -m demos.experiments {name}")
    for knob in experiment.knobs:
        parser.add_argument(f"--{knob.name}", default=knob.write(knob.default), help=knob.allowed)
    given = {knob: [value] for knob, value in vars(parser.parse_args(sys.argv[2:])).items()}
    try:
        knobs = experiment.choose(given)
    except Refused as refused:
        parser.error(str(refused))
    with bound_to_input():
        return drive(lambda bench: experiment.run(bench, knobs))


if __name__ == "__main__":
    sys.exit(main())

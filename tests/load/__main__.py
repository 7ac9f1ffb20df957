"""Plays classes of 200 and of 500 learners on each database, and writes how it went into docs/benchmarks.md.

    python -m tests.load                                  # all of it: six minutes
    python -m tests.load --learners 500 --database SQLite --seconds 30    # one class; prints, and writes nothing
    python -m tests.load --learners 500 --root ../before    # on the site of another checkout with its own .venv

Exits with 1 when a bound was not met.
"""

import argparse
import sys
from pathlib import Path

from config.environment import ROOT
from tests.bench.document import AT_WORK, write_section
from tests.load.classes import DATABASES, LEARNERS, SECONDS, play
from tests.load.report import report


def main() -> int:
    """Play what was asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.load")
    parser.add_argument("--learners", type=int, choices=range(1, 2001), metavar="1..2000")
    parser.add_argument("--database", choices=DATABASES)
    parser.add_argument("--seconds", type=float, default=SECONDS)
    parser.add_argument("--root", type=Path, default=ROOT, help="the folder of another checkout")
    asked = parser.parse_args()
    root = asked.root.resolve()
    found = [
        play(database, learners, min(asked.seconds, 300.0), root)
        for database in ([asked.database] if asked.database else DATABASES)
        for learners in ([asked.learners] if asked.learners else LEARNERS)
    ]
    text = report(found)
    print(text)
    for each in found:
        print("".join(f"{said}\n" for said in each.said), file=sys.stderr, end="")
    if len(found) == len(DATABASES) * len(LEARNERS) and asked.seconds == SECONDS and root == ROOT:
        write_section(AT_WORK, text)
    return 0 if all(each.is_met for each in found) else 1


if __name__ == "__main__":
    sys.exit(main())

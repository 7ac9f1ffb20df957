"""Measurements as pages show them: the reader's own where there is one, the recorded one everywhere else."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Measured:
    """One case, measured once.

    Attributes:
        case: the name of one (stopwatch/registry.py).
        seconds: the seconds of work that were asked for.
        figures: by name, each in the unit that its case says. What was not measured is missing.
        at_most: the names of figures that are only bounds: the true value is at most the given one.
        is_recorded: whether this is the run that was recorded for everyone, and not the reader's.
        label: when, where and with what a recorded run was made.
        detail: what a picture of the run needs besides, as JSON; None where its figures are all there is.
        knobs: what the run was set to, by name; what is missing was set to its default.
        run: the id of the reader's own run, where it is kept; such a run can be looked at for an hour.
    """

    case: str
    seconds: float
    figures: Mapping[str, float]
    at_most: frozenset[str] = frozenset()
    is_recorded: bool = False
    detail: Any = None
    knobs: Mapping[str, Any] = field(default_factory=dict)
    label: str = ""
    run: str = ""

    def get(self, name: str) -> float | None:
        """A figure, or None: it was not measured."""
        return self.figures.get(name)

    def bound(self, name: str) -> str:
        """What stands before the value of a figure that is only a bound: "≤ ". Empty for any other."""
        return "≤ " if name in self.at_most else ""


@dataclass(frozen=True)
class Board:
    """What one page shows: for each case that was measured at all, one measurement."""

    measured: Mapping[str, Measured] = field(default_factory=dict)

    def of(self, case: str) -> Measured | None:
        """The measurement of a case, or None."""
        return self.measured.get(case)

    def get(self, case: str, name: str) -> float | None:
        """A figure of a case, or None: nobody measured it."""
        found = self.of(case)
        return found.get(name) if found else None

    def is_own(self, *cases: str) -> bool:
        """Whether the reader measured all of these cases."""
        return all((found := self.of(case)) is not None and not found.is_recorded for case in cases)

    def labels(self, *cases: str) -> str:
        """When, where and with what these cases were recorded."""
        return "; ".join(dict.fromkeys(found.label for case in cases if (found := self.of(case)) and found.label))


def with_own(recorded: Board, own: Mapping[str, Measured]) -> Board:
    """The recorded board with the reader's own measurements in place of what they measured."""
    return Board({**recorded.measured, **own})

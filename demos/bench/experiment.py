"""What an experiment is, and what pages show of a run of one."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from charts.chart import Chart
from charts.table import Table
from demos.bench.bench import Bench
from demos.bench.knobs import Knob, Knobs, Refused, defaults, parse
from stopwatch.registry import Case, Figure, OutcomeRule

DEADLINE = 15.0  # seconds for a whole driver
# What runs and measures all of them: a part of what their cases say of themselves (stopwatch/registry.py).
CODE = tuple(f"demos/bench/{name}.py" for name in ("background", "bench", "brokers", "load", "processes", "runner"))
LONGEST = 14.0  # seconds that a run may be expected to take: the rest is for a machine that is busy elsewhere


@dataclass(frozen=True)
class Headline:
    """A figure in large, above the picture.

    Attributes:
        figure: its name in the case.
        words: what it is, before the figure.
        lane: its colour: "hold" or "free".
        value: in the figure's unit; None until it has been measured.
        is_over: whether nothing more will change it.
    """

    figure: str
    words: str
    lane: str
    value: float | None
    is_over: bool = True


@dataclass(frozen=True)
class Presentation:
    """What pages show of a run that is over, goes on, or has not begun.

    Attributes:
        chart: the picture, with a table of what is drawn in it.
        reading: how to read it, in sentences.
        table: the figures, a column for each panel of the picture, and what each of them is; None without any.
        sees: what to see in it, in one sentence: what came of the run. Empty until there is something to be seen.
        theory: what theory says of these knobs, in sentences.
        doing: what goes on now, in one sentence: a change of it is announced.
    """

    headline: Sequence[Headline]
    chart: Chart
    reading: str
    table: Table | None
    sees: str
    theory: str
    doing: str


# Makes a presentation of what a driver told (None before it told anything), the knobs of its run, and recorded figures
# to compare with, by name.
Present = Callable[[Any, Knobs, Mapping[str, float]], Presentation]


def _no_work(knobs: Knobs) -> float:
    return 0.0


@dataclass(frozen=True)
class Experiment:
    """One experiment: a package in demos/experiments/ whose `EXPERIMENT` this is, and a line in that folder's list.

    Attributes:
        case: what it measures. Its name is that of the package, and stands in addresses and records.
        question: what it answers, one sentence.
        knobs: what can be chosen about a run.
        seconds: what a whole run with these knobs takes, starting and stopping included: an estimate.
        run: the driver, which gives the figures of its case.
        present: makes what pages show.
        sources: the functions that are shown as the code that runs.
        work_seconds: the work that the figures of a run with these knobs are about, where that is measured in seconds.
        rules: what decides predictions about it.
    """

    case: Case
    question: str
    knobs: tuple[Knob, ...]
    seconds: Callable[[Knobs], float]
    run: Callable[[Bench, Knobs], Mapping[str, float]]
    present: Present
    sources: Callable[[], Sequence[Callable[..., Any]]]
    work_seconds: Callable[[Knobs], float] = _no_work
    rules: tuple[OutcomeRule, ...] = ()

    @cached_property
    def registered(self) -> Case:
        """Its case as the stopwatch knows it, with what follows from its folder and its knobs."""
        recording = f"demos/experiments/{self.name}/recorded.json"
        return replace(self.case, can_show=self.can_show, knobs=self.defaults, recording=recording)

    @property
    def name(self) -> str:
        """In addresses and records, and of its package."""
        return self.case.name

    @property
    def title(self) -> str:
        """A few words."""
        return self.case.title

    @cached_property
    def defaults(self) -> Knobs:
        """The knobs of a run of which nothing was chosen."""
        return defaults(self.knobs)

    @cached_property
    def unmeasured(self) -> Presentation:
        """What pages show before anything has been measured."""
        return self.present(None, self.defaults, {})

    def figure(self, name: str) -> Figure:
        """A figure of its case."""
        found = self.case.figure(name)
        assert found is not None, f"{name} is a figure of {self.name}"
        return found

    @property
    def usual_seconds(self) -> float:
        """What a run takes of which nothing was chosen."""
        return self.seconds(self.defaults)

    def can_show(self, told: Any) -> bool:
        """Whether this can be shown: it may be an older driver's, or have been edited by hand."""
        try:
            self.present(told, self.defaults, {})
        except (TypeError, ValueError, LookupError, AttributeError, ArithmeticError):
            return False
        return True

    def choose(self, given: Mapping[str, Sequence[str]]) -> dict[str, Any]:
        """The knobs of a run, as they were given by name; what is missing has its default.

        Raises:
            Refused: a value cannot be had, or the run would take too long.
        """
        chosen = parse(self.knobs, given)
        takes = self.seconds(chosen)
        if takes > LONGEST:
            words = f"With all of these together a run takes about {takes:.0f} s, and it may take {LONGEST:g} s."
            raise Refused({"": words})
        return chosen

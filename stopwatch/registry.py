"""What can be measured, and what follows from it: cases with their figures, rules of predictions, tests of claims.

The room that owns the thing measured registers them in `AppConfig.ready`. Nothing in this room names one of them.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Literal

from django.core.exceptions import ImproperlyConfigured

from frontdoor.registers import Register
from lessons.scanning import Block
from stopwatch.measured import Board
from stopwatch.units import MS, Unit

NAME = re.compile(r"[a-z][a-z0-9-]*")
LONGEST_NAME = 20  # characters of a case's: what the database keeps


class Where(StrEnum):
    """Whose clock a figure was read from. Two clocks are never subtracted from each other."""

    BROWSER = "in the browser"
    SERVER = "in the web server"
    STORE = "by the clock of the broker's store"
    GENERATOR = "by the load generator of the experiment"


@dataclass(frozen=True)
class Figure:
    """A figure of a case.

    Attributes:
        name: as an author writes it: [[case name]].
        label: a few words.
        says: what it is, in sentences.
        where: whose clock tells it.
        unit: what it is measured in.
        good, poor: thresholds: at most the one is good, above the other is poor.
        source: where the thresholds stand.
        in_statistics: whether instructors see its histogram.
        group: where it is explained in the glossary; empty for the group of its case.
        formerly: names that it had, which content may still have.
    """

    name: str
    label: str
    says: str
    where: Where
    unit: Unit = MS
    good: float | None = None
    poor: float | None = None
    source: str = ""
    in_statistics: bool = False
    group: str = ""
    formerly: tuple[str, ...] = ()

    def rating(self, value: float) -> str:
        """Either "good", "needs improvement" or "poor"; empty for a figure without thresholds."""
        if self.good is None or self.poor is None:
            return ""
        if value <= self.good:
            return "good"
        return "poor" if value > self.poor else "needs improvement"


def _anything(detail: Any) -> bool:
    """For cases whose pictures need nothing besides the figures."""
    return True


@dataclass(frozen=True)
class Case:
    """Something that can be measured.

    Attributes:
        name: as an author writes it: [[name figure]].
        title: as pages show it.
        group: where its figures are explained in the glossary.
        figures: all that it can have; a case and a figure's name are the key of a value.
        scope: whether a run belongs to the lesson it was made in, or to the whole site.
        code: what does the work and takes its times, as patterns below the project's folder. When one of these files
            changes, a recorded run is stale.
        packages: the distributions that it runs on; another version makes a recorded run stale, too.
        recording: where a run of a case of the whole site is recorded for everyone: a file below the project's folder
            (stopwatch/site_recordings.py). What belongs to a lesson is recorded beside the lesson.
        can_show: whether its picture can be drawn from a detail; it may be older, or have been edited by hand.
        demo: the demo whose receipt a browser has to show; empty for a case that no browser may post.
        needs: the figures that a browser has to post. The first one lasts at least as long as the server's own time.
        knobs: what its runs can be set to, by name, each with its default. Only a run with the defaults stands for the
            figures in lessons.
    """

    name: str
    title: str
    group: str
    figures: tuple[Figure, ...]
    scope: Literal["lesson", "site"] = "lesson"
    code: tuple[str, ...] = ()
    packages: tuple[str, ...] = ()
    recording: str = ""
    can_show: Callable[[Any], bool] = _anything
    demo: str = ""
    needs: tuple[str, ...] = ()
    knobs: Mapping[str, Any] = field(default_factory=dict)

    def stands_with(self, knobs: Mapping[str, Any]) -> bool:
        """Whether a run with these knobs stands for the figures in lessons. Without a knob, it had its default."""
        return all(knobs[name] == default for name, default in self.knobs.items() if name in knobs)

    def figure(self, name: str) -> Figure | None:
        """The figure of that name, also of one that it had formerly; None for one that the case never has."""
        return next((one for one in self.figures if name == one.name or name in one.formerly), None)


@dataclass(frozen=True)
class OutcomeRule:
    """What decides a prediction.

    Attributes:
        name: as an author writes it behind "Measured:".
        outcomes: what may come out; each is an option of the prediction.
        cases: what has to be measured.
        how: what a reader does to measure it.
        figures: the figures that decide, as (case, name).
        judge: the outcome on a board, or None when a figure is missing or the runs cannot be compared.
        says: the figures that decided it, in a sentence or two with places for them; why nothing was decided, if so.
    """

    name: str
    outcomes: tuple[str, ...]
    cases: tuple[str, ...]
    how: str
    figures: tuple[tuple[str, str], ...]
    judge: Callable[[Board], str | None]
    says: Callable[[Board], str]


class Verdict(StrEnum):
    """What came of a claim, here and with these figures."""

    TRUE = "True here"
    FALSE = "Not true here"
    UNTESTED = "Not tested yet"


@dataclass(frozen=True)
class ClaimTest:
    """How a claim is tested.

    Attributes:
        name: as an author writes it behind ":tested:".
        cases: whose measurements decide.
        how: the rule, in a sentence.
        judge: the verdict, from a board that has the cases.
        says: the figures behind it, in sentences with places for them (stopwatch/sentences.py).
    """

    name: str
    cases: tuple[str, ...]
    how: str
    judge: Callable[[Board], Verdict]
    says: Callable[[Board], str]


# The cases that a block lets its reader run.
CasesOf = Callable[[Block], Iterable[str]]

cases: Register[Case] = Register("case")
rules: Register[OutcomeRule] = Register("rule")
claim_tests: Register[ClaimTest] = Register("test of a claim")
runners: Register[CasesOf] = Register("block that runs something")


def register_case(case: Case) -> None:
    """Make a case known, with its figures.

    Raises:
        ImproperlyConfigured: its name or one of its figures' is taken, or cannot be written in content.
    """
    for name in (case.name, *(figure.name for figure in case.figures)):
        if not NAME.fullmatch(name):
            raise ImproperlyConfigured(
                f"“{name}”, of the case “{case.title}”, has other characters than a-z, 0-9 and -."
            )
    if len(case.name) > LONGEST_NAME:
        raise ImproperlyConfigured(f"The case “{case.name}” has a name of more than {LONGEST_NAME} characters.")
    known: Register[Figure] = Register(f"figure of “{case.title}”")
    for figure in case.figures:
        for name in (figure.name, *figure.formerly):
            known.add(name, figure)
    cases.add(case.name, case)


def register_rule(rule: OutcomeRule) -> None:
    """Make known what decides predictions. Raises ImproperlyConfigured: the name is taken."""
    rules.add(rule.name, rule)


def register_claim_test(test: ClaimTest) -> None:
    """Make known how a claim is tested. Raises ImproperlyConfigured: the name is taken."""
    claim_tests.add(test.name, test)


def register_runner(block: str, cases_of: CasesOf) -> None:
    """Make known what a block lets its reader run. Raises ImproperlyConfigured: that of this block is known."""
    runners.add(block, cases_of)


def cases_run(block: Block) -> Iterator[str]:
    """The cases that a block, or one inside it, lets its reader run."""
    if block.name in runners:
        yield from runners[block.name](block)
    for inner in block.blocks:
        yield from cases_run(inner)


def figure_of(case: str, name: str) -> Figure | None:
    """The figure of a case by its name, or by one that it had formerly; None for what nobody measures."""
    found = cases.get(case)
    return found.figure(name) if found else None


def anchor(case: str, figure: Figure) -> str:
    """Under which name a page explains a figure: its own, unless another case has another figure of that name."""
    first = next(found for each in cases.values() if (found := each.figure(figure.name)))
    return figure.name if first.says == figure.says else f"{case}-{figure.name}"

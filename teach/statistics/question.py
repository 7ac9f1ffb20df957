"""One question in all its versions, side by side in the order in which they were first answered."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from charts.bars import bar_chart
from charts.shapes import Picture
from quiz.questions import Question
from teach.statistics import answers, items, tables
from teach.statistics.answers import Later, Taken
from teach.statistics.choices import Told, choices_table, options_picture, unused_options
from teach.statistics.intervals import difference
from teach.statistics.items import Discrimination, Facility, Flag
from teach.statistics.questions import (
    DISCRIMINATION,
    FACILITY,
    FEW,
    GRADES,
    discrimination_cells,
    facility_bar,
    facility_cells,
)
from teach.statistics.tables import Cell, Column, Figure, Table

LEAST_COMPARED = 30  # learners on each side, before two versions are compared: a convention, no more


@dataclass(frozen=True)
class Version:
    """A version and what was answered to it. `number` counts from 1; `taken` is None while nobody has answered it."""

    number: int
    is_current: bool
    taken: Taken | None
    facility: Facility | None
    discrimination: Discrimination
    median: float | None
    timed: int
    later: Later
    flags: list[Flag] = field(default_factory=list)

    @property
    def n(self) -> int:
        """How many learners answered."""
        return self.taken.n if self.taken else 0

    @property
    def counted(self) -> str:
        """How many learners answered, as it is shown."""
        return f"n = {self.n:,}"

    @property
    def name(self) -> str:
        """How it is called on the page."""
        return f"Version {self.number}{', as it is now' if self.is_current else ''}"


def versions(lesson: str, question_id: str, question: Question | None) -> list[Version]:
    """Every version that was answered, and the one that is asked now. Four queries."""
    taken = answers.taken(lesson, question_id)
    joints, later = answers.joints_of(lesson, question_id), answers.later(lesson, question_id)
    seconds = answers.seconds(lesson, question_id)
    now = question.version if question else ""
    found = []
    for number, version in enumerate([*taken, *([now] if now and now not in taken else [])], 1):
        joint, times = joints.get(version, {}), seconds.get(version, Counter())
        facility, apart = items.facility(joint), items.discrimination(joint)
        flags = items.flags(facility, apart)
        given = taken.get(version)
        if question and given and version == now:
            flags += unused_options(question, given)
        found.append(
            Version(
                number,
                version == now,
                given,
                facility,
                apart,
                items.median(times),
                sum(times.values()),
                later.get(version, Later()),
                flags,
            )
        )
    return found


def versions_table(found: Sequence[Version]) -> Table:
    """One row a version."""
    columns = (
        Column("Version"),
        Column("First answered"),
        Column("n", is_number=True),
        *FACILITY,
        *DISCRIMINATION,
        Column("Median time", is_number=True, exported=("Median time, s",)),
        Column("of n", is_number=True, exported=("Median time, n",)),
        Column("Look at"),
    )
    return Table("versions", "First attempts at each version", columns, [_version_row(each) for each in found])


def _version_row(each: Version) -> tuple[Cell, ...]:
    first = tables.withheld(FEW if each.taken else "not yet")
    if each.taken and each.n >= items.LEAST:
        first = tables.text(f"{each.taken.first:%Y-%m-%d}")
    return (
        tables.text(each.name),
        first,
        tables.number(each.n),
        *facility_cells(each.facility),
        *discrimination_cells(each.discrimination),
        tables.withheld(FEW) if each.median is None else Cell(f"{each.median:g} s", (each.median,)),
        tables.number(each.timed),
        tables.text(", ".join(flag.name for flag in each.flags)),
    )


def differences_table(found: Sequence[Version]) -> Table:
    """Each version against the one before it."""
    columns = (
        Column("Change"),
        Column("n before", is_number=True),
        Column("n after", is_number=True),
        tables.estimated("Difference of mean grades"),
    )
    rows = []
    for before, after in pairwise(each for each in found if each.taken):
        numbers = (
            tables.text(f"Version {before.number} to {after.number}"),
            tables.number(before.n),
            tables.number(after.n),
        )
        rows.append((*numbers, _difference_cell(before.facility, after.facility)))
    return Table("differences", "Before and after each edit", columns, rows)


def _difference_cell(before: Facility | None, after: Facility | None) -> Cell:
    if before is None or after is None or min(before.n, after.n) < LEAST_COMPARED:
        return tables.withheld(f"shown from n = {LEAST_COMPARED} on, before and after", 3)
    found = difference(before.mean, before.n, after.mean, after.n)
    return tables.estimate(after.mean - before.mean, found)


def later_table(found: Sequence[Version]) -> Table:
    """What came after the first attempt."""
    columns = (
        Column("Version"),
        Column("Not right at first", is_number=True),
        Column("Tried again at once", is_number=True),
        Column("right in the end", is_number=True),
        Column("Asked again later", is_number=True),
        Column("right then", is_number=True),
    )
    rows = []
    for each in found:
        if each.taken and each.facility:
            wrong = each.n - round(each.facility.right * each.n)
            later = each.later
            rows.append(
                (
                    tables.text(each.name),
                    tables.number(wrong),
                    tables.number(later.again),
                    _part(later.right, later.again),
                    tables.number(later.retaken),
                    _part(later.retaken_right, later.retaken),
                )
            )
    return Table("later", "Later attempts, in learners", columns, rows)


def _part(count: int, n: int) -> Cell:
    """A number of n learners, unless these are so few that it would tell of each."""
    return tables.number(count) if n >= items.LEAST else tables.withheld(FEW if n else "nobody")


def figures(question: Question | None, found: Sequence[Version]) -> list[Figure]:
    """Every table of the page that has a row, and the pictures that there are."""
    told: list[Told] = [(each.name, each.is_current, each.taken) for each in found if each.taken]
    drawn = options_picture(question, told)
    every = [
        Figure(versions_table(found), facilities(found)),
        Figure(differences_table(found)),
        *(
            Figure(table, drawn if drawn and drawn.name == table.name else None)
            for table in choices_table(question, told)
        ),
        Figure(later_table(found)),
    ]
    return [figure for figure in every if figure.table.rows]


def facilities(found: Sequence[Version]) -> Picture | None:
    """The mean grade of each version under each other."""
    bars = [facility_bar(each.name, each.facility, each.n) for each in found if each.facility]
    return bar_chart("facilities", "Mean grade of first attempts, by version", bars, GRADES)

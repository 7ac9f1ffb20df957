"""The questions of a lesson side by side: how hard each is, whether it tells learners apart, what to look at."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.urls import reverse

from charts.bars import Bar, bar_chart
from charts.scale import Axis
from charts.shapes import Picture
from quiz.questions import Question, Quiz
from teach.statistics import items, tables
from teach.statistics.answers import joints
from teach.statistics.items import Discrimination, Facility, Flag, Joint
from teach.statistics.tables import Cell, Column, Table

GRADES = Axis("mean grade", 1, "", at_most=2)
FEW = f"shown from n = {items.LEAST} on"


@dataclass(frozen=True)
class Asked:
    """A question of the file with what was answered to it as it is now; `earlier` counts answers to other versions."""

    question: Question
    place: int
    n: int
    earlier: int
    facility: Facility | None
    discrimination: Discrimination
    flags: list[Flag] = field(default_factory=list)

    @property
    def counted(self) -> str:
        """How many learners answered, as it is shown."""
        return f"n = {self.n:,}"


@dataclass(frozen=True)
class Overview:
    """The questions of a lesson, and how many first answers there are to questions that left the file, by id."""

    asked: list[Asked]
    gone: Mapping[str, int]

    @property
    def total(self) -> int:
        """How many first answers there are."""
        return sum(each.n + each.earlier for each in self.asked) + sum(self.gone.values())

    @property
    def flagged(self) -> list[Asked]:
        """The questions with something to look at."""
        return [each for each in self.asked if each.flags]


def overview(lesson: str, quiz: Quiz | None) -> Overview:
    """Look at all questions of a lesson. One query."""
    found = joints(lesson)
    numbers: dict[str, int] = {}
    for (question, _), joint in found.items():
        numbers[question] = numbers.get(question, 0) + items.learners(joint)
    questions = quiz.questions if quiz else ()
    asked = [
        _asked(question, place, found.get((question.id, question.version), {}), numbers.pop(question.id, 0))
        for place, question in enumerate(questions, 1)
    ]
    return Overview(asked, dict(sorted(numbers.items())))


def _asked(question: Question, place: int, joint: Joint, total: int) -> Asked:
    n, facility, apart = items.learners(joint), items.facility(joint), items.discrimination(joint)
    return Asked(question, place, n, total - n, facility, apart, items.flags(facility, apart))


def facility_cells(facility: Facility | None) -> tuple[Cell, Cell]:
    """The mean grade and the share that was fully right, each with its interval."""
    if facility is None:
        return (tables.withheld(FEW, 3), tables.withheld("", 3))
    return (
        tables.estimate(facility.mean, facility.interval),
        tables.estimate(facility.right, facility.right_interval),
    )


def discrimination_cells(found: Discrimination) -> tuple[Cell, Cell]:
    """The correlation with its interval, and of how many learners."""
    cell = tables.withheld(found.reason, 3) if found.reason else tables.estimate(found.correlation, found.interval)
    return (cell, tables.number(found.n))


FACILITY = (tables.estimated("Mean grade"), tables.estimated("Right"))
DISCRIMINATION = (
    tables.estimated("Discrimination"),
    Column("of n", is_number=True, exported=("Discrimination, n",)),
)


def questions_table(lesson: str, found: Overview) -> Table:
    """One row a question of the file, for the version that is asked now."""
    columns = (
        Column("Question"),
        Column("n", is_number=True),
        *FACILITY,
        *DISCRIMINATION,
        Column("Look at"),
        Column("n, earlier versions", is_number=True),
    )
    rows = [
        (
            tables.text(f"{each.place}. {each.question.id}", address(lesson, each.question.id)),
            tables.number(each.n),
            *facility_cells(each.facility),
            *discrimination_cells(each.discrimination),
            tables.text(", ".join(flag.name for flag in each.flags)),
            tables.number(each.earlier),
        )
        for each in found.asked
    ]
    return Table("questions", "First attempts at each question, as it is asked now", columns, rows)


def gone_table(lesson: str, found: Overview) -> Table:
    """The questions that left the file."""
    columns = (Column("Question"), Column("n, all versions", is_number=True))
    rows = [(tables.text(gone, address(lesson, gone)), tables.number(n)) for gone, n in found.gone.items()]
    return Table("gone", "Questions that are no longer in the file", columns, rows)


def facilities(found: Overview) -> Picture | None:
    """The mean grades of all questions under each other."""
    bars = [
        facility_bar(f"{each.place}. {each.question.id}", each.facility, each.n)
        for each in found.asked
        if each.facility
    ]
    return bar_chart("facilities", "Mean grade of first attempts, by question", bars, GRADES)


def facility_bar(label: str, facility: Facility, n: int) -> Bar:
    """A mean grade as a mark within its interval, on GRADES."""
    mean, low, high = facility.mean, facility.interval.low, facility.interval.high
    return Bar(label, f"{mean:.2f}", f"{mean:.2f}, interval {low:.2f} to {high:.2f}, n = {n:,}", mean, (low, high))


def address(lesson: str, question: str) -> str:
    """Where a question's own page is."""
    return reverse("teach:question-statistics", args=[lesson, question])

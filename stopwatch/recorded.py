"""The recorded run: real figures, made by `make record`, for whoever has not measured yet or has no JavaScript.

It stands beside the lesson in recorded.md: front matter that says when and with what it was made, a table with the
digest of each case's code, and one with the figures. It is written by the recorder and read here.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from lessons import front_matter
from lessons.front_matter import FieldRule
from lessons.registry import ContentKind, Files
from lessons.scanning import Problem
from stopwatch.digests import digest_of
from stopwatch.measured import Board, Measured
from stopwatch.registry import cases, figure_of
from stopwatch.site_recordings import site_recordings

ABOUT = ("date", "machine", "browser", "versions")
# One digest for all cases is how it was done before.
FIELDS: Mapping[str, FieldRule] = {**{name: FieldRule(required=True) for name in ABOUT}, "code": FieldRule()}
CODE = re.compile(r"^\| (?P<case>\S+) \| (?P<code>[0-9a-f]{16}) \|$")
ROW = re.compile(
    r"^\| (?P<case>\S+) \| (?P<seconds>[0-9.]+) \| (?P<name>\S+) \| (?P<bound>≤ )?(?P<value>[0-9]+(\.[0-9]+)?) \|$"
)
DETAIL = re.compile(r"^```json (?P<case>\S+)$")
CODE_HEAD = ("| case | code |", "| --- | --- |")
HEAD = ("| case | seconds | figure | value |", "| --- | ---: | --- | ---: |")
HEADS = (*CODE_HEAD, *HEAD, "| case | seconds | figure | ms |")
STALE = "the code or the packages that were measured have changed since this was recorded: `make record`"


def board_of(files: Files) -> Board:
    """What is recorded of a lesson, and of the cases that belong to the whole site."""
    of_lesson = RECORDED.of(files)
    return Board({**(of_lesson.measured if of_lesson else {}), **site_recordings()})


def read(source: str, lesson: str) -> tuple[Board, list[Problem]]:
    """Read a recorded.md. It is a warning, case by case, when what was measured has changed since."""
    found, problems = front_matter.read(source, FIELDS)
    label = ", ".join(str(found.values[name] or "") for name in ABOUT)
    runs = _runs(found.body.split("\n"), found.body_line, problems)
    if found.values["code"]:
        problems.append(Problem(1, 1, STALE, warning=True))
    else:
        problems += _stale(runs)
    measured = {
        case: Measured(case, run.seconds, run.figures, frozenset(run.at_most), True, run.detail, label=label)
        for case, run in runs.items()
        if run.figures
    }
    return Board(measured), problems


@dataclass
class _Run:
    """A case's recorded run as far as it has been read. `digest` is that of its code, with the line of it."""

    seconds: float = 0.0
    figures: dict[str, float] = field(default_factory=dict)
    at_most: set[str] = field(default_factory=set)
    detail: Any = None
    digest: tuple[int, str] = (1, "")


def _runs(lines: Iterable[str], first: int, problems: list[Problem]) -> Mapping[str, _Run]:
    runs: defaultdict[str, _Run] = defaultdict(_Run)
    case = ""  # whose detail is being read
    for number, line in enumerate(lines, first):
        if begins := DETAIL.match(line):
            case = begins["case"]
        elif case and line != "```":
            runs[case].detail = _detail(case, line, number, problems)
        else:
            case = ""
        if line.startswith("|") and line not in HEADS:
            _read_row(line, number, runs, problems)
    return runs


def _read_row(line: str, number: int, runs: defaultdict[str, _Run], problems: list[Problem]) -> None:
    if code := CODE.match(line):
        runs[code["case"]].digest = (number, code["code"])
        return
    row = ROW.match(line)
    figure = figure_of(row["case"], row["name"]) if row else None
    if row is None or figure is None:
        problems.append(Problem(number, 1, "this is no row “| case | seconds | figure | value |”: see `make record`"))
        return
    run = runs[row["case"]]
    run.seconds = float(row["seconds"])
    run.figures[figure.name] = float(row["value"])
    if row["bound"]:
        run.at_most.add(figure.name)


def _stale(runs: Mapping[str, _Run]) -> Iterator[Problem]:
    for case, run in runs.items():
        line, digest = run.digest
        if case not in cases or digest != digest_of(cases[case]):
            yield Problem(line, 1, f"“{case}”: {STALE}", warning=True)


def _detail(case: str, line: str, number: int, problems: list[Problem]) -> Any:
    try:
        detail = json.loads(line)
    except ValueError:
        problems.append(Problem(number, 1, "this is no JSON on one line: see `make record`"))
        return None
    if case in cases and not cases[case].can_show(detail):
        problems.append(Problem(number, 1, f"this is not what “{case}” tells: see `make record`"))
        return None
    return detail


def write(board: Sequence[Measured], about: Mapping[str, str]) -> str:
    """The text of a recorded.md. `about` has the fields of ABOUT."""
    head = [f"{name}: {json.dumps(about[name], ensure_ascii=False)}" for name in ABOUT]
    codes = [f"| {one.case} | {digest_of(cases[one.case])} |" for one in board]
    rows = [
        f"| {one.case} | {one.seconds:g} | {figure.name} |"
        f" {one.bound(figure.name)}{figure.unit.exact(one.figures[figure.name])} |"
        for one in board
        for figure in cases[one.case].figures
        if figure.name in one.figures
    ]
    says = "Written by `make record`, which drives a real browser through the lesson; do not edit."
    details = [
        line
        for one in board
        if one.detail is not None
        for line in ("", f"```json {one.case}", json.dumps(one.detail, separators=(",", ":")), "```")
    ]
    return "\n".join(["---", *head, "---", "", says, "", *CODE_HEAD, *codes, "", *HEAD, *rows, *details, ""])


RECORDED = ContentKind("recorded.md", "Recorded run", read, written_by="make record")

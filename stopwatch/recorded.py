"""The recorded run: real figures, made by `make record`, for whoever has not measured yet or has no JavaScript.

It stands beside the lesson in recorded.md: front matter that says when and with what it was made, and a table. It is
written by the recorder and read here; `code` is the digest of what it measured.
"""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings

from lessons import front_matter
from lessons.front_matter import FieldRule
from lessons.registry import Files
from lessons.scanning import Problem
from stopwatch.measured import Board, Measured
from stopwatch.registry import cases, figure_of

FILE = "recorded.md"
FIELDS: Mapping[str, FieldRule] = {
    "date": FieldRule(required=True),
    "machine": FieldRule(required=True),
    "browser": FieldRule(required=True),
    "versions": FieldRule(required=True),
    "code": FieldRule(required=True),
}
ROW = re.compile(
    r"^\| (?P<case>\S+) \| (?P<seconds>[0-9.]+) \| (?P<name>\S+) \| (?P<bound>≤ )?(?P<ms>[0-9]+(\.[0-9]+)?) \|$"
)
DETAIL = re.compile(r"^```json (?P<case>\S+)$")
HEAD = ("| case | seconds | figure | ms |", "| --- | ---: | --- | ---: |")


def digest() -> str:
    """Stands for the code that is measured, as it is now: 16 hex digits."""
    found = hashlib.sha256()
    root = Path(settings.BASE_DIR)
    for path in sorted({path for case in cases.values() for pattern in case.code for path in root.glob(pattern)}):
        found.update(f"{path.relative_to(root)}\0".encode() + path.read_bytes() + b"\0")
    return found.hexdigest()[:16]


def board_of(files: Files) -> Board:
    """What a lesson's recorded run measured, or an empty board."""
    recorded = files.get(FILE)
    return recorded if isinstance(recorded, Board) else Board()


def read(source: str, lesson: str) -> tuple[Board, list[Problem]]:
    """Read a recorded.md. It is a warning when the code that it measured has changed since."""
    found, problems = front_matter.read(source, FIELDS)
    label = "{date}, {machine}, {browser}, {versions}".format(**{**dict.fromkeys(FIELDS, ""), **found.values})
    figures: dict[str, dict[str, float]] = {}
    bounds: dict[str, set[str]] = {}
    seconds: dict[str, float] = {}
    details: dict[str, Any] = {}
    case = ""  # whose detail is being read
    for number, line in enumerate(found.body.split("\n"), found.body_line):
        if begins := DETAIL.match(line):
            case = begins["case"]
        elif case and line != "```":
            details[case] = _detail(case, line, number, problems)
        else:
            case = ""
        if not line.startswith("|") or line in HEAD:
            continue
        row = ROW.match(line)
        figure = figure_of(row["case"], row["name"]) if row else None
        if row is None or figure is None:
            problems.append(Problem(number, 1, "this is no row “| case | seconds | figure | ms |”: see `make record`"))
            continue
        figures.setdefault(row["case"], {})[figure.name] = float(row["ms"])
        seconds[row["case"]] = float(row["seconds"])
        if row["bound"]:
            bounds.setdefault(row["case"], set()).add(figure.name)
    if found.values.get("code") not in (None, digest()):
        problems.append(
            Problem(1, 1, "the code that was measured has changed since this was recorded: `make record`", warning=True)
        )
    measured = {
        case: Measured(
            case,
            seconds[case],
            found_figures,
            frozenset(bounds.get(case, ())),
            is_recorded=True,
            detail=details.get(case),
        )
        for case, found_figures in figures.items()
    }
    return Board(measured, label), problems


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
    """The text of a recorded.md. `about` has the fields of FIELDS, but for `code`."""
    fields = {**about, "code": digest()}
    head = [f"{name}: {json.dumps(fields[name], ensure_ascii=False)}" for name in FIELDS]
    rows = [
        f"| {one.case} | {one.seconds:g} | {figure.name} | {'≤ ' if figure.name in one.at_most else ''}"
        f"{figure.unit.exact(one.figures[figure.name])} |"
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
    return "\n".join(["---", *head, "---", "", says, "", *HEAD, *rows, *details, ""])

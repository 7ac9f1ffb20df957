"""Reads the source of one content file into what the catalog hands out. Opens no file, remembers nothing."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lessons import advice, front_matter, links, registry, taken_out
from lessons.dialect.advice import differences
from lessons.front_matter import FieldRule
from lessons.modes import MODES
from lessons.prose import Heading, TooDeep
from lessons.registry import directives
from lessons.render_cost import too_costly, too_dotted, too_long
from lessons.rendering import Part, compose, render
from lessons.scanning import Block, Problem, scan

PAGE_FIELDS: Mapping[str, FieldRule] = {
    "title": FieldRule(required=True),
    "summary": FieldRule(required=True),
    "framework": FieldRule(required=True),
    "minutes": FieldRule(int, required=True, bounds=(1, 240)),
    "impact": FieldRule(required=True, choices=("low", "medium", "high")),
    "affects": FieldRule(required=True),
    "vital": FieldRule(default=""),
}


@dataclass(frozen=True)
class ModePage:
    """One mode of a lesson. `meta` has the fields of PAGE_FIELDS, `parts` its body, `blocks` the outermost blocks.

    `ids` are those to which a link can lead.
    """

    mode: str
    meta: Mapping[str, Any]
    parts: tuple[Part, ...]
    headings: tuple[Heading, ...]
    blocks: tuple[Block, ...]
    ids: frozenset[str] = frozenset()

    @property
    def scripts(self) -> tuple[str, ...]:
        """The scripts that the blocks of this page need, each once."""
        return tuple(dict.fromkeys(script for block in self.blocks for script in directives[block.name].scripts))

    @property
    def styles(self) -> tuple[str, ...]:
        """Their style sheets likewise."""
        return tuple(dict.fromkeys(style for block in self.blocks for style in directives[block.name].styles))

    @property
    def is_read_by(self) -> str:
        """What tells that this page was read: that its "end" came into view, or that its "cards" were turned."""
        return "cards" if any(directives[block.name].is_turned for block in self.blocks) else "end"

    @property
    def label(self) -> str:
        """The mode's name in the mode switch."""
        return MODES[self.mode]


@dataclass(frozen=True)
class CourseFile:
    """course.toml: the course's title and the slugs of its lessons, in order.

    `retired` names lessons that are not shown any more. Their folders stay, and so does what learners did in them.
    """

    title: str
    lessons: tuple[str, ...]
    retired: tuple[str, ...] = ()


SLUG = re.compile(r"[-a-zA-Z0-9_]{1,100}")  # what is kept names its lesson, in at most 200 characters

ID = re.compile(r'\sid="([^"]*)"')

NESTED = "this is nested deeper than can be read: brackets, quotes, stars or blocks within each other"


def is_mode(filename: str) -> bool:
    """Whether a file in a lesson's folder is one of its modes."""
    return filename.removesuffix(".md") in MODES


def read(source: str, lesson: str, filename: str) -> tuple[Any, list[Problem]]:
    """Read one file of a lesson: a mode's page, or whatever kind registered its name.

    Returns:
        the value (a ModePage for a mode) and every problem; a value beside an error is not to be used.
    """
    if costly := too_costly(source):
        return None, costly
    try:
        value, problems = _read(source, lesson, filename)
    except TooDeep as deep:
        return None, [Problem(_row_of(source, deep.text), 1, NESTED)]
    except RecursionError:
        return None, [Problem(1, 1, NESTED)]
    if value is None or any(not problem.warning for problem in problems):
        return value, problems  # first things first: advice is for what can be read
    body, first = front_matter.below(source)
    advised = [*advice.unlabelled_code(body, first), *differences(body, first, has_ids=not is_mode(filename))]
    return value, [*problems, *advised, *links.problems_of(links.links_in(body, first))]


def _read(source: str, lesson: str, filename: str) -> tuple[Any, list[Problem]]:
    if filename in registry.kinds:
        return registry.kinds[filename].read(source, lesson)
    if not is_mode(filename):
        known = ", ".join([*(f"{mode}.md" for mode in MODES), *registry.kinds])
        return None, [Problem(1, 1, f"no page is made of this file; a lesson has {known}", warning=True)]
    matter, problems = front_matter.read(source, PAGE_FIELDS)
    pieces, scan_problems = scan(matter.body, matter.body_line)
    if any(not problem.warning for problem in scan_problems):
        # Behind a block or a code fence that is never closed, everything looks wrong. The cause is enough.
        return None, [*problems, *scan_problems]
    mode = filename.removesuffix(".md")
    rendered = render(pieces, lesson, mode)
    html = compose(rendered.parts, {})  # a page that cannot be composed is this file's fault, and must show here
    ids = frozenset(ID.findall(html))
    page = ModePage(mode, matter.values, rendered.parts, rendered.headings, rendered.blocks, ids)
    advised = [
        *advice.skipped_levels(pieces),
        *advice.claims_without_source(pieces),
        *taken_out.problems_of(rendered.taken, matter.body, matter.body_line),
    ]
    return page, [*problems, *scan_problems, *rendered.problems, *advised]


def read_course(source: str) -> tuple[CourseFile, list[Problem]]:
    """Read course.toml."""
    nothing = CourseFile("", ())
    if costly := too_long(source) or too_dotted(source):
        return nothing, costly
    try:
        fields = tomllib.loads(source)
    except RecursionError:
        return nothing, [Problem(1, 1, NESTED)]
    except tomllib.TOMLDecodeError as error:
        line, column = _toml_place(source, str(error))
        return nothing, [Problem(line, column, f"TOML: {str(error).split(' (at', 1)[0]}")]
    problems = [
        Problem(_row(source, name), 1, f"unknown field “{name}”; known are title, lessons, retired")
        for name in fields
        if name not in {"title", "lessons", "retired"}
    ]
    title, lessons, retired = fields.get("title"), fields.get("lessons"), fields.get("retired", [])
    if not isinstance(title, str) or not title.strip():
        problems.append(Problem(_row(source, "title"), 1, "“title” must be a text"))
    wrong = [
        Problem(_row(source, name), 1, message)
        for name, slugs in (("lessons", lessons), ("retired", retired))
        if (message := _wrong_slugs(name, slugs))
    ]
    shown, hidden = (() if wrong else tuple(slugs or ()) for slugs in (lessons, retired))
    if both := [slug for slug in hidden if slug in shown]:
        message = f"“{both[0]}” is in “lessons” and in “retired”: a lesson is shown or it is not"
        wrong.append(Problem(_row(source, "retired"), 1, message))
    problems += wrong
    return (nothing if problems else CourseFile(str(title), shown, hidden)), problems


def _wrong_slugs(name: str, slugs: object) -> str:
    """What is wrong with a list of slugs, or an empty text."""
    if not isinstance(slugs, list) or not all(isinstance(slug, str) for slug in slugs):
        return f"“{name}” must be a list of folder names"
    if strange := [slug for slug in slugs if not SLUG.fullmatch(slug)]:
        return (
            "a folder of a lesson has 1 to 100 letters, digits, - and _ as its name (it is an address),"
            f" not “{strange[0]}”"
        )
    return f"“{name}” names a folder twice" if len(set(slugs)) != len(slugs) else ""


def _row_of(source: str, piece: str) -> int:
    """The line where a piece of a file begins. Pieces are cut out and dedented, so its first words are looked for."""
    first = next((row.strip() for row in piece.split("\n") if row.strip()), "")
    return next((number for number, row in enumerate(source.split("\n"), 1) if first in row), 1)


def _row(source: str, name: str) -> int:
    rows = source.split("\n")
    return next((number for number, row in enumerate(rows, 1) if row.lstrip().startswith(name)), 1)


def _toml_place(source: str, message: str) -> tuple[int, int]:
    """The line and column that tomllib puts into its message, and the last line where it says “end of document”."""
    _, _, place = message.partition("(at line ")
    try:
        line, column = place.rstrip(")").split(", column ")
        return int(line), int(column)
    except ValueError:
        return source.count("\n") + 1, 1

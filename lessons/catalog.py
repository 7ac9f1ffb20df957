"""What there is to learn: content/ read, checked and kept in memory. Nothing else opens files under content/.

A good edit is up within a second. A broken edit never takes a page down: its last good source stays up, also over a
restart, and the log names the file, the line and the line's text.
"""

import logging
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

from lessons import reading
from lessons.files import COURSE, ContentFiles, LastGood, Stamp, Unreadable
from lessons.modes import AFTERWARDS, MODES
from lessons.pictures import NoPicture, Shown, is_picture, problems_of, read_picture, shown_in
from lessons.reading import CourseFile, ModePage
from lessons.registry import directives
from lessons.scanning import Problem

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class FileProblem:
    """A problem and where it stands. Reads as `file:line:column: message`, which editors understand."""

    path: str
    problem: Problem
    text: str

    def __str__(self) -> str:
        level = "warning: " if self.problem.warning else ""
        return f"{self.path}:{self.problem.line}:{self.problem.column}: {level}{self.problem.message}"


@dataclass(frozen=True)
class Lesson:
    """A lesson that has at least one mode. `files` holds what other kinds of content file were read into, by name."""

    slug: str
    number: int
    pages: Mapping[str, ModePage]
    files: Mapping[str, Any]

    @property
    def first(self) -> ModePage:
        """The mode with which the lesson opens: the first one that teaches, if there is one."""
        opening = [page for mode, page in self.pages.items() if mode not in AFTERWARDS]
        return next(iter(opening or self.pages.values()))

    @property
    def title(self) -> str:
        """The lesson's title."""
        return str(self.first.meta["title"])


@dataclass(frozen=True)
class Course:
    """One state of the whole content. It is replaced, never changed, so a request sees one state throughout."""

    title: str = ""
    lessons: Mapping[str, Lesson] = field(default_factory=dict)
    problems: tuple[FileProblem, ...] = ()


@dataclass(frozen=True)
class _Read:
    """What became of one file: its value (None when it was never good), and what is wrong with what is there now.

    `shown` holds the pictures that it shows: whether they are there is known when all files are read.
    """

    value: Any
    problems: tuple[FileProblem, ...]
    shown: tuple[Shown, ...] = ()


class Catalog:
    """Reads a tree of content, and again whatever changes in it."""

    def __init__(self, root: Path, last_good: LastGood | None) -> None:
        """Without `last_good`, only what is there now counts: this is how content is checked."""
        self.files = ContentFiles(root)
        self.last_good = last_good
        self.course = Course()
        self._stamps: dict[str, Stamp] = {}
        self._read: dict[str, _Read] = {}
        self._looked = False
        self._lock = threading.Lock()

    def refresh(self) -> bool:
        """Look at the files once, read what changed, and say whether anything did."""
        with self._lock:
            try:
                stamps = self.files.stamps()
            except OSError as error:
                return self._away(error)
            changed = [path for path, stamp in stamps.items() if self._stamps.get(path) != stamp]
            gone = [path for path in self._stamps if path not in stamps]
            if not changed and not gone and self._looked:
                return False
            self._looked = True
            for path in gone:
                # Its last good source is kept: some editors and git take a file away before they write the new one.
                self._read.pop(path, None)
            for path in changed:
                self._read[path] = self._read_file(path)
            self._stamps = stamps
            before, self.course = self.course, self._assemble()
            if self.last_good:
                self._report(before)
            return True

    def _away(self, error: OSError) -> bool:
        """The tree cannot be looked at: unmounted, or being replaced. What is known stays as it is."""
        if self._looked:
            return False
        self._looked = True
        self.course = Course(problems=(self._missing("", 1, f"the folder cannot be read: {error.strerror}"),))
        self._report(Course())
        return True

    def _read_file(self, path: str) -> _Read:
        if is_picture(path.rpartition("/")[2]):
            return self._read_picture(path)
        try:
            source = self.files.text(path)
        except Unreadable as unreadable:
            problem = FileProblem(self._shown(path), Problem(unreadable.line, 1, str(unreadable)), "")
            return _Read(self._last_value(path), (problem,))
        value, found = self._parse(path, source)
        shown = tuple(shown_in(source))
        found = [*found, *problems_of(shown)]
        problems = self.located(path, source, found)
        if any(not problem.warning for problem in found):
            return _Read(self._last_value(path), problems, shown)
        if self.last_good:
            self.last_good.keep(path, source)
        return _Read(value, problems, shown)

    def _read_picture(self, path: str) -> _Read:
        try:
            return _Read(read_picture(path.rpartition("/")[2], self.files.raw(path)), ())
        except (Unreadable, NoPicture) as error:
            before = self._read[path].value if path in self._read and self.last_good else None
            return _Read(before, (self._missing(path, 1, str(error)),))

    def located(self, path: str, source: str, problems: list[Problem]) -> tuple[FileProblem, ...]:
        """The problems of a file in their order, each with its line's text."""
        rows = source.split("\n")
        return tuple(
            FileProblem(self._shown(path), problem, rows[problem.line - 1].strip() if problem.line <= len(rows) else "")
            for problem in sorted(problems, key=lambda problem: (problem.line, problem.column))
        )

    def _last_value(self, path: str) -> Any:
        """What a file was when it was last good: in this process, or before a restart."""
        if self.last_good is None:
            return None
        if path in self._read:
            return self._read[path].value
        source = self.last_good.get(path)
        if source is None:
            return None
        value, found = self._parse(path, source)
        return None if any(not problem.warning for problem in found) else value

    def _parse(self, path: str, source: str) -> tuple[Any, list[Problem]]:
        lesson, _, filename = path.partition("/")
        try:
            return reading.read_course(source) if path == COURSE else reading.read(source, lesson, filename)
        except Exception as error:  # one file must never take the others down, whatever it makes a library do
            logger.exception("%s cannot be read", self._shown(path))
            return None, [Problem(1, 1, f"the file cannot be read: {type(error).__name__} (the log has more)")]

    def _assemble(self) -> Course:
        problems = [problem for read in self._read.values() for problem in read.problems]
        course = self._read[COURSE].value if COURSE in self._read else None
        if course is None:
            if COURSE not in self._read:
                problems.append(self._missing(COURSE, 1, "there is no course.toml, so nothing names the lessons"))
            course = CourseFile("", ())
        lessons: dict[str, Lesson] = {}
        for number, slug in enumerate(course.lessons, 1):
            lesson = self._lesson(slug, number)
            if lesson.pages:
                lessons[slug] = lesson
                problems.extend(self._missing_beside(lesson))
            elif not any(reading.is_mode(filename) for filename in self._filenames(slug)):
                problems.append(self._missing(COURSE, 1, f"the lesson “{slug}” has no folder with a mode in it"))
        for folder in sorted({path.partition("/")[0] for path in self._read} - {COURSE, *course.lessons}):
            message = f"no lesson is made of the folder “{folder}”: course.toml does not name it"
            problems.append(self._missing(COURSE, 1, message, warning=True))
        return Course(course.title, lessons, tuple(problems))

    def _filenames(self, slug: str) -> list[str]:
        return [path.partition("/")[2] for path in self._read if path.startswith(f"{slug}/")]

    def _missing_beside(self, lesson: Lesson) -> Iterator[FileProblem]:
        """What the blocks and the prose of a lesson need and is not there, not even broken."""
        there = self._filenames(lesson.slug)
        for page in lesson.pages.values():
            for block in page.blocks:
                needed = directives[block.name].needs_file
                if needed and needed not in there:
                    message = f"the block “{block.name}” needs the file {needed} beside this one"
                    yield self._missing(f"{lesson.slug}/{page.mode}.md", block.line, message)
        for path, read in self._read.items():
            if path.startswith(f"{lesson.slug}/"):
                for picture in read.shown:
                    if is_picture(picture.target) and picture.target not in there:
                        message = f"there is no picture {picture.target} beside this file"
                        yield self._missing(path, picture.line, message)

    def _lesson(self, slug: str, number: int) -> Lesson:
        values = {
            path.partition("/")[2]: read.value
            for path, read in self._read.items()
            if path.startswith(f"{slug}/") and read.value is not None
        }
        pages = {mode: values.pop(f"{mode}.md") for mode in MODES if f"{mode}.md" in values}
        return Lesson(slug, number, pages, values)

    def _missing(self, path: str, line: int, message: str, *, warning: bool = False) -> FileProblem:
        return FileProblem(self._shown(path), Problem(line, 1, message, warning), "")

    def _shown(self, path: str) -> str:
        """A path as an author at the project's root would type it."""
        whole = self.files.root / path
        base = Path(settings.BASE_DIR)
        return str(whole.relative_to(base)) if whole.is_relative_to(base) else str(whole)

    def _report(self, before: Course) -> None:
        """Log what is newly wrong, and that all is well again."""
        for problem in self.course.problems:
            if problem not in before.problems:
                logger.log(
                    logging.WARNING if problem.problem.warning else logging.ERROR, "%s | %s", problem, problem.text
                )
        if before.problems and not self.course.problems:
            logger.info("content is in order again")


@cache
def catalog() -> Catalog:
    """The catalog of CONTENT_DIR, read when it is first asked for."""
    root: Path = settings.CONTENT_DIR
    found = Catalog(root, LastGood.of(settings.DATA_DIR, root))
    found.refresh()
    return found


def course() -> Course:
    """What there is to learn, as it is now."""
    return catalog().course


def lesson_with(block: str) -> tuple[str, str] | None:
    """The slug and the mode of the first page that has a block of this name."""
    for lesson in course().lessons.values():
        for page in lesson.pages.values():
            if any(found.name == block for found in page.blocks):
                return lesson.slug, page.mode
    return None


def check(root: Path) -> tuple[FileProblem, ...]:
    """Every problem of a tree of content as it is now, without a look at what was good before."""
    found = Catalog(root, last_good=None)
    found.refresh()
    return found.course.problems

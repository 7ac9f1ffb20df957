"""Puts what the files of a tree were read into together to a course, and finds what one of them needs of another."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.urls import reverse

from lessons import reading
from lessons.files import COURSE, ContentFiles
from lessons.links import Link, leading_nowhere
from lessons.modes import AFTERWARDS, MODES
from lessons.pictures import Shown, is_picture
from lessons.reading import CourseFile, ModePage
from lessons.registry import ContentKind, Value, directives, lesson_checks
from lessons.scanning import Problem


@dataclass(frozen=True)
class FileProblem:
    """A problem and where it stands. Reads as `file:line:column: message`, which editors understand.

    `path` is the file's as its author would type it, `file` the same under the root of the content, `text` the line's.
    """

    path: str
    problem: Problem
    text: str
    file: str = ""

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

    def get(self, kind: ContentKind[Value]) -> Value | None:
        """What the file of a kind was read into; None when there is none, or none that was ever in order."""
        return kind.of(self.files)

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
    """One state of the whole content. It is replaced, never changed, so a request sees one state throughout.

    `retired` names the lessons that are not shown any more; what was kept of them stays. `names_none` says that a
    course.toml which is in order names no lesson, so that nothing is wrong when none is shown.
    """

    title: str = ""
    lessons: Mapping[str, Lesson] = field(default_factory=dict)
    problems: tuple[FileProblem, ...] = ()
    retired: tuple[str, ...] = ()
    names_none: bool = False

    def get(self, lesson: str, kind: ContentKind[Value]) -> Value | None:
        """What a lesson's file of a kind was read into; None also when there is no such lesson."""
        found = self.lessons.get(lesson)
        return found.get(kind) if found else None


@dataclass(frozen=True)
class Read:
    """The outcome of reading one file: its value (None when it was never good), and what is wrong now.

    `shown` holds the pictures that it shows, and `links` where it leads: whether that is there is known when all files
    are read.
    """

    value: Any
    problems: tuple[FileProblem, ...]
    shown: tuple[Shown, ...] = ()
    links: tuple[Link, ...] = ()


def assemble(read: Mapping[str, Read], files: ContentFiles) -> Course:
    """The course that files make, by what each of them was read into. Opens none."""
    by_folder: defaultdict[str, dict[str, Read]] = defaultdict(dict)
    for path, found in read.items():
        folder, _, filename = path.partition("/")
        by_folder[folder][filename] = found
    return _Assembly(read, files, by_folder).course()


def shown_path(files: ContentFiles, path: str) -> str:
    """A path as an author at the project's root would type it."""
    whole = files.place(path)
    base = Path(settings.BASE_DIR)
    return str(whole.relative_to(base)) if whole.is_relative_to(base) else str(whole)


def missing(files: ContentFiles, path: str, line: int, message: str, *, warning: bool = False) -> FileProblem:
    """A problem of a file that is not about the text of its line."""
    return FileProblem(shown_path(files, path), Problem(line, 1, message, warning), "", path)


@dataclass(frozen=True)
class _Assembly:
    read: Mapping[str, Read]
    files: ContentFiles
    by_folder: Mapping[str, Mapping[str, Read]]  # what is in each folder, by the names of the files

    def course(self) -> Course:
        problems = [problem for read in self.read.values() for problem in read.problems]
        course = self.read[COURSE].value if COURSE in self.read else None
        if course is None:
            if COURSE not in self.read:
                problems.append(missing(self.files, COURSE, 1, "there is no course.toml, so nothing names the lessons"))
            course = CourseFile("", ())
        lessons: dict[str, Lesson] = {}
        for number, slug in enumerate(course.lessons, 1):
            lesson = self._lesson(slug, number)
            if lesson.pages:
                lessons[slug] = lesson
                problems.extend(self._missing_beside(lesson))
            elif not any(reading.is_mode(filename) for filename in self._files_of(slug)):
                problems.append(missing(self.files, COURSE, 1, f"the lesson “{slug}” has no folder with a mode in it"))
        for folder in sorted(self.by_folder.keys() - {COURSE, *course.lessons, *course.retired}):
            message = f"no lesson is made of the folder “{folder}”: course.toml does not name it"
            problems.append(missing(self.files, COURSE, 1, message, warning=True))
        problems.extend(self._between(lessons))
        return Course(course.title, lessons, tuple(problems), course.retired, self._names_none())

    def _names_none(self) -> bool:
        read = self.read.get(COURSE)
        if read is None or read.value is None or read.value.lessons:
            return False
        return all(problem.problem.warning for problem in read.problems)

    def _between(self, lessons: Mapping[str, Lesson]) -> Iterator[FileProblem]:
        """What is known only when all files are read: links that lead nowhere, and what the rooms above look for."""
        pages = {slug: {mode: page.ids for mode, page in lesson.pages.items()} for slug, lesson in lessons.items()}
        for path, read in self.read.items():
            slug, _, filename = path.partition("/")
            if slug in lessons:
                mode = filename.removesuffix(".md") if reading.is_mode(filename) else ""
                address = reverse("lessons:mode", args=[slug, mode]) if mode else ""
                for problem in leading_nowhere(read.links, address, pages):
                    yield FileProblem(shown_path(self.files, path), problem, "", path)
        for slug, lesson in lessons.items():
            for check_files in lesson_checks.values():
                for filename, problem in check_files(lesson.files):
                    path = f"{slug}/{filename}"
                    yield FileProblem(shown_path(self.files, path), problem, "", path)

    def _files_of(self, slug: str) -> Mapping[str, Read]:
        return self.by_folder.get(slug, {})

    def _missing_beside(self, lesson: Lesson) -> Iterator[FileProblem]:
        """What the blocks and the prose of a lesson need and is not there, not even broken."""
        there = self._files_of(lesson.slug)
        for page in lesson.pages.values():
            for block in page.blocks:
                needed = directives[block.name].needs_file
                if needed and needed not in there:
                    message = f"the block “{block.name}” needs the file {needed} beside this one"
                    yield missing(self.files, f"{lesson.slug}/{page.mode}.md", block.line, message)
        for filename, read in there.items():
            for picture in read.shown:
                if is_picture(picture.target) and picture.target not in there:
                    message = f"there is no picture {picture.target} beside this file"
                    yield missing(self.files, f"{lesson.slug}/{filename}", picture.line, message)

    def _lesson(self, slug: str, number: int) -> Lesson:
        values = {name: read.value for name, read in self._files_of(slug).items() if read.value is not None}
        pages = {mode: values.pop(f"{mode}.md") for mode in MODES if f"{mode}.md" in values}
        return Lesson(slug, number, pages, values)

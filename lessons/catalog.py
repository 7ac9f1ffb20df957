"""What there is to learn: content/ read, checked and kept in memory. Nothing else opens files under content/.

A good edit is up within a second. A broken edit never takes a page down: its last good source stays up, also over a
restart, and the log names the file, the line and the line's text.
"""

import logging
import threading
from dataclasses import replace
from functools import cache
from pathlib import Path
from time import monotonic
from typing import Any

from django.conf import settings

from lessons import front_matter, reading
from lessons.assembling import Course, FileProblem, Lesson, Read, assemble, missing, shown_path
from lessons.files import COURSE, ContentFiles, LastGood, Stamp, Unreadable
from lessons.links import links_in
from lessons.parsed import Parsed
from lessons.pictures import NoPicture, is_picture, problems_of, read_picture, shown_in
from lessons.render_cost import too_costly
from lessons.scanning import Problem

__all__ = ["Catalog", "Course", "FileProblem", "Lesson", "catalog", "check", "course"]

MOST_TOLD = 200  # problems of a file; who has more begins with these
SAID_EVERY = 5.0  # seconds: how far reading a long course is
LONGEST_TOLD = 400  # characters of a message, and of the line that it is about

logger = logging.getLogger(__name__)
problems_logger = logging.getLogger(f"{__name__}.problems")  # what is wrong with the content, of whoever watches it


class Catalog:
    """A tree of content, read with what was written here in place of its files, and again whatever changes."""

    def __init__(
        self, root: Path, last_good: LastGood | None, own: Path | None = None, parsed: Parsed | None = None
    ) -> None:
        """Without `last_good`, only what is there now counts: this is how content is checked.

        With `parsed`, what has not changed since the last start is not read again.
        """
        self.files = ContentFiles(root, own)
        self.last_good = last_good
        self.parsed = parsed
        self.course = Course()
        self._stamps: dict[str, Stamp] = {}
        self._read: dict[str, Read] = {}
        self._looked = False
        self._lock = threading.Lock()

    def refresh(self) -> None:
        """Look at the files once, and read what changed. When anything did, `course` is another one from then on.

        So what makes something of a course compares it with the one that it was made of: who looks first takes the
        news from nobody.
        """
        with self._lock:
            try:
                stamps = self.files.stamps()
            except OSError as error:
                self._away(error)
                return
            changed = [path for path, stamp in stamps.items() if self._stamps.get(path) != stamp]
            gone = [path for path in self._stamps if path not in stamps]
            if not changed and not gone and self._looked:
                return
            self._looked = True
            for path in gone:
                # Its last good source is kept: some editors and git take a file away before they write the new one.
                self._read.pop(path, None)
            said = monotonic()
            for number, path in enumerate(changed):
                if monotonic() > said + SAID_EVERY:
                    said = monotonic()
                    logger.info("%s of %s content files are read", f"{number:,}", f"{len(changed):,}")
                self._read[path] = self._read_file(path)
            self._stamps = stamps
            before, self.course = self.course, assemble(self._read, self.files)
            if self.last_good:
                self._report(before)

    def _away(self, error: OSError) -> None:
        """The tree cannot be looked at: unmounted, or being replaced. What is known stays as it is."""
        if not self._looked:
            self._looked = True
            self.course = Course(problems=(missing(self.files, "", 1, f"the folder cannot be read: {error.strerror}"),))
            self._report(Course())

    def _read_file(self, path: str) -> Read:
        if is_picture(path.rpartition("/")[2]):
            return self._read_picture(path)
        try:
            source = self.files.text(path)
        except Unreadable as unreadable:
            return Read(self._last_value(path), (missing(self.files, path, unreadable.line, str(unreadable)),))
        place = shown_path(self.files, path)
        before: Read | None = self.parsed.get(path, place, source) if self.parsed else None
        if before:
            return before
        read = self._read_text(path, source)
        if not any(not problem.problem.warning for problem in read.problems):
            if self.last_good:
                self.last_good.keep(path, source)
            if self.parsed:
                self.parsed.keep(path, place, source, read)
        return read

    def _read_text(self, path: str, source: str) -> Read:
        value, wrong = self._parse(path, source)
        shown = () if too_costly(source) else tuple(shown_in(source))
        wrong = [*wrong, *problems_of(shown)]
        is_broken = any(not problem.warning for problem in wrong)
        problems = self.located(path, source, wrong)
        if is_broken:
            return Read(self._last_value(path), problems, shown)
        return Read(value, problems, shown, links_in(*front_matter.below(source)))

    def trial(self, path: str, source: str | None) -> Course:
        """The course as it would be with another text in one file, or (None) without it. Nothing changes by it."""
        with self._lock:
            read = dict(self._read)
        if source is None:
            read.pop(path, None)
        else:
            read[path] = self._read_text(path, source)
        return assemble(read, self.files)

    def _read_picture(self, path: str) -> Read:
        try:
            return Read(read_picture(path.rpartition("/")[2], self.files.raw(path)), ())
        except (Unreadable, NoPicture) as error:
            before = self._read[path].value if path in self._read and self.last_good else None
            return Read(before, (missing(self.files, path, 1, str(error)),))

    def located(self, path: str, source: str, problems: list[Problem]) -> tuple[FileProblem, ...]:
        """The problems of a file in their order, each with its line's text."""
        rows = source.split("\n")
        place = shown_path(self.files, path)
        return tuple(
            FileProblem(
                place, problem, _shortened(rows[problem.line - 1].strip()) if problem.line <= len(rows) else "", path
            )
            for problem in _told(problems)
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
        value, wrong = self._parse(path, source)
        return None if any(not problem.warning for problem in wrong) else value

    def _parse(self, path: str, source: str) -> tuple[Any, list[Problem]]:
        lesson, _, filename = path.partition("/")
        try:
            return reading.read_course(source) if path == COURSE else reading.read(source, lesson, filename)
        except Exception as error:  # one file must never take the others down, whatever it makes a library do
            logger.exception("%s cannot be read", shown_path(self.files, path))
            return None, [Problem(1, 1, f"the file cannot be read: {type(error).__name__} (the log has more)")]

    def _report(self, before: Course) -> None:
        """Log what is newly wrong, and that all is well again."""
        known = frozenset(before.problems)
        new = [problem for problem in self.course.problems if problem not in known]
        for problem in new[:MOST_TOLD]:
            problems_logger.log(
                logging.WARNING if problem.problem.warning else logging.ERROR, "%s | %s", problem, problem.text
            )
        if more := new[MOST_TOLD:]:
            problems_logger.error("and %s more: python manage.py check_content has all of them", f"{len(more):,}")
        if before.problems and not self.course.problems:
            problems_logger.info("content is in order again")


def _told(problems: list[Problem]) -> list[Problem]:
    """The problems of a file in their order, and of many as many as somebody reads: errors before warnings."""
    weighed = sorted(problems, key=lambda problem: problem.warning)
    told = sorted(weighed[:MOST_TOLD], key=lambda problem: (problem.line, problem.column))
    told = [replace(problem, message=_shortened(problem.message)) for problem in told]
    if more := weighed[MOST_TOLD:]:
        is_warning = all(problem.warning for problem in more)
        told.append(Problem(told[-1].line, 1, f"and {len(more):,} more: mend these first", warning=is_warning))
    return told


def _shortened(text: str) -> str:
    """A text that quotes what an author wrote, as far as somebody reads it."""
    return text if len(text) <= LONGEST_TOLD else f"{text[:LONGEST_TOLD]}…"


@cache
def catalog() -> Catalog:
    """The catalog of CONTENT_DIR, with what instructors wrote here on top of it, read when it is first asked for."""
    root: Path = settings.CONTENT_DIR
    parsed = Parsed.of(settings.DATA_DIR, root, settings.BASE_DIR)
    of_the_site = Catalog(root, LastGood.of(settings.DATA_DIR, root), settings.OWN_CONTENT_DIR, parsed)
    of_the_site.refresh()
    return of_the_site


def course() -> Course:
    """What there is to learn, as it is now."""
    return catalog().course


def check(root: Path, own: Path | None = None) -> tuple[FileProblem, ...]:
    """Every problem of a tree of content as it is now, without a look at what was good before."""
    strict = Catalog(root, last_good=None, own=own)
    strict.refresh()
    return strict.course.problems

"""`python manage.py check_content`: every problem of the content at once, as `file:line:column: message`."""

import signal
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.template.defaultfilters import pluralize
from django.utils import timezone

from lessons.catalog import Catalog, FileProblem, check
from lessons.running import run
from lessons.watching import LOOK_EVERY


class Command(BaseCommand):
    help = "Check every content file. Exits with 1 when something is wrong (with --strict, also for warnings)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--strict", action="store_true", help="count warnings as errors")
        parser.add_argument("--root", type=Path, help="one tree of content; without it, what the site shows")
        parser.add_argument("--run", action="store_true", help="run what questions trace, a second for each program")
        parser.add_argument("--watch", action="store_true", help="check again whenever a file changes, until Ctrl-C")

    def handle(self, *_args: Any, **options: Any) -> None:
        if options["watch"] and options["run"]:
            raise CommandError("--watch looks twice a second, and --run takes seconds: run them one after the other")
        # What instructors write here stands on top of CONTENT_DIR, and of no other tree.
        root, own = options["root"] or settings.CONTENT_DIR, None if options["root"] else settings.OWN_CONTENT_DIR
        if options["watch"]:
            self._watch(Catalog(root, None, own), strict=options["strict"])
            return
        problems = [*check(root, own), *(run(root, own) if options["run"] else ())]
        self._write(problems)
        if _count(problems, strict=options["strict"]):
            raise SystemExit(1)
        if not problems:
            self.stdout.write("content is in order")

    def _write(self, problems: Iterable[FileProblem]) -> None:
        for problem in problems:
            self.stdout.write(str(problem))
            if problem.text:
                self.stdout.write(f"    {problem.text}")

    def _watch(self, catalog: Catalog, *, strict: bool) -> None:
        """Print what is wrong now, and again after each change, until somebody wants it to end."""
        stop = threading.Event()
        for ending in (signal.SIGINT, signal.SIGTERM):
            signal.signal(ending, lambda *_: stop.set())
        told = None
        while not stop.is_set():
            catalog.refresh()
            if catalog.course is not told:
                told = catalog.course
                self._write_state(told.problems, strict=strict)
            stop.wait(LOOK_EVERY)

    def _write_state(self, problems: tuple[FileProblem, ...], *, strict: bool) -> None:
        wrong = _count(problems, strict=strict)
        counted = ", ".join(
            f"{count} {name}{pluralize(count)}"
            for count, name in ((wrong, "error"), (len(problems) - wrong, "warning"))
            if count
        )
        self.stdout.write(f"──── {timezone.now():%H:%M:%S} UTC ──── {counted or 'content is in order'}")
        self._write(problems)
        self.stdout.flush()


def _count(problems: Iterable[FileProblem], *, strict: bool) -> int:
    """How many of them count as errors."""
    return sum(strict or not problem.problem.warning for problem in problems)

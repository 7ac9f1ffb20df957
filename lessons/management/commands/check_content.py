"""`python manage.py check_content`: every problem of the content at once, as `file:line:column: message`."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from lessons.catalog import check
from lessons.running import run


class Command(BaseCommand):
    help = "Check every content file. Exits with 1 when something is wrong (with --strict, also for warnings)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--strict", action="store_true", help="count warnings as errors")
        parser.add_argument("--root", type=Path, default=settings.CONTENT_DIR, help="another tree of content")
        parser.add_argument("--run", action="store_true", help="run what questions trace, a second for each program")

    def handle(self, *_args: Any, **options: Any) -> None:
        problems = [*check(options["root"]), *(run(options["root"]) if options["run"] else ())]
        for problem in problems:
            self.stdout.write(str(problem))
            if problem.text:
                self.stdout.write(f"    {problem.text}")
        if any(options["strict"] or not problem.problem.warning for problem in problems):
            raise SystemExit(1)
        if not problems:
            self.stdout.write("content is in order")

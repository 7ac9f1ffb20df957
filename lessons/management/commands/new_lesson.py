"""`python manage.py new_lesson SLUG`: a folder with a page and a quiz to begin with, and its name in course.toml."""

import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from lessons.files import COURSE, ContentFiles
from lessons.new_lesson import NoList, Unchanged, files_of, title_of, with_lesson


class Command(BaseCommand):
    help = "Begin a lesson: its folder with learn.md and quiz.md, and its name in course.toml."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="the name of its folder, which is its address, like choosing-a-queue")
        parser.add_argument("--title", help="its title; without it, the slug in words")
        parser.add_argument("--root", type=Path, help="another tree of content")

    def handle(self, *_args: Any, **options: Any) -> None:
        slug, root = options["slug"], options["root"] or settings.CONTENT_DIR
        # The list that counts: instructors may have one of their own (teach/).
        course = ContentFiles(root, None if options["root"] else settings.OWN_CONTENT_DIR).place(COURSE)
        by_hand = None
        try:
            files = files_of(slug, title_of(slug) if options["title"] is None else options["title"])
            before = course.read_bytes().decode()
            if os.path.lexists(root / slug):
                raise CommandError(f"there is a folder {root / slug} already; nothing was changed")
            try:
                after = with_lesson(before, slug)
            except NoList as no_list:
                by_hand, after = no_list, before
            self._write(root, slug, files)
            if after != before:
                _replace(course, after.encode())
        except Unchanged as why:
            raise CommandError(f"{why}; nothing was changed") from None
        except UnicodeDecodeError:
            raise CommandError(f"{course} is not UTF-8 text; nothing was changed") from None
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}") from None
        if by_hand:
            line = f'lessons = […, "{slug}"]'
            raise CommandError(f"{by_hand}.\nThe folder is made; the list needs its name: {line}")
        self.stdout.write(f"{COURSE} names it. Write, and see what is wrong: python manage.py check_content --watch")

    def _write(self, root: Path, slug: str, files: dict[str, str]) -> None:
        (root / slug).mkdir()
        for path, text in files.items():
            (root / path).write_text(text, encoding="utf-8", newline="")
            self.stdout.write(f"made {root / path}")


def _replace(path: Path, raw: bytes) -> None:
    """Put new bytes into a file in one step, so that nobody reads half of it. Its mode stays, and a link stays one."""
    path = path.resolve()
    descriptor, name = tempfile.mkstemp(dir=path.parent)
    with open(descriptor, "wb") as file:
        file.write(raw)
    shutil.copymode(path, name)
    os.replace(name, path)

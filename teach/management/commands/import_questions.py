"""`python manage.py import_questions FILE`: questions of another system as Markdown, and what was not carried."""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from lessons.catalog import catalog, course
from quiz.reading import QUIZ
from teach.exchange.decoding import ENCODINGS, LARGEST, NoText, WhichEncoding, text_of
from teach.exchange.formats import FORMATS
from teach.exchange.importing import imported
from teach.exchange.quiet import without_content_warnings


class Command(BaseCommand):
    help = "Print the questions of a GIFT or Aiken file as Markdown for a quiz.md, and to stderr what was not carried."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="the file; - for standard input")
        parser.add_argument("--format", choices=FORMATS, default="", help="by default, the file is looked at")
        parser.add_argument(
            "--encoding", choices=ENCODINGS, default="", help="by default UTF-8, UTF-16 or Windows-1252"
        )
        parser.add_argument("--lesson", default="", help="the lesson for which it is: no id is used that its quiz has")

    def handle(self, *_args: Any, **options: Any) -> None:
        with without_content_warnings():
            catalog()  # read once, here
        name, lesson = options["file"], options["lesson"]
        if lesson and lesson not in course().lessons:
            raise CommandError(f"there is no lesson named {lesson!r}")
        quiz = course().get(lesson, QUIZ)
        taken = {question.id for question in quiz.questions} if quiz else set()
        try:
            text, guessed = text_of(_bytes(name), options["encoding"])
        except WhichEncoding as reason:
            raise CommandError(f"{name}:1:1: {reason} With --encoding, one of {', '.join(ENCODINGS)}") from None
        except NoText as reason:
            raise CommandError(f"{name}:1:1: {reason}") from None
        if guessed:
            self.stderr.write(
                f"{name}:1:1: warning: read as {guessed}, as it is no UTF-8 (--encoding names another one)"
            )
        found = imported(text, lesson or "lesson", taken, options["format"])
        for problem in found.report:
            level = "warning: " if problem.warning else ""
            self.stderr.write(f"{name}:{problem.line}:{problem.column}: {level}{problem.message}")
        self.stdout.write("\n".join(taken.markdown for taken in found.questions), ending="")
        if not found.questions:
            raise CommandError("no question could be carried")


def _bytes(name: str) -> bytes:
    try:
        if name == "-":
            return sys.stdin.buffer.read(LARGEST + 1)
        with Path(name).open("rb") as file:
            return file.read(LARGEST + 1)
    except OSError as error:
        raise CommandError(f"{name} cannot be read: {error.strerror}") from None

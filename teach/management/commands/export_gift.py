"""`python manage.py export_gift LESSON`: the questions of a lesson's quiz as GIFT, and what has no place in it."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from lessons.catalog import catalog, course
from lessons.files import Unreadable
from quiz.reading import QUIZ
from teach.exchange.exporting import gift_of
from teach.exchange.quiet import without_content_warnings


class Command(BaseCommand):
    help = "Print the quiz of a lesson as GIFT, which Moodle imports, and to stderr what has no place in that format."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("lesson", help="the name of the lesson's folder")

    def handle(self, *_args: Any, **options: Any) -> None:
        with without_content_warnings():
            catalog()  # read once, here
        lesson = options["lesson"]
        if lesson not in course().lessons:
            raise CommandError(f"there is no lesson named {lesson!r}")
        path = f"{lesson}/{QUIZ.filename}"
        try:
            source = catalog().files.text(path)
        except Unreadable as reason:
            raise CommandError(f"the lesson has no {QUIZ.filename} that can be read: {reason}") from None
        gift, report = gift_of(source)
        for located in catalog().located(path, source, report):
            self.stderr.write(str(located))
        self.stdout.write(gift, ending="")
        if not gift:
            raise CommandError("no question of the quiz has a form in GIFT")

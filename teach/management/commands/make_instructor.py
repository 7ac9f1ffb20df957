"""`python manage.py make_instructor NAME`: the account of that name may use the studio from now on."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from learners.models import Account
from teach.instructors import make_instructor


class Command(BaseCommand):
    help = "Make an account an instructor's, who may use the studio under /teach/."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="the name of an account, which signed up before")

    def handle(self, *_args: Any, **options: Any) -> None:
        name = Account.normalize_username(options["name"])
        account = Account.objects.filter(username=name).first()
        if account is None:
            raise CommandError(f"there is no account named {name!r}: sign up on the site first")
        make_instructor(account)
        self.stdout.write(f"{name} is an instructor: the studio is at /teach/")

"""Links that make an account an instructor's, once. The secret stands in the link alone; only its digest is kept."""

import hashlib
import secrets
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from learners.models import Account
from teach.instructors import instructors_now, is_instructor, make_instructor
from teach.models import Invitation

FIRST_IS_GOOD_FOR = timedelta(days=1)
IS_GOOD_FOR = timedelta(days=7)


class NotGood(Exception):
    """A link that was used, is too old, or never was one."""


def invite(by: Account | None) -> str:
    """Make a link's secret.

    Args:
        by: the instructor who invites; None for the first one, whom the starting site invites. Such a link takes the
            place of the one before, and is good as long as there is no instructor.
    """
    secret = secrets.token_urlsafe(24)
    with transaction.atomic():
        if by is None:
            Invitation.objects.filter(account=None).delete()
        Invitation.objects.filter(expires__lt=timezone.now()).delete()
        good_for = IS_GOOD_FOR if by else FIRST_IS_GOOD_FOR
        Invitation.objects.create(digest=_digest(secret), account=by, expires=timezone.now() + good_for)
    return secret


def is_good(secret: str) -> bool:
    """Whether a link can still be used. Who was taken out lets nobody in any more, nor themselves in again."""
    link = Invitation.objects.filter(digest=_digest(secret), expires__gte=timezone.now()).first()
    if link is None:
        return False
    return is_instructor(link.account) if link.account else not has_instructors()


def accept(secret: str, account: Account) -> None:
    """Make an account an instructor's, and use the link up.

    Raises:
        NotGood: it cannot be used, or another account has just done so.
    """
    with transaction.atomic():
        if not is_good(secret) or not Invitation.objects.filter(digest=_digest(secret)).delete()[0]:
            raise NotGood
        make_instructor(account)


def withdraw_all() -> None:
    """Let no link that is open let anybody in any more."""
    Invitation.objects.exclude(account=None).delete()


def has_instructors() -> bool:
    """Whether there is any instructor."""
    return instructors_now().exists()


def open_invitations() -> int:
    """How many links there are that could still be used."""
    return Invitation.objects.filter(expires__gte=timezone.now(), account__in=instructors_now()).count()


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()

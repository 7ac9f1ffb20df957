"""What is kept about a learner as such, and accounts. What they did is kept by the apps in which they did it."""

import unicodedata
import uuid
from typing import Any, NamedTuple

from django.contrib.auth.models import AbstractUser
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models

from learners.plain_rows import PlainRows


class Learner(models.Model):
    """A reader of whom something is kept, known by a key.

    `time_zone` is an IANA name, or empty until their browser has told it. `seed` decides which questions of a pool they
    are asked, when it is no longer their key that does: their account has another one since its password was changed.
    """

    key = models.UUIDField(primary_key=True)
    since = models.DateTimeField(auto_now_add=True)
    time_zone = models.CharField(max_length=64, blank=True)
    seed = models.UUIDField(null=True)

    def __str__(self) -> str:
        return str(self.key)


class Account(AbstractUser):
    """A name and a password by which a learner is known in another browser.

    It decides whose id the cookie holds, and nothing else hangs on it: what is kept, is kept about its `learner`. The
    e-mail address is optional, need not be anybody's alone, and is used to send a link for a new password.
    """

    # A learner who has an account goes with it (learners/accounts.py) and never by the way.
    learner = models.OneToOneField(Learner, on_delete=models.PROTECT, related_name="account")

    @classmethod
    def normalize_username(cls, username: str) -> str:
        """A name as it is kept: capital and small letters are the same, also on databases that tell them apart."""
        return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", username).casefold())

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save it. One that is made without a learner, as by `createsuperuser`, gets a new one."""
        if getattr(self, "learner_id", None) is None:
            self.learner = Learner.objects.create(key=uuid.uuid4())
        super().save(*args, **kwargs)


class Session(AbstractBaseSession):
    """A sign-in in one browser. It names its account, so that it goes when that goes."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, null=True)

    @classmethod
    def get_session_store_class(cls) -> type[SessionBase]:
        """How Django finds the store of these."""
        from learners.sessions import SessionStore  # it needs this model

        return SessionStore


class FormerKey(models.Model):
    """A key that was a learner's: `now` is the one that theirs became, or None when all about them was deleted."""

    key = models.UUIDField(primary_key=True)
    now = models.UUIDField(null=True)
    since = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.key)


def seed_of(learner: uuid.UUID) -> uuid.UUID:
    """What decides at random for a learner: the same for as long as there is the learner, whatever their key."""
    rows = _seeds.find(learner)
    return (rows[0].seed if rows else None) or learner


def lock_learner(learner: uuid.UUID) -> None:
    """Let everything that is recorded of one learner come one after the other, until the transaction ends.

    A visitor is a learner from now on, unless the transaction fails. Merging and deleting take the same lock.
    """
    if not _locked.find(learner):
        Learner.objects.get_or_create(key=learner)
        _locked.find(learner)


class _Seed(NamedTuple):
    seed: uuid.UUID | None


class _Key(NamedTuple):
    key: uuid.UUID


_seeds = PlainRows(Learner, _Seed, by=("key",))
_locked = PlainRows(Learner, _Key, by=("key",), lock="NO KEY UPDATE")

"""Whose learner an account carries: made, taken over, given a new id. Knows neither HTTP nor forms.

Passwords are hashed before a transaction begins. That takes half a second on purpose, and nobody can write meanwhile.
"""

import uuid
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction

from learners.merging import merge
from learners.models import Account, Learner, Session, seed_of


class NameTaken(Exception):
    """A name that an account has already."""


def sign_up(name: str, email: str, password: str, here: UUID | None) -> Account:
    """Make an account, with all that was done anonymously in a browser.

    Its learner is a new one into whom the browser's is merged: who has a copy of the cookie does not have the
    account's.

    Args:
        name: as the form has checked it.
        email: an address, or empty.
        password: as it was typed.
        here: the learner of the cookie, or None.

    Raises:
        NameTaken: there is one already, perhaps since this moment.
    """
    hashed = make_password(password)
    account = Account(username=Account.normalize_username(name), email=email, password=hashed)
    try:
        with transaction.atomic():
            anonymous = anonymous_learner(here)
            if anonymous is not None:
                account.learner = _successor(anonymous.key)
                merge(anonymous.key, into=account.learner_id)
            account.save()  # for a visitor, this makes a new learner
    except IntegrityError:
        if Account.objects.filter(username=account.username).exists():
            raise NameTaken from None
        raise
    return account


def anonymous_learner(here: UUID | None) -> Learner | None:
    """The learner of a browser who has no account; None for a visitor, or an account's learner."""
    return Learner.objects.filter(key=here, account=None).first() if here else None


def join(account: Account, here: UUID | None) -> bool:
    """Merge what was done anonymously in a browser into an account's learner; never what another account's did.

    Returns:
        whether there was anything to merge.
    """
    anonymous = anonymous_learner(here)
    return anonymous is not None and merge(anonymous.key, into=account.learner_id)


def change_password(account: Account, password: str) -> None:
    """Set another password, and give the account's learner another id.

    The cookie that other browsers have is then nobody's, also a copied one, and so are their sessions.
    """
    hashed = make_password(password)
    with transaction.atomic():
        locked = Account.objects.select_for_update().get(pk=account.pk)
        before = locked.learner_id
        locked.learner = _successor(before)
        locked.password = hashed
        locked.save()
        Session.objects.filter(account=locked).delete()  # the password would end them, but they would still be kept
        merge(before, into=locked.learner_id)
    account.refresh_from_db()


def _successor(before: UUID) -> Learner:
    """A learner with a key of their own, for whom is drawn what was drawn for the one before."""
    return Learner.objects.create(key=uuid.uuid4(), seed=seed_of(before))

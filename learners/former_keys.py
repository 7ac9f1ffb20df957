"""The keys that learners had before, for as long as something that began under one may still be going on.

An experiment that is started in a browser is kept for its learner when it ends. They may have signed in meanwhile, or
have had everything deleted.
"""

from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from learners.models import FormerKey, Learner

KEPT_FOR = timedelta(hours=1)  # as long as the record of a run


def became(before: UUID, now: UUID | None) -> None:
    """Note that a key is another one now, or nobody's any more. Belongs into the transaction that makes it so."""
    at = timezone.now()
    FormerKey.objects.filter(since__lt=at - KEPT_FOR).delete()
    FormerKey.objects.update_or_create(key=before, defaults={"now": now, "since": at})


def known_as(key: UUID) -> UUID | None:
    """The key by which a learner is known now: the same for a visitor, None if deleted."""
    known: UUID | None = key
    while known is not None and not Learner.objects.filter(key=known).exists():
        noted = FormerKey.objects.filter(key=known, since__gte=timezone.now() - KEPT_FOR).first()
        if noted is None:
            return known
        known = noted.now
    return known

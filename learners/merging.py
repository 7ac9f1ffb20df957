"""Makes one learner of two: everything that is kept of the one becomes the other's, at once or not at all."""

from uuid import UUID

from django.db import transaction

from learners.former_keys import became
from learners.models import Learner
from learners.personal_data import personal_data


def merge(from_: UUID, into: UUID) -> bool:
    """Make everything that is kept of one learner another's, and drop the first, of whom nothing is left.

    Returns:
        whether there was anything to merge. A visitor, and a learner who is both, is left alone.
    """
    with transaction.atomic():
        # In one order, so that two merges at once wait for each other and never both for the other. Until the end,
        # what is recorded for one of the two waits as well: its row points here.
        locked = Learner.objects.select_for_update().filter(key__in=(from_, into)).order_by("key")
        learners = {learner.key: learner for learner in locked}
        if from_ == into or set(learners) != {from_, into}:
            return False
        for data in personal_data.values():
            data.merge(from_, into)
        first, second = learners[from_], learners[into]
        second.since = min(first.since, second.since)
        second.time_zone = first.time_zone or second.time_zone  # the browser that is here tells the place better
        second.save()
        first.delete()
        became(from_, into)
    return True

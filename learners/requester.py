"""Who asks about what is kept: the account that is signed in, or else the learner of the cookie."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest

from learners.identity import LearnerRequest
from learners.models import Account, Learner


@dataclass(frozen=True)
class Requester:
    """The sender of a request.

    Attributes:
        learner: whose data it is about, or None for a visitor.
        account: the account that is signed in, or None.
        is_locked: whether the learner belongs to an account that is not signed in here, so that the account's own
            data is neither shown nor deleted.
    """

    learner: Learner | None
    account: Account | None
    is_locked: bool


def account_of(request: HttpRequest) -> Account | None:
    """The account that is signed in, or None. Asks no database where there is no session."""
    return request.user if isinstance(request.user, Account) else None


def requester_of(request: LearnerRequest) -> Requester:
    """Who sent a request. A cookie whose learner was deleted is nobody's."""
    account = account_of(request)
    key: UUID | None = account.learner_id if account else request.learner
    learner = Learner.objects.filter(key=key).first() if key else None
    is_locked = account is None and learner is not None and Account.objects.filter(learner=learner).exists()
    return Requester(learner, account, is_locked)

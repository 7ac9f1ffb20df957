"""Who is an instructor: an account in a group. Everybody else does not learn that there is anything under /teach/."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse

from frontdoor import problems
from learners.models import Account, Learner
from learners.requester import account_of

GROUP = "instructors"
STUDIO, OPEN_TO_ALL = "/teach/", "/teach/invitations/"

Rest = ParamSpec("Rest")
View = Callable[Concatenate[HttpRequest, Rest], HttpResponse]
InstructorsView = Callable[Concatenate[HttpRequest, Account, Rest], HttpResponse]


def is_instructor(account: Account) -> bool:
    """Whether an account is an instructor's. One query."""
    return account.groups.filter(name=GROUP).exists()


def make_instructor(account: Account) -> None:
    """Let an account be an instructor's, from its next request on."""
    group, _ = Group.objects.get_or_create(name=GROUP)
    account.groups.add(group)


class NoInstructor(Exception):
    """The account that wanted to take another one out is no instructor's any more: it was taken out itself."""


def take_out(by: Account, name: str) -> bool:
    """Let another account be no instructor's any more. What it wrote stays, and so does the account.

    Nobody takes themselves out, and of two who take each other out at once only the first does: one is left.

    Returns:
        whether there was another instructor of that name.

    Raises:
        NoInstructor: `by` was taken out in this very moment.
    """
    with transaction.atomic():
        groups = list(Group.objects.select_for_update().filter(name=GROUP))  # the lock for which the second waits
        if not is_instructor(by):
            raise NoInstructor
        other = instructors_now().exclude(pk=by.pk).filter(username=name).first()
        if other is not None:
            other.groups.remove(*groups)
        return other is not None


def instructors_now() -> QuerySet[Account]:
    """Everybody who is one, by name."""
    return Account.objects.filter(groups__name=GROUP).order_by("username")


def learners_of_instructors() -> QuerySet[Learner]:
    """Those whose account is an instructor's now: what they answer and run, they do to see it as a learner does."""
    return Learner.objects.filter(account__groups__name=GROUP)


def token_missing(request: HttpRequest, reason: str = "") -> HttpResponse:
    """CSRF_FAILURE_VIEW: as everywhere, but what is nothing to other accounts stays so, also without a token."""
    account = account_of(request)
    is_theirs = not request.path_info.startswith(STUDIO) or request.path_info.startswith(OPEN_TO_ALL)
    if not is_theirs and (account is None or not is_instructor(account)):
        return problems.not_found(request, Http404())
    return problems.token_missing(request, reason)


def for_instructors(view: InstructorsView[Rest]) -> View[Rest]:
    """Give a view the account of the instructor who asks; to anybody else, the address is nothing: 404."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponse:
        account = account_of(request)
        if account is None or not is_instructor(account):
            raise Http404
        return view(request, account, *args, **kwargs)

    return guarded

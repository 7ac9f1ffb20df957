"""The password of an account: another one, a new one for who has lost it, and the address where that is sent."""

from http import HTTPStatus

from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from frontdoor.guards import takes
from frontdoor.problems import problem
from learners import accounts, attempts
from learners.account_views import refused, shown, to_account, too_often
from learners.forms import AskReset, ChangeEmail, ChangePassword, NewPassword
from learners.identity import LearnerRequest, remember
from learners.limits import limited
from learners.mailing import NotPublished, account_of_link, ask_for_mail
from learners.requester import account_of
from learners.tasks import reset_mail

AWAY_FOR = 3  # seconds after which asking for a mail again makes sense


@takes("GET", "HEAD", "POST", token=True, any_text=True)
@limited(refused=too_often)
def change(request: LearnerRequest) -> HttpResponse:
    """Change the password of the account that is signed in. Every other browser is then signed out."""
    account = account_of(request)
    if account is None:
        return not_signed_in(request)
    if request.method != "POST":
        return shown(request, "password", ChangePassword(account=account))
    attempts.count_password(account.username, request.META["REMOTE_ADDR"])
    form = ChangePassword(request.POST, account=account)
    if not form.is_valid():
        return refused(request, "password", form)
    accounts.change_password(account, form.cleaned_data["password"])
    update_session_auth_hash(request, account)
    response = to_account(request, reverse("learners:account") + "?changed", changed=True)
    remember(response, account.learner_id, request.session.session_key)
    return response


@takes("GET", "HEAD", "POST", token=True, any_text=True)
@limited(refused=too_often)
def email(request: LearnerRequest) -> HttpResponse:
    """Keep another address for the account that is signed in, or none."""
    account = account_of(request)
    if account is None:
        return not_signed_in(request)
    if request.method != "POST":
        return shown(request, "email", ChangeEmail(account=account, initial={"email": account.email}))
    attempts.count_password(account.username, request.META["REMOTE_ADDR"])
    form = ChangeEmail(request.POST, account=account)
    if not form.is_valid():
        return refused(request, "email", form)
    account.email = form.cleaned_data["email"]
    with transaction.atomic():
        account.save(update_fields=["email"])
    return to_account(request, reverse("learners:account") + "?address", email=account.email)


def not_signed_in(request: HttpRequest) -> HttpResponse:
    """The response to who wants to change an account and is in none."""
    to_sign_in = (reverse("learners:sign-in"), "Sign in")
    detail = "Sign in first. For a lost password, ask for a new one there."
    return problem(request, HTTPStatus.FORBIDDEN, "Not signed in", detail, way_out=to_sign_in)


@takes("GET", "HEAD", "POST", token=True, any_text=True)
@limited(refused=too_often)
def reset(request: LearnerRequest) -> HttpResponse:
    """Ask for a mail with a link to a new password. The response is the same for every address."""
    if request.method != "POST":
        return shown(request, "reset", AskReset())
    form = AskReset(request.POST)
    if not form.is_valid():
        return refused(request, "reset", form)
    address: str = form.cleaned_data["email"]
    origin = settings.PUBLIC_URL or f"{request.scheme}://{request.get_host()}"
    try:
        attempts.mails.count(address.casefold(), request.META["REMOTE_ADDR"])
        ask_for_mail(reset_mail.delay, address, origin)
    except NotPublished:
        title, detail = "No mail can be sent now", "What sends mail does not answer. Nothing was sent; try again soon."
        return problem(request, HTTPStatus.SERVICE_UNAVAILABLE, title, detail, retry_after=AWAY_FOR)
    return to_account(request, reverse("learners:reset-sent"), asked=True)


@takes("GET", "HEAD")
def reset_sent(request: HttpRequest) -> HttpResponse:
    """What happens after asking, whether or not there is an account."""
    return shown(request, "reset_sent")


@takes("GET", "HEAD", "POST", token=True, any_text=True)
@limited(refused=too_often)
def new_password(request: LearnerRequest, key: str, token: str) -> HttpResponse:
    """Take a new password from the owner of the link of a mail. They then sign in with it."""
    account = account_of_link(key, token)
    if account is None:
        way_out = (reverse("learners:reset"), "Ask for a new link")
        detail = (
            "This link was used already, is older than an hour, or is not whole. Or somebody has signed in to the"
            " account, or changed it, since the link was sent."
        )
        return problem(request, HTTPStatus.GONE, "That link is no longer good", detail, way_out=way_out)
    if request.method != "POST":
        return shown(request, "new_password", NewPassword(account=account), for_whom=account.username)
    form = NewPassword(request.POST, account=account)
    if not form.is_valid():
        return refused(request, "new_password", form, for_whom=account.username)
    accounts.change_password(account, form.cleaned_data["password"])
    return to_account(request, reverse("learners:sign-in") + "?changed", changed=True)

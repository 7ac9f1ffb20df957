"""An account: sign up, in and out. What an account does is in learners/accounts.py."""

from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib.auth import authenticate, login, logout
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.urls import reverse

from frontdoor.guards import takes
from frontdoor.negotiation import Form, wanted
from frontdoor.problems import problem, too_many
from frontdoor.rates import TooMany
from frontdoor.responses import html, json, see_other
from learners import accounts, attempts
from learners.forms import SignIn, SignUp
from learners.identity import LearnerRequest, forget, remember
from learners.limits import limited
from learners.models import Account
from learners.requester import account_of
from learners.rooms import rooms_for
from learners.views import way_on

BACKEND = "django.contrib.auth.backends.ModelBackend"


@takes("GET", "HEAD", token=True)
def account(request: LearnerRequest) -> HttpResponse:
    """Who is signed in, and what can be done about it.

    A browser whose cookie is not that of its account any more (a response was under way at the sign-in) gets that
    again, and what was done meanwhile is added.
    """
    response = shown(request, "account")
    signed_in_account = account_of(request)
    if signed_in_account is not None and request.learner != signed_in_account.learner_id:
        accounts.join(signed_in_account, request.learner)
        remember(response, signed_in_account.learner_id, request.session.session_key)
    return response


def too_often(request: HttpRequest, refusal: TooMany, **_: str) -> HttpResponse:
    """The response to who tried too often."""
    return too_many(request, refusal, (request.path, "Back"))


@takes("GET", "HEAD", "POST", token=True, any_text=True)
@limited(attempts.sign_ups, refused=too_often)
def sign_up(request: LearnerRequest) -> HttpResponse:
    """Make an account, which takes over what was done in this browser."""
    if account_of(request) is not None:
        return to_account(request)
    if request.method != "POST":
        comes_along = accounts.anonymous_learner(request.learner) is not None
        return shown(request, "sign_up", SignUp(), comes_along=comes_along)
    form = SignUp(request.POST)
    if not form.is_valid():
        return refused(request, "sign_up", form)
    name, password = form.cleaned_data["name"], form.cleaned_data["password"]
    attempts.count_password(name, request.META["REMOTE_ADDR"])
    try:
        made = accounts.sign_up(name, form.cleaned_data["email"], password, request.learner)
    except accounts.NameTaken:
        # That a name is taken cannot be hidden from who wants it. Of addresses nothing is said: they may be shared.
        # Who knows its password has only clicked twice.
        owner = authenticate(request, username=name, password=password)
        if not isinstance(owner, Account):
            form.add_error("name", "That name is taken. Choose another one.")
            return refused(request, "sign_up", form)
        made = owner
        accounts.join(made, request.learner)  # as the page has promised
    return signed_in(request, made)


@takes("GET", "HEAD", "POST", token=True, any_text=True)
@limited(refused=too_often)
def sign_in(request: LearnerRequest) -> HttpResponse:
    """Take a name and its password, and add what was done in this browser."""
    if account_of(request) is not None:
        return to_account(request)
    can_join = accounts.anonymous_learner(request.learner) is not None
    if request.method != "POST":
        return shown(request, "sign_in", SignIn(can_join=can_join, initial={"next": request.GET.get("next", "")}))
    form = SignIn(request.POST, can_join=can_join)
    if not form.is_valid():
        return refused(request, "sign_in", form)
    name = form.cleaned_data["name"]
    attempts.count_password(name, request.META["REMOTE_ADDR"])
    # For a name that nobody has, Django hashes the password all the same, so the time that it takes tells nothing.
    owner = authenticate(request, username=name, password=form.cleaned_data["password"])
    if not isinstance(owner, Account):
        form.add_error(None, "There is no account with this name and this password.")
        return refused(request, "sign_in", form)
    joined = form.wants_to_join and accounts.join(owner, request.learner)
    way = form.cleaned_data["next"] or reverse("learners:account") + ("?joined" if joined else "")
    return signed_in(request, owner, way, joined=joined)


@takes("POST", token=True)
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session, and forget who sat here."""
    logout(request)
    response = to_account(request)
    forget(response)
    return response


def signed_in(request: HttpRequest, account: Account, way: str = "", *, joined: bool = False) -> HttpResponse:
    """Let the browser be known by an account: its session, under a new key, and its learner's cookie."""
    with transaction.atomic():
        login(request, account, BACKEND)
        request.session.save()  # here, where a database that is away is told in words
    response = to_account(request, way, joined=joined)
    remember(response, account.learner_id, request.session.session_key)
    return response


def to_account(request: HttpRequest, way: str = "", **said: Any) -> HttpResponse:
    """Go on: to where the reader wanted to go, or to the account."""
    if wanted(request) is Form.JSON:
        return json(state_of(request) | said)
    return see_other(way_on(way) if way else reverse("learners:account"))


def shown(request: HttpRequest, name: str, form: forms.Form | None = None, **context: Any) -> HttpResponse:
    """A page of the account, in the form that suits who asks."""
    if wanted(request) is Form.JSON:
        body = state_of(request)
        if form is not None:
            body |= {"fields": list(form.fields)}
        if form is not None or body["signed_in_as"]:
            body |= {"csrfmiddlewaretoken": get_token(request)}  # it has to be sent along, and goes with a cookie
        return json(body)
    return page(request, name, form, HTTPStatus.OK, **context)


def refused(request: HttpRequest, name: str, form: forms.Form, **context: Any) -> HttpResponse:
    """What was sent does not do: why, with all that was typed but the passwords."""
    if wanted(request) is Form.JSON:
        reasons = " ".join(str(error) for errors in form.errors.values() for error in errors)
        return problem(request, HTTPStatus.UNPROCESSABLE_ENTITY, "That does not do", reasons)
    return page(request, name, form, HTTPStatus.UNPROCESSABLE_ENTITY, **context)


def page(request: HttpRequest, name: str, form: forms.Form | None, status: int, **context: Any) -> HttpResponse:
    """A page of the account. The request is given along for the token of its forms."""
    account = account_of(request)
    rooms = rooms_for(account) if name == "account" else []
    whole = {"account": account, "rooms": rooms, "form": form, "said": request.GET, **context}
    return html(f"learners/{name}.html", whole, request, status)


def state_of(request: HttpRequest) -> dict[str, Any]:
    """Who is signed in, for programs."""
    account = account_of(request)
    return {"signed_in_as": account.username if account else None}

"""Who may use the studio: the link that lets an account in, and the list of instructors."""

from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from frontdoor.guards import takes
from frontdoor.problems import Missing, problem
from frontdoor.responses import see_other
from learners import accounts, attempts
from learners.account_views import signed_in, too_often
from learners.forms import SignUp
from learners.identity import LearnerRequest
from learners.limits import limited
from learners.models import Account
from learners.requester import account_of
from teach import responses
from teach.instructors import NoInstructor, for_instructors, instructors_now, is_instructor, take_out
from teach.invitations import NotGood, accept, invite, is_good, open_invitations, withdraw_all


@takes("GET", "HEAD", "POST", token=True, any_text=True)
@limited(refused=too_often)
def invitation(request: LearnerRequest, secret: str) -> HttpResponse:
    """What a link leads to. Looking at it uses nothing up: programs that preview links do so too."""
    if not is_good(secret):
        raise Missing("This link was used already, or is too old. Ask for another one.")
    account = account_of(request)
    if request.method != "POST":
        return _invitation_page(request, account, SignUp())
    if account is not None:
        # Of an instructor's own click nothing is used up: the link is for another one.
        return see_other(reverse("teach:studio")) if is_instructor(account) else _let_in(request, secret, account)
    form = SignUp(request.POST)
    attempts.sign_ups.count(request.learner, request.META["REMOTE_ADDR"])  # of a link that is good, and of no click
    if not form.is_valid():
        return _invitation_page(request, None, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    name, email, password = (form.cleaned_data[field] for field in ("name", "email", "password"))
    try:
        account = accounts.sign_up(name, email, password, request.learner)
    except accounts.NameTaken:
        form.add_error("name", "That name is taken. Choose another one, or sign in first and open the link again.")
        return _invitation_page(request, None, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    return _let_in(request, secret, account)


def _let_in(request: HttpRequest, secret: str, account: Account) -> HttpResponse:
    try:
        accept(secret, account)
    except NotGood:
        raise Missing("Somebody else has just used this link. Ask for another one.") from None
    return signed_in(request, account, reverse("teach:studio") + "?welcome")


@for_instructors
@takes("GET", "HEAD", "POST", token=True)
def instructors(request: HttpRequest, account: Account) -> HttpResponse:
    """Everybody who may use the studio; a POST makes a link for another one, or takes one out."""
    link = ""
    if request.method == "POST":
        if "withdraw" in request.POST:
            withdraw_all()
            return see_other(reverse("teach:instructors") + "?withdrawn")
        if name := request.POST.get("remove", ""):
            return _remove(request, account, name)
        link = request.build_absolute_uri(reverse("teach:invitation", args=[invite(account)]))
    context = {
        "account": account,
        "instructors": instructors_now(),
        "link": link,
        "open": open_invitations(),
        "said": request.GET,
    }
    return responses.page(request, "instructors", context)


def _remove(request: HttpRequest, account: Account, name: str) -> HttpResponse:
    try:
        is_out = take_out(account, name)
    except NoInstructor:
        raise Http404 from None  # as for everybody who is none
    if is_out:
        return see_other(reverse("teach:instructors") + "?removed")
    reason = "That is no other instructor. Nobody takes themselves out: so there is always one left."
    way_out = (request.path, "Back")
    return problem(request, HTTPStatus.UNPROCESSABLE_ENTITY, "Nobody was taken out", reason, way_out=way_out)


def _invitation_page(
    request: HttpRequest, account: Account | None, form: SignUp, status: int = HTTPStatus.OK
) -> HttpResponse:
    context = {"account": account, "form": form, "path": request.path}
    return responses.page(request, "invitation", context, status)

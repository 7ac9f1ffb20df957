"""Everything that is kept about the requester ("My data"): to look at, to download, and to delete."""

from http import HTTPStatus
from typing import Any

from django.contrib.auth import logout
from django.core import signing
from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils.http import urlencode

from frontdoor.guards import takes
from frontdoor.negotiation import Form, never_stored, wanted
from frontdoor.problems import problem
from frontdoor.responses import html, json, see_other
from learners.identity import LearnerRequest, forget
from learners.my_data import counts, erase, everything, shown
from learners.personal_data import personal_data
from learners.requester import Requester, requester_of
from learners.rooms import rooms_for

SALT = "learners.deleted"
SAID_FOR = 600  # seconds for which the page says what was deleted


@takes("GET", "HEAD")
def my_data(request: LearnerRequest) -> HttpResponse:
    """Everything that is kept about the reader."""
    requester = requester_of(request)
    if wanted(request) is Form.JSON:
        return json(everything(requester))
    kinds = shown(requester.learner.key) if requester.learner else []
    return page(request, "my_data", requester, kinds=kinds)


@takes("GET", "HEAD")
def download(request: LearnerRequest) -> HttpResponse:
    """The same as a file."""
    response = JsonResponse(everything(requester_of(request)), json_dumps_params={"indent": 1, "ensure_ascii": False})
    response.headers["Content-Disposition"] = 'attachment; filename="offload-my-data.json"'
    return never_stored(response)


@takes("GET", "HEAD", "POST", token=True)
def delete(request: LearnerRequest) -> HttpResponse:
    """Ask whether everything shall be deleted; a POST deletes it."""
    requester = requester_of(request)
    if requester.is_locked:
        to_sign_in = reverse("learners:sign-in") + "?" + urlencode({"next": request.path})
        detail = "What is kept here belongs to an account. Sign in first; then you can delete it with the account."
        return problem(request, HTTPStatus.FORBIDDEN, "Not signed in", detail, way_out=(to_sign_in, "Sign in"))
    if request.method != "POST":
        numbers = counts(requester.learner.key) if requester.learner else {}
        if wanted(request) is Form.JSON:
            return json({"would_delete": numbers, "csrfmiddlewaretoken": get_token(request)})
        return page(request, "delete", requester, lines=in_words(numbers))
    gone = erase(requester) if requester.learner else {}
    told = reverse("learners:deleted") + "?" + urlencode({"what": signing.dumps(gone, salt=SALT)})
    response = json({"deleted": gone}) if wanted(request) is Form.JSON else see_other(told)
    logout(request)
    forget(response)
    return response


@takes("GET", "HEAD")
def deleted(request: LearnerRequest) -> HttpResponse:
    """What was deleted, by the word of the form before. A reload deletes nothing, and the word does not last."""
    try:
        gone = signing.loads(request.GET.get("what", ""), salt=SALT, max_age=SAID_FOR)
    except signing.BadSignature:
        return see_other(reverse("learners:my-data"))
    return page(request, "deleted", requester_of(request), lines=in_words(gone), had_account=gone.get("accounts"))


def in_words(numbers: dict[str, int]) -> list[tuple[str, int]]:
    """How much there is of each kind, by its title, as far as there is any."""
    return [(data.title, numbers[name]) for name, data in personal_data.items() if numbers.get(name)]


def page(request: LearnerRequest, name: str, requester: Requester, **context: Any) -> HttpResponse:
    """A page about what is kept. The request is given along for the token of its form."""
    whole = {
        "learner": requester.learner,
        "account": requester.account,
        "rooms": rooms_for(requester.account),
        "is_locked": requester.is_locked,
        **context,
    }
    return html(f"learners/{name}.html", whole, request)

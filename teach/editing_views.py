"""The editor: a text beside its preview, checked while it is typed, saved when nothing is wrong with it."""

from http import HTTPStatus
from urllib.parse import urlencode

from csp.constants import SELF
from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from frontdoor.guards import takes
from frontdoor.negotiation import Form, wanted
from frontdoor.problems import problem
from frontdoor.rates import Rates, TooMany
from frontdoor.responses import see_other
from learners.models import Account
from lessons.catalog import catalog
from teach import conflicts, drafts, responses, saving
from teach.checking import as_kept, no_text
from teach.editing import editing
from teach.form_fields import digest_sent, page_sent, why_sent
from teach.instructors import for_instructors
from teach.paths import is_text, known_path, written_by
from teach.starters import starter

# A check reads the lesson anew. An instructor who types without a pause makes two a second at most.
rates = Rates("have their text checked {rate} times", learner=150, address=settings.SEATS * 150, who="One instructor")


@for_instructors
@takes("GET", "HEAD", "POST", token=True, any_text=True)
def edit(request: HttpRequest, account: Account, path: str) -> HttpResponse:
    """Show a file in the editor; a POST keeps what was typed as a draft, and does what its button says."""
    known_path(path)
    if not is_text(path) or written_by(path):
        return shown_only(request, path)
    return take(request, account, path) if request.method == "POST" else page(request, account, path)


def take(request: HttpRequest, account: Account, path: str) -> HttpResponse:
    """What was typed, and what its button says. Whatever is refused, the text is kept, or given back."""
    text = as_kept(request.POST.get("text", ""))
    if wrong := no_text(text):
        return refused(request, account, path, HTTPStatus.UNPROCESSABLE_ENTITY, wrong, typed=text)
    do = request.POST.get("do", "check")
    with drafts.alone(account):
        conflict = put(request, account, path, text, do)
    if conflict:
        return conflict(request, account, path, text)
    if do in ("leave", "discard"):
        return to_editor(path, "discarded" if do == "discard" else "")
    if do == "go on":
        return to_editor(path, "rebased", why_sent(request))
    try:
        rates.count(account.pk, request.META["REMOTE_ADDR"])
    except TooMany as refusal:
        message = f"{refusal} Your text is kept as a draft. The next minute begins in {refusal.retry_after} s."
        return refused(request, account, path, HTTPStatus.TOO_MANY_REQUESTS, message)
    return save(request, account, path, text) if do == "save" else check(request, account, path)


def put(request: HttpRequest, account: Account, path: str, text: str, do: str) -> conflicts.Conflict | None:
    """Make what was typed the draft, or drop the draft, as the button says; or return what tells why neither was done.

    A check that a page sends by itself may come when a button of that page has done its work: it has an older text.
    """
    page, seen = page_sent(request), digest_sent(request, "seen")
    if wanted(request) is not Form.FRAGMENT:
        drafts.leave(account, page)
    elif drafts.is_left(account, page):
        return conflicts.with_a_button
    if do not in ("leave", "go on") and not drafts.goes_on(drafts.draft_of(account, path), page, seen):
        return conflicts.with_another_window
    # What is the same as the file is no draft.
    if do == "discard" or (do == "check" and text == as_kept(drafts.text_of_file(path))):
        drafts.drop(account, path)
    elif do != "leave":
        drafts.keep(account, path, text, digest_sent(request, "base"), page)
    return None


def check(request: HttpRequest, account: Account, path: str) -> HttpResponse:
    """Say what is wrong with a text."""
    if wanted(request) is Form.FRAGMENT:
        return responses.page(request, "_checked", {"editing": editing(account, path, starter(path))})
    return to_editor(path, "checked", why_sent(request))


def save(request: HttpRequest, account: Account, path: str, text: str) -> HttpResponse:
    """Save a text that is kept as a draft, or say why it was not saved."""
    try:
        saving.save(account, path, text, base=digest_sent(request, "base"), why=why_sent(request))
    except saving.Overtaken as overtaken:
        return conflicts.with_theirs(request, path, text, str(overtaken))
    except saving.NotSaved as refusal:
        return page(request, account, path, HTTPStatus.UNPROCESSABLE_ENTITY, message=str(refusal))
    except OSError as error:
        message = f"It could not be written ({error.strerror}), so nothing was changed. Your text is kept as a draft."
        return page(request, account, path, HTTPStatus.SERVICE_UNAVAILABLE, message=message)
    return to_editor(path, "saved")


def refused(
    request: HttpRequest, account: Account, path: str, status: HTTPStatus, why: str, *, typed: str = ""
) -> HttpResponse:
    """What was not done, and why; with what was typed, where that could not be kept."""
    if wanted(request) is Form.FRAGMENT:
        return problem(request, status, "Not checked", why)
    return page(request, account, path, status, message=why, typed=typed)


def page(
    request: HttpRequest,
    account: Account,
    path: str,
    status: int = HTTPStatus.OK,
    *,
    message: str = "",
    typed: str = "",
) -> HttpResponse:
    """The editor with the text to go on with; with what was typed, where that cannot be kept."""
    lesson, _, name = path.partition("/")
    context = {
        "editing": editing(account, path, starter(path)),
        "path": path,
        "lesson": lesson if name else "",
        "name": name or path,
        "message": message or drafts.why_unreadable(path),
        "why": why_sent(request),
        "typed": typed,
        "said": request.GET,
        "preview_at": reverse("teach:preview", args=[path]),
    }
    return framing(responses.page(request, "edit", context, status))


def shown_only(request: HttpRequest, path: str) -> HttpResponse:
    """A file that nobody edits here: a picture, or what a command measured and wrote."""
    context = {
        "path": path,
        "written_by": written_by(path),
        "text": drafts.text_of_file(path) if is_text(path) else "",
        "preview_at": reverse("teach:preview", args=[path]),
        "is_own": catalog().files.is_own(path),
        "lesson": path.partition("/")[0],
    }
    return framing(responses.page(request, "shown_only", context))


def framing(response: HttpResponse) -> HttpResponse:
    """A page that shows the preview in a frame, which no other page of the site may."""
    response.headers["Content-Security-Policy"] = build_policy(update={"frame-src": [SELF]})
    return response


def to_editor(path: str, said: str = "", why: str = "") -> HttpResponse:
    """Back to the editor, which says what was done, so that a reload sends nothing twice."""
    query = "&".join([*([said] if said else []), *([urlencode({"why": why})] if why else [])])
    return see_other(reverse("teach:edit", args=[path]) + (f"?{query}" if query else ""))

"""The editor: a text beside its preview, checked while it is typed, saved when nothing is wrong with it."""

import re
from http import HTTPStatus

from csp.constants import SELF
from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from frontdoor.guards import takes
from frontdoor.negotiation import Form, wanted
from frontdoor.problems import problem, too_many
from frontdoor.rates import Rates, TooMany
from learners.models import Account
from lessons.catalog import catalog
from lessons.writing import digest_now
from teach import answering, drafts, history, saving
from teach.answering import see_other
from teach.checking import as_kept, no_text
from teach.comparing import compared
from teach.editing import editing
from teach.instructors import for_instructors
from teach.paths import is_text, known_path, written_by
from teach.starting import starter

DIGEST = re.compile(r"[0-9a-f]{64}")

# A check reads the lesson anew. Somebody who types without a pause makes two a second at most.
rates = Rates("have their text checked {rate} times", learner=150, address=settings.SEATS * 150, who="One instructor")


@takes("GET", "HEAD", "POST", token=True)
@for_instructors
def edit(request: HttpRequest, account: Account, path: str) -> HttpResponse:
    """Show a file in the editor; a POST keeps what was typed as a draft, and does what its button says."""
    known_path(path)
    if not is_text(path) or written_by(path):
        return shown_only(request, path)
    return take(request, account, path) if request.method == "POST" else page(request, account, path)


def take(request: HttpRequest, account: Account, path: str) -> HttpResponse:
    """What was typed, and what its button says."""
    text = as_kept(request.POST.get("text", ""))
    try:
        rates.count(account.pk, request.META["REMOTE_ADDR"])
    except TooMany as refusal:
        return too_many(request, refusal, (request.path, "Back"))
    if wrong := no_text(text):
        return problem(request, HTTPStatus.UNPROCESSABLE_ENTITY, "Not kept", wrong, way_out=(request.path, "Back"))
    match request.POST.get("do", "check"):
        case "save":
            return save(request, account, path, text)
        case "discard":
            drafts.drop(account, path)
            said = "discarded"
        case "over theirs":
            # What they have seen is what the page showed them, and not what a third one saved since.
            drafts.keep(account, path, text, base_sent(request))
            said = "rebased"
        case _:
            return check(request, account, path, text)
    return to_editor(path, said)


def check(request: HttpRequest, account: Account, path: str, text: str) -> HttpResponse:
    """Keep a text as the draft, and say what is wrong with it. What is the same as the file is no draft."""
    base = base_sent(request)
    if text == as_kept(drafts.text_of_file(path)) and base == digest_now(catalog(), path):
        drafts.drop(account, path)
    else:
        drafts.keep(account, path, text, base)
    if wanted(request) is Form.FRAGMENT:
        context = {"editing": editing(account, path, starter(path))}
        return answering.page(request, "_checked", context)
    return to_editor(path, "checked")


def save(request: HttpRequest, account: Account, path: str, text: str) -> HttpResponse:
    """Save a text, or keep it as a draft and say why it was not saved."""
    base, why = base_sent(request), " ".join(request.POST.get("why", "").replace("\0", "").split())
    try:
        saving.save(account, path, text, base=base, why=why)
    except saving.Overtaken as overtaken:
        drafts.keep(account, path, text, base)
        return conflict(request, path, text, str(overtaken))
    except saving.NotSaved as refusal:
        drafts.keep(account, path, text, base)
        return page(request, account, path, HTTPStatus.UNPROCESSABLE_ENTITY, message=str(refusal), why=why)
    except OSError as error:
        drafts.keep(account, path, text, base)
        message = f"It could not be written ({error.strerror}), so nothing was changed. Your text is kept as a draft."
        return page(request, account, path, HTTPStatus.SERVICE_UNAVAILABLE, message=message, why=why)
    return to_editor(path, "saved")


def conflict(request: HttpRequest, path: str, text: str, message: str) -> HttpResponse:
    """Both texts, side by side, and what can be done: nothing is lost."""
    base = digest_now(catalog(), path)  # before the text: what is saved in between is a conflict again
    theirs = drafts.text_of_file(path)
    context = {
        "path": path,
        "base": base,
        "text": text,
        "theirs": theirs,
        "message": message,
        "by": history.last_writer(path, base),
        "rows": compared(theirs, text),
    }
    return answering.page(request, "conflict", context, HTTPStatus.CONFLICT)


def page(
    request: HttpRequest, account: Account, path: str, status: int = HTTPStatus.OK, *, message: str = "", why: str = ""
) -> HttpResponse:
    """The editor with the text to go on with."""
    lesson, _, name = path.partition("/")
    context = {
        "editing": editing(account, path, starter(path)),
        "path": path,
        "lesson": lesson if name else "",
        "name": name or path,
        "message": message or drafts.why_unreadable(path),
        "why": why,
        "said": request.GET,
        "preview_at": reverse("teach:preview", args=[path]),
    }
    return framing(answering.page(request, "edit", context, status))


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
    return framing(answering.page(request, "shown_only", context))


def framing(response: HttpResponse) -> HttpResponse:
    """A page that shows the preview in a frame, which no other page of the site may."""
    response.headers["Content-Security-Policy"] = build_policy(update={"frame-src": [SELF]})
    return response


def base_sent(request: HttpRequest) -> str:
    """The digest of what the writer had before them, as the form carries it. What is none is taken for no file."""
    base = request.POST.get("base", "")
    return base if DIGEST.fullmatch(base) else ""


def to_editor(path: str, said: str) -> HttpResponse:
    """Back to the editor, which says what was done, so that a reload sends nothing twice."""
    target = f"{reverse('teach:edit', args=[path])}?{said}"
    return see_other(target)

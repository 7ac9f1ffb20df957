"""Two texts of one file where there can be one: both are shown, with what differs, and nothing is lost."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse

from frontdoor.negotiation import Form, wanted
from learners.models import Account
from lessons.catalog import catalog
from lessons.writing import digest_now
from teach import drafts, history, responses
from teach.comparing import compared
from teach.form_fields import page_sent, why_sent

# Tells why a text did not become the draft: given the request, whose text it is, its path, and the text.
Conflict = Callable[[HttpRequest, Account, str, str], HttpResponse]


def with_theirs(request: HttpRequest, path: str, text: str, message: str) -> HttpResponse:
    """Another instructor saved the file meanwhile."""
    base = digest_now(catalog(), path)  # before the text: what is saved in between is a conflict again
    theirs = drafts.text_of_file(path)
    context = {
        "path": path,
        "base": base,
        "page": page_sent(request),
        "why": why_sent(request),
        "text": text,
        "theirs": theirs,
        "message": message,
        "by": history.last_writer(path, base),
        "rows": compared(theirs, text),
        "first": "Theirs, which learners see",
        "second": "Yours, a draft",
    }
    return responses.page(request, "conflict", context, HTTPStatus.CONFLICT)


def with_another_window(request: HttpRequest, account: Account, path: str, text: str) -> HttpResponse:
    """The instructor's own draft was changed in another window. While they type, they are told; then both are shown."""
    if wanted(request) is Form.FRAGMENT:
        return responses.page(request, "_elsewhere", {"is_draft": True}, HTTPStatus.CONFLICT)
    draft = drafts.draft_of(account, path)
    other = draft.text if draft else ""
    context = {
        "path": path,
        "base": draft.base if draft else "",
        "page": page_sent(request),
        "why": why_sent(request),
        "text": text,
        "theirs": other,
        "message": "Your draft was changed in another window since you opened this one, so this text was not kept.",
        "is_draft": True,
        "rows": compared(other, text),
        "first": "The draft of the other window",
        "second": "The text of this window",
    }
    return responses.page(request, "conflict", context, HTTPStatus.CONFLICT)


def with_a_button(request: HttpRequest, account: Account, path: str, text: str) -> HttpResponse:
    """The page sent this by itself, and a button of it was pressed. Nobody sees this, but who stopped the next page."""
    return responses.page(request, "_elsewhere", {}, HTTPStatus.CONFLICT)

"""Drafts: what an instructor has typed and not saved. One for each account and file; nobody else sees it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from learners.models import Account
from lessons.catalog import catalog
from lessons.files import Unreadable, digest_of
from lessons.writing import digest_now
from teach.models import Draft, SentPage

# From a button of a page to the last that is still under way from it: no request lasts so long.
LATEST = timedelta(days=1)


def draft_of(account: Account, path: str) -> Draft | None:
    """The draft that an instructor has of a file, or None."""
    return Draft.objects.filter(account=account, path=path).first()


def text_now(account: Account, path: str) -> str:
    """What an instructor would go on editing: their draft, or else the file as it is; empty when there is neither."""
    draft = draft_of(account, path)
    return draft.text if draft else text_of_file(path)


def going_on(account: Account, path: str) -> tuple[str, str]:
    """The text that something is added to, and the digest of what it began from: the draft, or else the file."""
    draft = draft_of(account, path)
    if draft:
        return draft.text, draft.base
    base = digest_now(catalog(), path)  # before the text: what is saved in between is a conflict, and not lost
    return text_of_file(path), base


def text_of_file(path: str) -> str:
    """The file as it is now; empty when there is none that can be read."""
    try:
        return catalog().files.text(path)
    except Unreadable:
        return ""


def why_unreadable(path: str) -> str:
    """Why a file that is there cannot be read, for the one who would edit it; empty when it can, or is not there."""
    if not digest_now(catalog(), path):
        return ""
    try:
        catalog().files.text(path)
    except Unreadable as error:
        return f"What is there now cannot be shown: {error}. It is not overwritten; mend it outside the studio."
    return ""


def keep(account: Account, path: str, text: str, base: str, page: str = "") -> Draft:
    """Keep a text as the draft.

    Args:
        account: whose it is.
        path: that of the file, as content files have them.
        text: all of it.
        base: the digest of what the writer had before them.
        page: the page on which it was typed; empty where it was put by something else.
    """
    values = {"text": text, "base": base, "page": page}
    draft, _ = Draft.objects.update_or_create(account=account, path=path, defaults=values)
    return draft


def goes_on(draft: Draft | None, page: str, seen: str) -> bool:
    """Whether a page may write the draft: it wrote it last, or nobody has since the page was opened.

    Args:
        draft: as it is now, or None.
        page: the page's own name.
        seen: the digest of the draft that the page was opened with; empty when there was none.
    """
    return draft is None or draft.page == page or digest_of(draft.text) == seen


def drop(account: Account, path: str) -> None:
    """Forget the draft."""
    Draft.objects.filter(account=account, path=path).delete()


def drop_saved(account: Account, path: str, text: str) -> None:
    """Forget the draft, if it is the text that was saved. What was typed elsewhere meanwhile is kept."""
    Draft.objects.filter(account=account, path=path, text=text).delete()


@contextmanager
def alone(account: Account) -> Iterator[None]:
    """Let nothing else that an instructor sends become a draft meanwhile, in whichever process.

    SQLite lets one transaction write at a time; on PostgreSQL the account's row is locked.
    """
    with transaction.atomic():
        Account.objects.select_for_update(no_key=True).filter(pk=account.pk).first()
        yield


def leave(account: Account, page: str) -> None:
    """Remember that a button of a page was pressed. To be called `alone`, before what it does."""
    if not page:
        return
    SentPage.objects.filter(account=account, sent__lt=timezone.now() - LATEST).delete()
    SentPage.objects.get_or_create(account=account, page=page)


def is_left(account: Account, page: str) -> bool:
    """Whether a button of a page was pressed, so that what it sends by itself comes too late."""
    return SentPage.objects.filter(account=account, page=page).exists()

"""Drafts: what an instructor has typed and not saved. One for each account and file; nobody else sees it."""

from learners.models import Account
from lessons.catalog import catalog
from lessons.files import Unreadable, digest_of
from teach.models import Draft


def draft_of(account: Account, path: str) -> Draft | None:
    """The draft that an instructor has of a file, or None."""
    return Draft.objects.filter(account=account, path=path).first()


def text_now(account: Account, path: str) -> str:
    """What an instructor would go on editing: their draft, or else the file as it is; empty when there is neither."""
    draft = draft_of(account, path)
    return draft.text if draft else text_of_file(path)


def text_of_file(path: str) -> str:
    """The file as it is now; empty when there is none that can be read."""
    try:
        return catalog().files.text(path)
    except Unreadable:
        return ""


def keep(account: Account, path: str, text: str) -> Draft:
    """Keep a text as the draft. One that is new is begun from the file as it is now."""
    draft, _ = Draft.objects.update_or_create(
        account=account,
        path=path,
        defaults={"text": text},
        create_defaults={"text": text, "base": digest_of(text_of_file(path))},
    )
    return draft


def drop(account: Account, path: str) -> None:
    """Forget the draft."""
    Draft.objects.filter(account=account, path=path).delete()

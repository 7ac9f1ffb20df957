"""What the editor shows of a file: the text to go on with, what is wrong with it, and whether it was overtaken."""

import secrets
from dataclasses import dataclass

from learners.models import Account
from lessons.catalog import catalog
from lessons.files import digest_of
from lessons.writing import digest_now
from teach import drafts, history
from teach.checking import Checked, checked
from teach.models import Revision


@dataclass(frozen=True)
class Editing:
    """A file in the editor of one instructor.

    Attributes:
        text: their draft, or else the file.
        base: the digest of what the text began from.
        is_draft: whether the text is not what the file is.
        overtaken: whether the file is no longer what the text began from.
        by: who wrote what the file is now, if the studio knows.
        page: a name for this page, and `seen` the digest of the draft that it was opened with (teach/drafts.py).
    """

    path: str
    text: str
    base: str
    is_draft: bool
    is_new: bool
    is_own: bool
    is_shipped: bool
    overtaken: bool
    by: Revision | None
    found: Checked
    page: str
    seen: str


def editing(account: Account, path: str, starter: str = "") -> Editing:
    """What an instructor has before them when they open a file; for a new one, a text to begin with."""
    files = catalog().files
    now = digest_now(catalog(), path)
    draft = drafts.draft_of(account, path)
    text = draft.text if draft else (drafts.text_of_file(path) if now else starter)
    base = draft.base if draft else now
    return Editing(
        path=path,
        text=text,
        base=base,
        is_draft=draft is not None,
        is_new=not now,
        is_own=files.is_own(path),
        is_shipped=files.is_shipped(path),
        overtaken=base != now,
        by=history.last_writer(path, now) if now else None,
        found=checked(path, text),
        page=secrets.token_hex(8),
        seen=digest_of(draft.text) if draft else "",
    )

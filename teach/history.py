"""Earlier versions of content files: who wrote what, when and why. The files stay the truth; this remembers them."""

from django.db import transaction

from learners.models import Account
from lessons.catalog import Catalog
from lessons.files import Unreadable, digest_of_bytes
from lessons.writing import digest_now
from teach.models import Revision

SHIPPED = "As it was shipped"
FOUND = "Written outside the studio"
BACK = "Back to the shipped version"


def versions_of(path: str) -> list[Revision]:
    """What is remembered of a file, the newest first. Their texts are read when they are asked for."""
    versions = Revision.objects.filter(path=path).select_related("account").defer("text")
    return list(versions.order_by("-pk"))


def remember_present(catalog: Catalog, path: str) -> None:
    """Remember what a file is now, if that is not the newest version: so nothing that is overwritten is lost.

    In a transaction, for the one who saves writes the file in one and remembers it at its end: between the two, SQLite
    lets nobody in who would take theirs for something that was written outside.
    """
    with transaction.atomic():
        _remember_present(catalog, path)


def _remember_present(catalog: Catalog, path: str) -> None:
    digest = digest_now(catalog, path)
    newest = Revision.objects.filter(path=path).order_by("-pk").values_list("digest", flat=True).first()
    if not digest or newest == digest:
        return
    try:
        text = catalog.files.text(path)
    except Unreadable:
        return  # no text that could be shown or restored
    why = FOUND if catalog.files.is_own(path) else SHIPPED
    Revision.objects.create(path=path, text=text, digest=digest, why=why)


def remember(path: str, text: str | None, account: Account, why: str) -> None:
    """Remember what an instructor made of a file; None when they took it away."""
    digest = "" if text is None else digest_of_bytes(text.encode())
    Revision.objects.create(path=path, text=text or "", digest=digest, account=account, why=why)


def remember_taken_back(catalog: Catalog, path: str, account: Account, why: str) -> None:
    """Remember who took away what was written here, and what stands there since: the shipped file, or none."""
    if not catalog.files.is_shipped(path):
        remember(path, None, account, why)
        return
    try:
        text = catalog.files.text(path)
    except Unreadable:
        return  # a picture
    digest = digest_now(catalog, path)
    Revision.objects.create(path=path, text=text, digest=digest, account=account, why=BACK)


def last_writer(path: str, digest: str) -> Revision | None:
    """The version that a file is now, if the studio wrote it."""
    return Revision.objects.filter(path=path, digest=digest).select_related("account").order_by("-pk").first()

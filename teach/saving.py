"""Saves what an instructor wrote: only what has no error, and never over what they have not seen."""

from django.db import transaction

from learners.models import Account
from lessons import pages, writing
from lessons.catalog import catalog
from lessons.files import Unreadable
from teach import drafts, history
from teach.checking import Checked, checked, no_text
from teach.paths import is_text

LONGEST_WHY = 200  # characters


class NotSaved(Exception):
    """It was not saved, and nothing was changed. Says why."""


class HasErrors(NotSaved):
    """The content would have errors."""

    def __init__(self, found: Checked) -> None:
        super().__init__("There are errors in it, so it was not saved. Your text is kept as a draft.")
        self.found = found


class Overtaken(NotSaved):
    """Somebody else saved the file since the writer opened it."""

    def __init__(self) -> None:
        super().__init__("Somebody saved this file after you opened it, so yours was not saved. It is kept as a draft.")


def save(account: Account, path: str, text: str, *, base: str, why: str) -> None:
    """Save a text, remember it and what was there before, and drop the draft of it.

    Args:
        account: who saves.
        path: that of the file, as content files have them.
        text: all of it, each line ended by one new line.
        base: the digest of what the writer had before them; empty when there was no file.
        why: in a few words, or empty.

    Raises:
        NotSaved: it has errors, is no text, or somebody else was first.
        NoContentPath: no content file can have this path.
        OSError: it cannot be written.
    """
    if wrong := no_text(text):
        raise NotSaved(wrong)
    found = checked(path, text)
    if found.errors:
        raise HasErrors(found)
    _change(account, path, text, base, why)
    drafts.drop(account, path)


def put(account: Account, path: str, text: str, *, why: str) -> None:
    """Put a file where there is none, whatever it lacks beside it as yet.

    Raises:
        NotSaved: there is one.
    """
    _change(account, path, text, "", why)


def take_back(account: Account, path: str, *, base: str, why: str) -> None:
    """Take what was written here away, so that the shipped file stands again, or none where none was shipped.

    Raises:
        NotSaved: the content would have errors, or somebody else was first.
        OSError: it cannot be removed.
    """
    files = catalog().files
    is_picture_again = files.is_shipped(path) and not is_text(path)
    try:
        shipped = files.shipped_text(path) if files.is_shipped(path) and is_text(path) else None
    except Unreadable as error:
        raise NotSaved(f"The shipped version cannot be read: {error}.") from None
    if not is_picture_again and (found := checked(path, shipped)).errors:
        raise HasErrors(found)
    _change(account, path, None, base, why)
    drafts.drop(account, path)


def _change(account: Account, path: str, text: str | None, base: str, why: str) -> None:
    """Write or remove, and remember, or do neither. A file that cannot be written leaves no version behind."""
    shown = catalog()
    try:
        with transaction.atomic():
            history.remember_present(shown, path)
            if text is None:
                writing.remove(shown, path, base)
                history.remember_present(shown, path)
                if not shown.files.is_shipped(path):
                    history.remember(path, None, account, why[:LONGEST_WHY])
            else:
                writing.write(shown, path, text.encode(), base)
                history.remember(path, text, account, why[:LONGEST_WHY])
    except writing.Changed:
        raise Overtaken from None
    except writing.TooLarge as error:
        raise NotSaved(str(error)) from None
    finally:
        pages.refresh()

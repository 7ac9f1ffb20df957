"""Saves what an instructor wrote: only what has no error, and never over what they have not seen."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from django.db import transaction

from learners.models import Account
from lessons import watching, writing
from lessons.catalog import catalog
from lessons.files import Unreadable, digest_of
from lessons.pictures import read_picture
from lessons.writing import digest_now
from teach import drafts, history
from teach.checking import Checked, checked, no_text
from teach.paths import is_text

LONGEST_WHY = 200  # characters


class NotSaved(Exception):
    """A save that was refused, and changed nothing. Says why."""


class HasErrors(NotSaved):
    """A refusal, for the content would have errors."""

    def __init__(self, found: Checked) -> None:
        super().__init__("There are errors in it, so it was not saved. Your text is kept as a draft.")
        self.found = found


class NoText(NotSaved):
    """A refusal, for what is there now cannot be read, so no version could be kept of it."""

    def __init__(self, why: Unreadable) -> None:
        super().__init__(
            f"The file as it is cannot be read ({why}), so it was not overwritten. Mend it outside the studio first."
        )


class Overtaken(NotSaved):
    """A refusal, for another instructor saved the file since the writer opened it."""

    def __init__(self) -> None:
        super().__init__("Somebody saved this file after you opened it, so yours was not saved. It is kept as a draft.")


def save(account: Account, path: str, text: str, *, base: str, why: str) -> None:
    """Save a text, remember it and what was there before, and drop the draft of it. A text that is there is saved.

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
    result = checked(path, text)
    if result.errors:
        raise HasErrors(result)
    if not _is_there(path, text):  # it is after a second click on Save, or when two had the same thought
        _change(account, path, text, base, why)
    drafts.drop_saved(account, path, text)


@contextmanager
def all_or_none(account: Account) -> Iterator[Callable[[str, str, str], None]]:
    """Gives what puts files where there are none, whatever they lack beside them as yet: path, text, why.

    When something fails, those that were put are taken away again.

    Raises:
        NotSaved: there is a file of that name.
    """
    made: list[str] = []

    def put(path: str, text: str, why: str) -> None:
        _change(account, path, text, "", why)
        made.append(path)

    try:
        yield put
    except BaseException:
        for path in made:
            with suppress(writing.Changed, OSError):
                writing.remove(catalog(), path, digest_now(catalog(), path))
        watching.look()
        raise


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
    if not is_picture_again and (result := checked(path, shipped)).errors:
        raise HasErrors(result)
    _change(account, path, None, base, why)


def put_picture(path: str, raw: bytes, *, replaces: bool) -> None:
    """Put a picture beside a lesson's files.

    Of pictures no versions are kept, so none that was put here is overwritten unless `replaces` says so.

    Raises:
        NoPicture: the bytes are none.
        Changed: there is one of that name.
        TooLarge, NoContentPath, OSError: as `writing.write` has them.
    """
    read_picture(path.rpartition("/")[2], raw)
    content = catalog()
    base = digest_now(content, path) if replaces or not content.files.is_own(path) else ""
    writing.write(content, path, raw, base)
    watching.look()


def _is_there(path: str, text: str) -> bool:
    return digest_now(catalog(), path) == digest_of(text)


def _change(account: Account, path: str, text: str | None, base: str, why: str) -> None:
    """Write or remove, and remember, or do neither. A text that cannot be written leaves no version of it behind.

    What was there before is remembered first and for itself: whatever stops this half way, it is not lost.
    """
    content = catalog()
    try:
        if text is not None:
            _expect_text(path)
        history.remember_present(content, path)
        with transaction.atomic():
            if text is None:
                writing.remove(content, path, base)
                history.remember_taken_back(content, path, account, why[:LONGEST_WHY])
            else:
                writing.write(content, path, text.encode(), base)
                history.remember(path, text, account, why[:LONGEST_WHY])
    except writing.Changed:
        raise Overtaken from None
    except Unreadable as error:
        raise NoText(error) from None
    except (writing.TooLarge, writing.NoContentPath) as error:
        raise NotSaved(str(error)) from None
    finally:
        watching.look()  # the pages are prepared here at once; should that fail, what was saved is saved


def _expect_text(path: str) -> None:
    """Let nothing be overwritten that no version can be kept of.

    Raises:
        Unreadable: what is there is no text.
    """
    if digest_now(catalog(), path):
        catalog().files.text(path)

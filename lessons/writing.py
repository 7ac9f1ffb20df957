"""Writes what instructors change: into a tree of their own, whose files stand in place of the shipped ones.

Whatever comes here as a path is taken to be hostile: it is held against the few names that a content file can have, and
not cleaned. Writers of all processes come one after the other, each with what they had before them, so nobody
overwrites what they have not seen.
"""

import contextlib
import fcntl
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from lessons import registry
from lessons.catalog import Catalog
from lessons.files import COURSE, LARGEST, WRITING, Unreadable, digest_of_bytes
from lessons.pictures import is_picture
from lessons.reading import SLUG, is_mode

UNREADABLE = "unreadable"  # in place of a digest


class NoContentPath(Exception):
    """A path that no content file can have. Says which there are."""


class Changed(Exception):
    """A file that is not what the writer had before them: another one saved it meanwhile."""


class TooLarge(Exception):
    """More than a content file may hold. Says how much that is."""


def check_path(path: str) -> str:
    """The path, if a content file can have it: `course.toml`, or a lesson's folder and a name in it.

    Raises:
        NoContentPath: it has another form, or another name.
    """
    folder, _, name = path.partition("/")
    if path == COURSE or (
        SLUG.fullmatch(folder) and (_is_mode_file(name) or name in registry.kinds or is_picture(name))
    ):
        return path
    known = ", ".join(registry.kinds)
    raise NoContentPath(
        f"A content file is course.toml or, in a lesson's folder, a mode (learn.md), {known} or a picture."
    )


def _is_mode_file(name: str) -> bool:
    return name.endswith(".md") and is_mode(name)


def write(catalog: Catalog, path: str, raw: bytes, base: str) -> None:
    """Put a file into the tree of what was written here, in one step, and let the catalog read it.

    Args:
        catalog: whose files these are.
        path: under the root of the content.
        raw: all that the file shall hold.
        base: the digest of what the writer had before them; empty when there was no file.

    Raises:
        NoContentPath: no content file can have this path.
        TooLarge: it is more than a content file may hold.
        Changed: there is something else now.
        OSError: it cannot be written.
    """
    own = _own(catalog)
    if len(raw) > LARGEST:
        raise TooLarge(f"A content file holds at most {LARGEST:,} bytes, and this is {len(raw):,}.")
    with alone(own):
        _expect(catalog, check_path(path), base)
        target = own / path
        _make_folder(own, target.parent)
        descriptor, name = tempfile.mkstemp(prefix=".", suffix=".new", dir=target.parent)
        try:
            with open(descriptor, "wb") as file:
                os.fchmod(descriptor, 0o644)  # as an editor would make it: who looks after the folder may read it
                file.write(raw)
                file.flush()
                os.fsync(descriptor)
            _expect(catalog, path, base)  # once more: other programs take no lock, and writing has taken a moment
            os.replace(name, target)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    catalog.refresh()


def remove(catalog: Catalog, path: str, base: str) -> None:
    """Take a file out of the tree of what was written here, so that the shipped one, if there is one, stands again.

    Raises:
        NoContentPath, Changed, OSError: as for `write`.
    """
    own = _own(catalog)
    with alone(own):
        _expect(catalog, check_path(path), base)
        if catalog.files.is_own(path):
            (own / path).unlink()
            with contextlib.suppress(OSError):
                (own / path).parent.rmdir()  # when that was the last one in it
    catalog.refresh()


def digest_now(catalog: Catalog, path: str) -> str:
    """Stands for what a file holds now; empty when there is none, and UNREADABLE when that cannot be told."""
    if not (catalog.files.is_own(path) or catalog.files.is_shipped(path)):
        return ""
    try:
        return digest_of_bytes(catalog.files.raw(path))
    except Unreadable:
        return UNREADABLE


def _expect(catalog: Catalog, path: str, base: str) -> None:
    if digest_now(catalog, path) != base:
        raise Changed


def _own(catalog: Catalog) -> Path:
    assert catalog.files.own is not None, "only the site's own catalog is written to"
    return catalog.files.own


def _make_folder(own: Path, folder: Path) -> None:
    """A lesson's folder. Nothing is written through a link, wherever it leads."""
    if folder != own and folder.is_symlink():
        raise NoContentPath("The lesson's folder is a link, and nothing is written through it.")
    folder.mkdir(parents=True, exist_ok=True)


@contextlib.contextmanager
def alone(own: Path) -> Iterator[None]:
    """Let no other writer of this site, in whichever process, look or write meanwhile.

    The file whose lock this is gets longer when it was done, by which the other processes notice (lessons/watching.py).
    """
    own.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(own / WRITING, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
        os.ftruncate(descriptor, os.fstat(descriptor).st_size + 1)  # takes no room on the disk, which may be full
    finally:
        os.close(descriptor)

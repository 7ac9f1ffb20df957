"""The files under content/, as text: finding them, noticing a change, and keeping the last good source of each."""

import hashlib
import logging
import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lessons.pictures import is_picture

COURSE = "course.toml"
# In the tree of what was written here: its lock, which is one byte longer after each save.
WRITING = ".writing"
LARGEST = 1024 * 1024  # bytes; a lesson is some ten thousand

logger = logging.getLogger(__name__)

Stamp = tuple[int, ...]


def digest_of(text: str) -> str:
    """Stands for a text: that of its bytes as they are kept."""
    return digest_of_bytes(text.encode("utf-8", "surrogatepass"))


def digest_of_bytes(raw: bytes) -> str:
    """Stands for what a file holds: 64 hex digits. No file has the empty digest, not even an empty one."""
    return hashlib.sha256(raw).hexdigest()


class Unreadable(Exception):
    """A content file that cannot be taken as text. Has the line and the reason."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


@dataclass(frozen=True)
class ContentFiles:
    """A tree of content: course.toml and a folder for each lesson.

    `own` is a second tree, whose files stand in place of those under `root` path by path: what instructors have written
    here. It may not be there. Links in it are not followed, so that nothing in it leads out of it.
    """

    root: Path
    own: Path | None = None

    def stamps(self) -> dict[str, Stamp]:
        """Every content file by its path under the root, with what changes when somebody saves it.

        Raises:
            OSError: the root, or a folder in it, cannot be looked at; it may be away for a moment.
        """
        by_path = dict(_stamps(self.root, follows_links=True))
        if self.own is not None and self.own.exists():
            by_path |= _stamps(self.own, follows_links=False)
        return by_path

    def saves(self) -> int:
        """How often something was written here by now, in whichever process: one look at one file (2 us)."""
        try:
            return 0 if self.own is None else os.stat(self.own / WRITING).st_size
        except OSError:
            return 0

    def is_own(self, path: str) -> bool:
        """Whether a file stands in the tree of what was written here."""
        if self.own is None:
            return False
        whole = self.own / path
        return (
            whole.is_file() and not whole.is_symlink() and (whole.parent == self.own or not whole.parent.is_symlink())
        )

    def is_shipped(self, path: str) -> bool:
        """Whether a file stands under the root, below whatever was written here."""
        return (self.root / path).is_file()

    def place(self, path: str) -> Path:
        """Where the file that counts stands, or would stand if it were shipped."""
        return self.own / path if self.own is not None and self.is_own(path) else self.root / path

    def text(self, path: str) -> str:
        """The text of a file.

        Raises:
            Unreadable: it cannot be opened, is too large, or is not UTF-8.
        """
        return _decoded(self.raw(path))

    def shipped_text(self, path: str) -> str:
        """The text of the file under the root, whatever was written here.

        Raises:
            Unreadable: as for `text`.
        """
        return _decoded(_bytes_of(self.root / path))

    def raw(self, path: str) -> bytes:
        """The bytes of a file.

        Raises:
            Unreadable: it cannot be opened, or is too large.
        """
        return _bytes_of(self.place(path))


def _bytes_of(whole: Path) -> bytes:
    if not whole.is_file():  # opening a pipe would wait for its other end
        raise Unreadable(1, "this is no file that can be read (a pipe, a folder, a broken link?)")
    try:
        with open(whole, "rb") as file:
            raw = file.read(LARGEST + 1)
    except OSError as error:
        raise Unreadable(1, f"the file cannot be opened: {error.strerror}") from None
    if len(raw) > LARGEST:
        raise Unreadable(1, f"the file is larger than {LARGEST:,} bytes")
    return raw


def _decoded(raw: bytes) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable(raw[: error.start].count(b"\n") + 1, "the file is not UTF-8 text") from None


def _stamps(root: Path, *, follows_links: bool) -> Iterator[tuple[str, Stamp]]:
    with os.scandir(root) as entries:
        for entry in entries:
            if not follows_links and entry.is_symlink():
                continue
            if entry.is_dir():
                with os.scandir(entry.path) as files:
                    for file in files:
                        is_content = file.name.endswith(".md") or is_picture(file.name)
                        if is_content and (follows_links or not file.is_symlink()):
                            yield f"{entry.name}/{file.name}", _stamp(file)
            elif entry.name == COURSE:
                yield COURSE, _stamp(entry)


def _stamp(entry: os.DirEntry[str]) -> Stamp:
    try:
        stat = entry.stat()
    except OSError:
        return ()  # a link that leads nowhere, or a file that goes away just now
    return stat.st_mtime_ns, stat.st_ctime_ns, stat.st_size, stat.st_ino


@dataclass(frozen=True)
class LastGood:
    """The last good source of each content file, kept in a folder of DATA_DIR so that it survives a restart."""

    folder: Path

    @classmethod
    def of(cls, data_dir: Path, content_root: Path) -> "LastGood":
        """The folder for one tree of content, so that two trees never show each other's pages."""
        name = hashlib.sha256(os.fsencode(content_root)).hexdigest()[:16]
        return cls(data_dir / "last-good" / name)

    def get(self, path: str) -> str | None:
        """The last good source of a file, or None."""
        try:
            return (self.folder / path).read_bytes().decode("utf-8")
        except (OSError, UnicodeDecodeError):
            return None

    def keep(self, path: str, source: str) -> None:
        """Keep a good source, in one step, so that nobody reads half of it."""
        target = self.folder / path
        if self.get(path) == source:
            return
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            descriptor, name = tempfile.mkstemp(dir=target.parent)
            try:
                with open(descriptor, "w", encoding="utf-8", newline="") as file:
                    file.write(source)
                os.replace(name, target)
            except OSError:
                os.unlink(name)  # on a full disk, each try would leave one
                raise
        except OSError as error:
            logger.warning("the last good source of %s cannot be kept: %s", path, error.strerror)

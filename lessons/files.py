"""The files under content/, as text: finding them, noticing a change, and keeping the last good source of each."""

import hashlib
import logging
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from lessons.pictures import is_picture

COURSE = "course.toml"
LARGEST = 1024 * 1024  # bytes; a lesson is some ten thousand

logger = logging.getLogger(__name__)

Stamp = tuple[int, ...]


def digest_of(text: str) -> str:
    """Stands for a text: 64 hex digits. Empty for an empty text, as for a file that is not there."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest() if text else ""


class Unreadable(Exception):
    """A content file that cannot be taken as text. Has the line and the reason."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


@dataclass(frozen=True)
class ContentFiles:
    """A tree of content: course.toml and a folder for each lesson."""

    root: Path

    def stamps(self) -> dict[str, Stamp]:
        """Every content file by its path under the root, with what changes when somebody saves it.

        Raises:
            OSError: the root, or a folder in it, cannot be looked at; it may be away for a moment.
        """
        found: dict[str, Stamp] = {}
        with os.scandir(self.root) as entries:
            for entry in entries:
                if entry.is_dir():
                    with os.scandir(entry.path) as files:
                        found |= {
                            f"{entry.name}/{file.name}": _stamp(file)
                            for file in files
                            if file.name.endswith(".md") or is_picture(file.name)
                        }
                elif entry.name == COURSE:
                    found[COURSE] = _stamp(entry)
        return found

    def text(self, path: str) -> str:
        """The text of a file.

        Raises:
            Unreadable: it cannot be opened, is too large, or is not UTF-8.
        """
        raw = self.raw(path)
        try:
            return raw.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise Unreadable(raw[: error.start].count(b"\n") + 1, "the file is not UTF-8 text") from None

    def raw(self, path: str) -> bytes:
        """The bytes of a file.

        Raises:
            Unreadable: it cannot be opened, or is too large.
        """
        if not (self.root / path).is_file():  # opening a pipe would wait for its other end
            raise Unreadable(1, "this is no file that can be read (a pipe, a folder, a broken link?)")
        try:
            with open(self.root / path, "rb") as file:
                raw = file.read(LARGEST + 1)
        except OSError as error:
            raise Unreadable(1, f"the file cannot be opened: {error.strerror}") from None
        if len(raw) > LARGEST:
            raise Unreadable(1, f"the file is larger than {LARGEST:,} bytes")
        return raw


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
            with open(descriptor, "w", encoding="utf-8", newline="") as file:
                file.write(source)
            os.replace(name, target)
        except OSError as error:
            logger.warning("the last good source of %s cannot be kept: %s", path, error.strerror)

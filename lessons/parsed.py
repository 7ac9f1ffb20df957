"""What content files were read into, kept in DATA_DIR over a restart: to read a lesson takes a hundred times as long.

What is kept is Python's own (a pickle), as DATA_DIR is the site's own: whoever can write there has its secret key as
well. It counts for the very text, code and packages that it was made of, and everything else is read anew.
"""

import hashlib
import logging
import os
import pickle
import stat
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lessons.files import digest_of

CODE = ("*.py", "*.html", "*.json")  # what a page is made with, and the recorded runs that it shows
NO_CODE = {"content", "docs", "static", "tests", "var"}
# What half a pickle, or a damaged one, may lead to. The file it stands for is then read anew.
UNUSABLE = (OSError, pickle.UnpicklingError, EOFError, AttributeError, ImportError, IndexError, TypeError, ValueError)

logger = logging.getLogger(__name__)


def digest_of_code(root: Path) -> str:
    """Stands for the code of the project, its templates, the versions of its packages, and that of Python."""
    digest = hashlib.sha256(sys.version.encode())
    for file in sorted(_code(root)):
        digest.update(str(file.relative_to(root)).encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _code(root: Path) -> Iterator[Path]:
    yield root / "requirements.txt"
    for folder in root.iterdir():
        if folder.is_dir() and not folder.name.startswith(".") and folder.name not in NO_CODE:
            for pattern in CODE:
                yield from folder.rglob(pattern)


@dataclass(frozen=True)
class Parsed:
    """A folder with what each content file of one tree was read into."""

    folder: Path
    code: str

    @classmethod
    def of(cls, data_dir: Path, content_root: Path, code_root: Path) -> "Parsed":
        """The folder for one tree of content."""
        name = hashlib.sha256(os.fsencode(content_root)).hexdigest()[:16]
        return cls(data_dir / "parsed" / name, digest_of_code(code_root))

    def get(self, path: str, place: str, source: str) -> Any:
        """What a file was read into; None when that is not kept, or was made of another text or by other code.

        Args:
            path: under the root of the content.
            place: the path that its problems name.
            source: the file's text.
        """
        try:
            with open(self._file(path), "rb") as file:
                status = os.fstat(file.fileno())
                if status.st_uid != os.getuid() or status.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
                    return None
                if file.read(len(key := self._key(place, source))) != key:
                    return None
                return pickle.load(file)  # noqa: S301 - nobody else can write there
        except FileNotFoundError:
            return None
        except UNUSABLE as error:
            logger.warning("what %s was read into cannot be taken: %s", path, error)
            return None

    def keep(self, path: str, place: str, source: str, read: Any) -> None:
        """Keep what a file was read into, in one step, so that nobody takes half of it."""
        target = self._file(path)
        try:
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            descriptor, name = tempfile.mkstemp(dir=target.parent)
            with open(descriptor, "wb") as file:
                file.write(self._key(place, source))
                pickle.dump(read, file, pickle.HIGHEST_PROTOCOL)
            os.replace(name, target)
        except OSError as error:
            logger.warning("what %s was read into cannot be kept: %s", path, error.strerror)

    def _file(self, path: str) -> Path:
        return self.folder / f"{path}.pickle"

    def _key(self, place: str, source: str) -> bytes:
        """Stands for all that counts: always as many bytes."""
        return digest_of(f"{self.code}\0{place}\0{source}").encode()

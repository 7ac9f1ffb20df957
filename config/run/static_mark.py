"""The mark that says from which files the static files in DATA_DIR were collected.

It is read without Django: a process that only looks whether there is anything to do is to be there at once.
"""

import hashlib
import json
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path

# They hash and compress the files, and bring some of their own.
PACKAGES = ("django", "django-htmx", "whitenoise")


def exists(static_root: Path) -> bool:
    """Whether static files were collected there once, of whichever source."""
    return _mark(static_root).exists()


def stands(static_root: Path, folders: Iterable[Path]) -> bool:
    """Whether what is in `static_root` was collected from the very files that are in `folders` now."""
    mark = _mark(static_root)
    return mark.exists() and mark.read_text() == _digest(folders)


def leave(static_root: Path, folders: Iterable[Path]) -> None:
    """Say that all of it was collected."""
    _mark(static_root).write_text(_digest(folders))


def remove(static_root: Path) -> None:
    """Say that what is there may be of anything."""
    _mark(static_root).unlink(missing_ok=True)


def _mark(static_root: Path) -> Path:
    return static_root / ".collected-from"


def _digest(folders: Iterable[Path]) -> str:
    """Of which files there are, how big and of when, and of which versions the packages are."""
    found = [f"{package} {version(package)}" for package in PACKAGES]
    for folder in folders:
        for path in folder.rglob("*"):
            if path.is_file():
                stat = path.stat()
                found.append(json.dumps([str(path.relative_to(folder)), stat.st_size, stat.st_mtime_ns]))
    return hashlib.sha256("\n".join(sorted(found)).encode()).hexdigest()

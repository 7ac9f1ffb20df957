"""The mark that says from which files the static files in DATA_DIR were collected.

It is read without Django: a process that only looks whether there is anything to do is to be there at once.
"""

import hashlib
import json
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path

# They hash and compress the files, and bring some of their own.
MANIFEST = "staticfiles.json"  # Django's own name for the list of what was collected
PACKAGES = ("django", "django-htmx", "whitenoise")


def exists(static_root: Path) -> bool:
    """Whether static files were collected there once, of whichever source."""
    return _mark(static_root).exists()


def stands(static_root: Path, folders: Iterable[Path]) -> bool:
    """Whether what is in `static_root` was collected from the very files that are in `folders` now, and is listed."""
    try:
        return _mark(static_root).read_text() == _text(static_root, folders)
    except (OSError, UnicodeDecodeError):  # there is none that can be read
        return False


def leave(static_root: Path, folders: Iterable[Path]) -> None:
    """Say that all of it was collected."""
    _mark(static_root).write_text(_text(static_root, folders))


def remove(static_root: Path) -> None:
    """Say that what is there may be of anything. The list goes as well: Django refuses to begin with a damaged one."""
    for name in (_mark(static_root), static_root / MANIFEST):
        name.unlink(missing_ok=True)


def _mark(static_root: Path) -> Path:
    return static_root / ".collected-from"


def _text(static_root: Path, folders: Iterable[Path]) -> str:
    """Of which files it was collected, and the list of what came of it: with a damaged one no page could be made."""
    listed = static_root / MANIFEST
    return f"{_digest(folders)} {hashlib.sha256(listed.read_bytes()).hexdigest() if listed.exists() else 'not listed'}"


def _digest(folders: Iterable[Path]) -> str:
    """Of which files there are, how big and of when, and of which versions the packages are."""
    found = [f"{package} {version(package)}" for package in PACKAGES]
    for folder in folders:
        for path in folder.rglob("*"):
            if path.is_file():
                stat = path.stat()
                found.append(json.dumps([str(path.relative_to(folder)), stat.st_size, stat.st_mtime_ns]))
    return hashlib.sha256("\n".join(sorted(found)).encode()).hexdigest()

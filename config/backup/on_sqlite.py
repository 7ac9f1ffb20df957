"""SQLite's side of a backup: a copy of the file by its own online backup, which goes on beside readers and writers."""

import sqlite3
import tempfile
import zipfile
from contextlib import closing
from pathlib import Path
from typing import Any

from django.conf import settings

from config.backup.archive import SQLITE, Manifest, NoBackup, copy_to
from config.environment import WrongSetting

# What SQLite keeps beside a file.
BESIDE = ("-wal", "-shm", "-journal")


def file() -> Path:
    """The database."""
    return Path(settings.DATABASES["default"]["NAME"])


def is_empty() -> bool:
    """Whether nothing is kept yet."""
    return not file().exists()


def save(archive: zipfile.ZipFile, room: Path) -> dict[str, Any]:
    """Put a copy of the database, as it is at one moment, into a backup.

    Args:
        room: a folder in which there is room for a copy, for a while.

    Raises:
        WrongSetting: it cannot be read.
    """
    with tempfile.TemporaryDirectory(dir=room, prefix=".copying-") as folder:
        copy = Path(folder) / SQLITE
        try:
            source = sqlite3.connect(f"{file().as_uri()}?mode=ro", uri=True)
            with closing(source), closing(sqlite3.connect(copy)) as target:
                source.backup(target)
                target.execute("PRAGMA journal_mode=DELETE")
        except sqlite3.Error as error:
            raise WrongSetting(f"The database {file()} cannot be read: {error}") from error
        archive.write(copy, SQLITE)
    return {"tables": {}, "sequences": {}}


def restore(archive: zipfile.ZipFile, _manifest: Manifest, aside: Path) -> None:
    """Put the database of a backup in place, and what was there into the folder `aside`.

    Raises:
        NoBackup: it is damaged.
    """
    there = file()
    there.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=there.parent, prefix=".restoring-") as folder:
        new = Path(folder) / SQLITE
        with archive.open(SQLITE) as entry:
            copy_to(entry, new)
        _check(new)
        for name in (there.name, *(f"{there.name}{ending}" for ending in BESIDE)):
            if (there.parent / name).exists():
                aside.mkdir(mode=0o700, exist_ok=True)
                (there.parent / name).rename(aside / name)
        new.rename(there)


def _check(path: Path) -> None:
    try:
        with closing(sqlite3.connect(path)) as database:
            (said,) = database.execute("PRAGMA integrity_check").fetchone()
    except sqlite3.Error as error:
        said = str(error)
    if said != "ok":
        raise NoBackup(f"The database in the backup is damaged: {said}")

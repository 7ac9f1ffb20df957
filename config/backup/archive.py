"""The file of a backup: a ZIP archive, whose first entry says what it is and what else is in it."""

import json
import os
import re
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

from config.environment import WrongSetting

MANIFEST, KEY = "offload-backup.json", "secret-key"
FORMAT = 1
# The folders of DATA_DIR whose files it holds.
FOLDERS = ("content", "last-good")
SQLITE = "database.sqlite3"
# Anything else was put there by somebody else, and could lead out of DATA_DIR.
NAME = re.compile(rf"{re.escape(MANIFEST)}|{KEY}|{re.escape(SQLITE)}|tables/\w+|({'|'.join(FOLDERS)})(/[^/\\\0]+)+")

# What reading an archive of wrong bytes may end with. ValueError is also that of a name that cannot be decoded.
DAMAGED = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, RuntimeError, NotImplementedError, ValueError)


class NoBackup(WrongSetting):
    """A file that is no backup, or a damaged one. Its text is one line for the user."""


@dataclass(frozen=True)
class Manifest:
    """What a backup says of itself."""

    engine: str  # "sqlite" or "postgresql"; a backup of one is not for the other
    made: str  # when, as ISO 8601
    migrations: list[tuple[str, str]]  # which the database has had: app and name
    tables: dict[str, list[str]]  # of PostgreSQL: the columns of each table, in the order of its rows,
    sequences: dict[str, int]  # and the last number that each sequence gave
    entries: list[str]  # the names of all that is in it besides
    format: int = FORMAT


@contextmanager
def writing(path: Path) -> Iterator[zipfile.ZipFile]:
    """A new archive, which is there under its name only once it is whole, and which its owner alone can read.

    Raises:
        WrongSetting: it cannot be written, or something is there already.
    """
    if path.exists():
        raise WrongSetting(f"{path} is there already: name another file")
    descriptor, name = -1, ""
    try:
        descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(descriptor, "wb") as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=6, strict_timestamps=False) as archive:
                yield archive
            file.flush()
            os.fsync(file.fileno())
        Path(name).rename(path)
    except OSError as error:
        raise WrongSetting(f"{path} cannot be written: {error.strerror or error}") from error
    finally:
        if name:
            Path(name).unlink(missing_ok=True)


def put_manifest(archive: zipfile.ZipFile, manifest: Manifest) -> None:
    """Say what is in it, as the last thing that is written."""
    archive.writestr(MANIFEST, json.dumps(asdict(manifest), indent=1))


@contextmanager
def reading(path: Path) -> Iterator[tuple[zipfile.ZipFile, Manifest]]:
    """An archive that was looked through: all of it is whole, and nothing is in it that does not belong there.

    Raises:
        NoBackup: it is not such a one.
    """
    try:
        archive = zipfile.ZipFile(path)
    except DAMAGED as error:
        raise NoBackup(f"{path} is no backup of Offload, or only the beginning of one: {error}") from error
    except OSError as error:
        raise NoBackup(f"{path} cannot be read: {error.strerror}") from error
    with archive:
        yield archive, _checked(path, archive)


def _checked(path: Path, archive: zipfile.ZipFile) -> Manifest:
    names = archive.namelist()
    if MANIFEST not in names:
        raise NoBackup(f"{path} is no backup of Offload: it has no {MANIFEST}")
    try:
        damaged = archive.testzip()
    except (*DAMAGED, OSError) as error:  # the latter from a place before the file's beginning
        damaged = str(error)
    if damaged:
        raise NoBackup(f"{path} is damaged, or not what was written: {damaged}")
    try:
        said = json.loads(archive.read(MANIFEST))
        if said["format"] != FORMAT:
            raise NoBackup(f"{path} is of another version of Offload: its format is {said['format']}, not {FORMAT}")
        manifest = Manifest(**{**said, "migrations": [(app, name) for app, name in said["migrations"]]})
    except (ValueError, KeyError, TypeError) as error:
        raise NoBackup(f"{path} does not say what it is: {error}") from error
    foreign = [name for name in names if not NAME.fullmatch(name) or {"..", "."} & set(name.split("/"))]
    if foreign or sorted(names) != sorted([*manifest.entries, MANIFEST]):
        raise NoBackup(f"{path} was changed since it was made: {(foreign or ['its entries'])[0]} does not belong to it")
    return manifest


def copy_to(file: IO[bytes], target: Path) -> None:
    """Write an entry to a new file that its owner alone can read, in pieces."""
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with open(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        while piece := file.read(1 << 20):
            out.write(piece)

"""Makes a backup of all that is kept, and puts one back."""

import os
import shutil
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from config.backup import on_postgresql, on_sqlite
from config.backup.archive import FOLDERS, KEY, MANIFEST, Manifest, NoBackup, copy_to, put_manifest, reading, writing
from config.data_dir import secret_key_file, valkey_socket
from config.environment import WrongSetting
from config.run import preflight
from lessons.writing import alone


def backup(path: Path) -> None:
    """Write a backup. The site may run meanwhile: it is of one moment, at which nobody saves in the studio.

    Raises:
        WrongSetting: something that the user can change is in the way.
    """
    try:
        if _database().is_empty():
            raise WrongSetting("There is nothing to back up yet: the database has no tables")
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with writing(path) as archive, alone(settings.OWN_CONTENT_DIR):
            migrations = sorted(MigrationRecorder(connection).applied_migrations())
            for folder in FOLDERS:
                _put_folder(archive, folder)
            archive.writestr(KEY, settings.SECRET_KEY)
            of_database = _database().save(archive, path.parent)
            entries = [name for name in archive.namelist() if name != MANIFEST]
            made = datetime.now(UTC).isoformat(timespec="seconds")
            put_manifest(archive, Manifest(connection.vendor, made, migrations, entries=entries, **of_database))
    except DatabaseError as error:
        raise WrongSetting(f"The database cannot be read: {error}") from error
    finally:
        connection.close()


def restore(path: Path, *, replace: bool) -> str:
    """Put a backup in place, and bring its tables up to date. Gives words about what was there before.

    Raises:
        WrongSetting: something is in the way: a site that runs, something that is kept already, a file that is none.
    """
    try:
        with preflight.claimed(settings.DATA_DIR, valkey_socket(settings.DATA_DIR)), reading(path) as (archive, found):
            _check(found, archive.read(KEY).decode(), replace=replace)
            aside = settings.DATA_DIR / f"before-restore-{datetime.now(UTC):%Y%m%dT%H%M%S}"
            connection.close()
            _database().restore(archive, found, aside)
            for folder in FOLDERS:
                _take_folder(archive, folder, aside)
            if not settings.ENVIRONMENT.secret_key:
                _move(secret_key_file(settings.DATA_DIR), aside)
                with archive.open(KEY) as entry:
                    copy_to(entry, secret_key_file(settings.DATA_DIR))
        call_command("migrate", verbosity=0, interactive=False)
    except DatabaseError as error:
        raise WrongSetting(f"The database cannot be written, and is as it was: {error}") from error
    except OSError as error:
        raise WrongSetting(f"DATA_DIR {settings.DATA_DIR} cannot be written: {error.strerror or error}") from error
    finally:
        connection.close()
    return f"what was in DATA_DIR before is in {aside}" if aside.exists() else "there was nothing before"


def _database() -> Any:
    return on_sqlite if connection.vendor == "sqlite" else on_postgresql


def _check(found: Manifest, key: str, *, replace: bool) -> None:
    if found.engine != connection.vendor:
        raise NoBackup(f"The backup is of {found.engine}, and this site is on {connection.vendor}: see DATABASE_URL")
    unknown = set(found.migrations) - set(MigrationLoader(None).disk_migrations or {})
    if unknown:
        app, name = min(unknown)
        raise NoBackup(f"The backup is of a newer Offload: {app}.{name} is not known here")
    if settings.ENVIRONMENT.secret_key not in {"", key}:
        raise WrongSetting(
            "SECRET_KEY is another than that of the backup, with which nobody's cookie would be good any more: "
            f"set it to what the backup has (unzip -p FILE {KEY})"
        )
    written = [folder for folder in FOLDERS if _files(settings.DATA_DIR / folder)]
    if not replace and (written or not _database().is_empty()):
        what = f"{settings.DATA_DIR / written[0]}" if written else "the database"
        raise WrongSetting(f"There is something already in {what}: add --replace to put the backup in its place")


def _files(folder: Path) -> list[Path]:
    """Its files; neither links, wherever they lead, nor what begins with a dot: locks, and what is half written."""
    found = [path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()]
    return sorted(path for path in found if not any(part.startswith(".") for part in path.relative_to(folder).parts))


def _put_folder(archive: zipfile.ZipFile, folder: str) -> None:
    root = settings.DATA_DIR / folder
    for path in _files(root):
        archive.write(path, f"{folder}/{path.relative_to(root).as_posix()}")


def _take_folder(archive: zipfile.ZipFile, folder: str, aside: Path) -> None:
    new = settings.DATA_DIR / f".restoring-{folder}"
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(mode=0o755)
    for name in archive.namelist():
        if name.startswith(f"{folder}/"):
            with archive.open(name) as entry:
                copy_to(entry, new / name.removeprefix(f"{folder}/"))
    for path in new.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)  # as the studio makes them
    _move(settings.DATA_DIR / folder, aside)
    new.rename(settings.DATA_DIR / folder)


def _move(path: Path, aside: Path) -> None:
    if path.exists():
        aside.mkdir(mode=0o700, exist_ok=True)
        os.rename(path, aside / path.name)

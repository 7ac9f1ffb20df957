"""What must be in place before the processes start: the tables, and the static files under their hashed names."""

import hashlib
import json
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.urls import reverse

from config.environment import WrongSetting

# What django_htmx ships besides htmx 2. Compressing it all takes longer than the rest of a first start.
UNUSED = ["django_htmx/ext/*", "htmx-4*", "htmax-4*"]


def prepare() -> None:
    """Prepare everything that this start needs.

    Raises:
        WrongSetting: the database cannot be used, or static files cannot be written.
    """
    migrate()
    collect_static()


def migrate() -> None:
    """Bring the database's tables up to date.

    Raises:
        WrongSetting: the database cannot be reached or changed.
    """
    try:
        call_command("migrate", verbosity=0, interactive=False)
    except DatabaseError as error:
        named = "DATABASE_URL" if settings.ENVIRONMENT.database_url else f"The database in DATA_DIR {settings.DATA_DIR}"
        said = str(error).strip().splitlines() or [type(error).__name__]
        raise WrongSetting(f"{named} cannot be used: {said[0]}") from error
    finally:
        connection.close()  # whoever serves next opens one of their own


def first_invitation() -> str:
    """The path of a link that makes the first instructor, once; empty when there is one."""
    from teach.invitations import has_instructors, invite  # models can be imported only once the apps are loaded

    try:
        return "" if has_instructors() else reverse("teach:invitation", args=[invite(None)])
    except DatabaseError:
        return ""  # the site says itself that its database is away


def collect_static() -> None:
    """Collect, hash and compress the static files, unless that was done for the very same files.

    Raises:
        WrongSetting: they cannot be written to DATA_DIR.
    """
    mark = Path(settings.STATIC_ROOT) / ".collected-from"
    try:
        sources = _sources()
        if mark.exists() and mark.read_text() == sources:
            return
        mark.unlink(missing_ok=True)
        call_command("collectstatic", verbosity=0, interactive=False, ignore_patterns=UNUSED)
        mark.write_text(sources)
    except OSError as error:
        raise WrongSetting(
            f"Static files cannot be written to DATA_DIR {settings.DATA_DIR}: {error.strerror}"
        ) from error


def _sources() -> str:
    """A digest of which files there are, how big and of when, and of what hashes and compresses them."""
    found = [f"whitenoise {version('whitenoise')}", f"django {version('django')}"]
    for finder in get_finders():
        for path, storage in finder.list(UNUSED):
            stat = Path(storage.path(path)).stat()
            found.append(json.dumps([path, stat.st_size, stat.st_mtime_ns]))
    return hashlib.sha256("\n".join(sorted(found)).encode()).hexdigest()

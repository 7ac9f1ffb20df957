"""What must be in place before the processes start: the tables, and the static files under their hashed names."""

from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.urls import reverse

from config.environment import WrongSetting
from config.run import former_data, static_mark

# What django_htmx ships besides htmx 2. Compressing it all takes longer than the rest of a first start.
UNUSED = ["django_htmx/ext/*", "htmx-4*", "htmax-4*"]


def prepare() -> list[str]:
    """Prepare everything that this start needs, and give what whoever starts the site has to be told, in lines.

    Raises:
        WrongSetting: the database cannot be used, or static files cannot be written.
    """
    told = [*_of_a_missing_database(), *former_data.remove(settings.DATA_DIR)]
    migrate()
    collect_static()
    return told


def _of_a_missing_database() -> list[str]:
    """Words for a DATA_DIR that was in use and has lost its database, in place of which a new one is made."""
    path = Path(settings.DATABASES["default"]["NAME"])
    was_in_use = static_mark.exists(Path(settings.STATIC_ROOT))
    if settings.ENVIRONMENT.database_url or path.exists() or not was_in_use:
        return []
    return [f"{path} was not there, so a new database was made, in which nobody has learnt anything yet"]


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
    static_root = Path(settings.STATIC_ROOT)
    try:
        if static_mark.stands(static_root, settings.STATICFILES_DIRS):
            return
        static_mark.remove(static_root)
        call_command("collectstatic", verbosity=0, interactive=False, ignore_patterns=UNUSED)
        static_mark.leave(static_root, settings.STATICFILES_DIRS)
    except OSError as error:
        raise WrongSetting(
            f"Static files cannot be written to DATA_DIR {settings.DATA_DIR}: {error.strerror}"
        ) from error

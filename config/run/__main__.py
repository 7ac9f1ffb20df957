"""`python -m config.run`: the whole site. With the name of a process, becomes that process."""

import os
import sys
from typing import NoReturn

from config import installed

try:
    from config import data_dir, environment
    from config.environment import ROOT, STATIC, Environment, WrongSetting
    from config.queues import QUEUES
    from config.run import healthy, preflight, programs, static_mark
except ModuleNotFoundError as missing:
    installed.end_without(missing)
    raise
except KeyboardInterrupt:
    sys.exit(130)

# Celery reads these by itself, and prefers them to its settings.
OF_CELERY = (
    "CELERY_BROKER_URL",
    "CELERY_BROKER_READ_URL",
    "CELERY_BROKER_WRITE_URL",
    "CELERY_RESULT_BACKEND",
    "CELERY_CONFIG_MODULE",
    "CELERY_LOADER",
)


def main(arguments: list[str]) -> int | str:
    """Run what the arguments name. Returns an exit code, or the one line that says what is wrong."""
    os.chdir(ROOT)
    leave_out_other_projects()
    programs.allow_connections()
    try:
        match arguments:
            case []:
                set_up_django()
                from config.run import site

                return site.run()
            case ["prepare"]:
                set_up_django()
                from config.run import preparation

                for line in [*preparation.prepare(), "tables and static files are in place"]:
                    print(f"offload: {line}")  # noqa: T201 - this is its output
                return 0
            case [name] if name in programs.PROGRAMS:
                become(name, environment.read())
            case ["healthy", name] if name in healthy.NAMES:
                return healthy.check(name)
            case ["worker", *names] if set(names) <= set(QUEUES):
                become("worker", environment.read(), *names)
    except WrongSetting as wrong:
        return f"offload: {wrong}"
    except ModuleNotFoundError as missing:
        installed.end_without(missing)
        raise
    except KeyboardInterrupt:
        return 130  # Ctrl-C before anything had started
    known = f"{' | '.join(programs.PROGRAMS)} [{' | '.join(QUEUES)}]"
    return f"usage: python -m config.run [{known} | prepare | healthy <{' | '.join(healthy.NAMES)}>]"


def set_up_django() -> None:
    """Read the settings and load the apps, once the environment is as it should be.

    Raises:
        WrongSetting: a setting is wrong.
    """
    import django  # not at the top: a process that becomes another one does without

    django.setup()  # reads the settings, which may be wrong


def become(name: str, settings: Environment, *queues: str) -> NoReturn:
    """Replace this process by one of the site's; a worker by one of some queues.

    Raises:
        WrongSetting: something that the user can change is in the way.
    """
    data_dir.secret_key(settings.data_dir, settings.secret_key)  # so that a folder that cannot be used is said here
    if name == "web":
        # Granian would end with a traceback, and beside another web server of ours it would take part of its readers.
        preflight.check_port(settings.bind, settings.port)
    # Each machine that serves needs the static files; mostly they are there.
    if name == "web" and not static_mark.stands(data_dir.static_root(settings.data_dir), [STATIC]):
        set_up_django()
        from config.run import preparation

        preparation.collect_static()
    command = programs.PROGRAMS[name](settings, *queues)
    os.execv(command[0], command)  # noqa: S606 - no shell is wanted


def leave_out_other_projects() -> None:
    """Keep what a shell has set for another Django or Celery project from this site and the processes it starts."""
    if not os.environ.get("DJANGO_SETTINGS_MODULE", "").startswith("tests."):  # the tests have settings of their own
        os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    for name in OF_CELERY:
        os.environ.pop(name, None)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""`python -m config.run`: the whole site. With the name of a process, becomes that process."""

import os
import sys

from config.environment import ROOT, WrongSetting

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
    try:
        import django

        django.setup()  # reads the settings, which may be wrong
        from config.run import preparation, site

        match arguments:
            case []:
                return site.run()
            case ["prepare"]:
                preparation.prepare()
                return 0
            case [name] if name in site.PROGRAMS:
                site.become(name)
    except WrongSetting as wrong:
        return f"offload: {wrong}"
    except KeyboardInterrupt:
        return 130  # Ctrl-C before anything had started
    return f"usage: python -m config.run [{' | '.join(site.PROGRAMS)} | prepare]"


def leave_out_other_projects() -> None:
    """Keep what a shell has set for another Django or Celery project from this site and the processes it starts."""
    if not os.environ.get("DJANGO_SETTINGS_MODULE", "").startswith("tests."):  # the tests have settings of their own
        os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    for name in OF_CELERY:
        os.environ.pop(name, None)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

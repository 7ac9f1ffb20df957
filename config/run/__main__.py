"""`python -m config.run`: the whole site. With the name of a process, becomes that process."""

import os
import sys

from config.environment import ROOT, WrongSetting


def main(arguments: list[str]) -> int | str:
    """Run what the arguments name. Returns an exit code, or the one line that says what is wrong."""
    os.chdir(ROOT)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
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


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

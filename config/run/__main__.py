"""`python -m config.run`: the whole site. With the name of a process, becomes that process."""

import os
import sys

from config.environment import ROOT, WrongSetting


def main(arguments: list[str]) -> int:
    os.chdir(ROOT)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        import django

        django.setup()  # reads the settings, which may be wrong
        from config.run import site

        if not arguments:
            return site.run()
        if len(arguments) == 1 and arguments[0] in site.PROGRAMS:
            site.become(arguments[0])
        if arguments == ["prepare"]:
            site.prepare()
            return 0
    except WrongSetting as wrong:
        print(f"offload: {wrong}", file=sys.stderr)
        return 1
    print(f"usage: python -m config.run [{' | '.join(site.PROGRAMS)} | prepare]", file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

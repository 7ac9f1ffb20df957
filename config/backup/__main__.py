"""`python -m config.backup save FILE`, `… restore FILE`, `… restore FILE --replace`."""

import os
import sys
from pathlib import Path

from config.environment import ROOT, WrongSetting
from config.run.__main__ import leave_out_other_projects, set_up_django


def main(arguments: list[str]) -> int | str:
    """Do what the arguments name. Returns an exit code, or the one line that says what is wrong."""
    here = Path.cwd()
    os.chdir(ROOT)
    leave_out_other_projects()
    try:
        match arguments:
            case ["save", file]:
                return _save(here / file)
            case ["restore", file, *flags] if flags in ([], ["--replace"]):
                return _restore(here / file, replace=bool(flags))
    except WrongSetting as wrong:
        return f"offload: {wrong}"
    return "usage: python -m config.backup [save FILE | restore FILE | restore FILE --replace]"


def _save(path: Path) -> int:
    set_up_django()
    from config.backup import whole

    whole.backup(path)
    sys.stdout.write(f"offload: all is in {path}, which holds secrets: keep it where nobody else reads it\n")
    return 0


def _restore(path: Path, *, replace: bool) -> int:
    set_up_django()
    from config.backup import whole

    sys.stdout.write(f"offload: {path} is restored; {whole.restore(path, replace=replace)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

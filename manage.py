#!/usr/bin/env python
"""Runs Django's commands: `python manage.py check_content`, `migrate`, and so on."""

import os
import sys

from config import installed

INTERRUPTED = 130  # the code of what Ctrl-C ended, as shells have it


def main() -> None:
    installed.check_version()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        _run()
    except ModuleNotFoundError as missing:
        installed.end_without(missing)
        raise
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)  # also while everything is still imported


def _run() -> None:
    from django.core.management import execute_from_command_line

    from config.environment import WrongSetting

    try:
        execute_from_command_line(sys.argv)
    except WrongSetting as wrong:
        sys.exit(f"offload: {wrong}")


if __name__ == "__main__":
    main()

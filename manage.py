#!/usr/bin/env python
"""Runs Django's commands: `python manage.py check_content`, `migrate`, and so on."""

import os
import sys

from config.environment import WrongSetting


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(sys.argv)
    except WrongSetting as wrong:
        sys.exit(f"offload: {wrong}")


if __name__ == "__main__":
    main()

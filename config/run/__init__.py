"""Runs the site: looks before it starts, prepares what is needed, and keeps the processes together.

`python -m config.run` does all of it; `python -m config.run web` (or `worker`, or `valkey`) becomes that one process.
"""

from config.installed import check_version

check_version()

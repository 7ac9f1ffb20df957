"""Texts to begin a new file with, in a lesson that there is."""

from lessons.catalog import course
from lessons.modes import MODES
from lessons.registry import kinds

HEAD = """---
title: {title}
summary: {summary}
framework: {framework}
minutes: 5
impact: {impact}
affects: {affects}
---

"""


def starter(path: str) -> str:
    """What stands in the editor before anybody wrote anything; empty for what begins with nothing."""
    slug, _, name = path.partition("/")
    if name in kinds:
        return kinds[name].starter
    lesson = course().lessons.get(slug)
    if name.removesuffix(".md") not in MODES or lesson is None:
        return ""
    meta = {key: _quoted(str(value)) for key, value in lesson.first.meta.items()}
    return HEAD.format(**meta) + "## What this is about\n\n…\n"


def _quoted(text: str) -> str:
    """A text as YAML takes it, whatever stands in it."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'

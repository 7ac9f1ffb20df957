"""The places of a lesson that show what was measured: drawn with the recorded run for everyone, and again for a reader
with their own figures, by the very same template.

A room registers its places in `AppConfig.ready`, as it registers its other blocks.
"""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse

from lessons.catalog import Lesson
from lessons.pictures import placed
from lessons.registry import Directive, Files, RenderedBlock, register_directive
from stopwatch.measured import Board
from stopwatch.recorded import board_of

# What a place's template is given besides the block and the board: made of these, the learner who reads (None for
# everyone) and the lesson's other files.
PlaceContext = Callable[[RenderedBlock, Board, uuid.UUID | None, Files], Mapping[str, Any]]


@dataclass(frozen=True)
class Place:
    """What stands inside a place."""

    template: str
    context: PlaceContext


places: dict[str, Place] = {}


def register_place(directive: Directive, context: PlaceContext, *, around: str = "stopwatch/_place.html") -> None:
    """Make a block known that shows what was measured.

    Args:
        directive: its `template` is rendered with `block`, `board` and what `context` gives; its own `context` is not
            used.
        around: the template of a block of which the place is only a part. It includes "stopwatch/_place.html", and what
            stands around that is not drawn again.
    """
    places[directive.name] = Place(directive.template, context)
    scripts = ("js/stopwatch.js", *directive.scripts)  # which asks for the reader's own figures
    styles = ("css/stopwatch.css", *directive.styles)
    # Figures link to their definitions.
    register_directive(
        replace(
            directive,
            template=around,
            context=_recorded,
            scripts=scripts,
            styles=styles,
            needs_block="definitions",
            is_evidence=True,
        )
    )


def redraw(lesson: Lesson, mode: str, board: Board, learner: uuid.UUID | None) -> str:
    """Every place of a lesson's page, to be put in the place of what is there (htmx, out of band)."""
    blocks = [part for part in lesson.pages[mode].parts if isinstance(part, RenderedBlock) and part.name in places]
    html = "\n".join(
        render_to_string("stopwatch/_place.html", {**_drawn(block, board, learner, lesson.files), "is_redrawn": True})
        for block in blocks
    )
    return placed(html, lesson.slug, lesson.files)


def _recorded(block: RenderedBlock, files: Files) -> Mapping[str, Any]:
    return _drawn(block, board_of(files), None, files)


def _drawn(block: RenderedBlock, board: Board, learner: uuid.UUID | None, files: Files) -> dict[str, Any]:
    place = places[block.name]
    context = {"block": block, "board": board, **place.context(block, board, learner, files)}
    address = reverse("stopwatch:measured", args=[block.lesson, block.mode]) if block.mode else ""
    return {**context, "address": address, "inside": render_to_string(place.template, context)}

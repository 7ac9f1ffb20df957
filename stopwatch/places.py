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
# everyone) and the lesson's other files. A block with several places says under "parts" what each is given, by name.
PlaceContext = Callable[[RenderedBlock, Board, uuid.UUID | None, Files], Mapping[str, Any]]


# Whether something of a learner's goes on in a block, so that it has to be shown although nothing is measured yet.
GoesOn = Callable[[RenderedBlock, uuid.UUID], bool]


def _never(block: RenderedBlock, learner: uuid.UUID) -> bool:
    return False


@dataclass(frozen=True)
class Place:
    """What stands inside a place."""

    template: str
    context: PlaceContext
    goes_on: GoesOn


places: dict[str, Place] = {}


def register_place(
    directive: Directive,
    context: PlaceContext,
    *,
    around: str = "stopwatch/_place.html",
    goes_on: GoesOn = _never,
    needs_block: str = "definitions",
) -> None:
    """Make a block known that shows what was measured.

    Args:
        directive: its `template` is rendered with `block`, `board` and what `context` gives; its own `context` is not
            used.
        around: the template of a block of which the place is only a part. It includes "stopwatch/_place.html", and what
            stands around that is not drawn again. Where there are several places, `drawn` has what that needs of each,
            in the order of the parts.
        needs_block: to which other block its figures link; a page that lacks it gets a warning.
        goes_on: see GoesOn.
    """
    places[directive.name] = Place(directive.template, context, goes_on)
    scripts = ("js/stopwatch.js", *directive.scripts)  # which asks for the reader's own figures
    styles = ("css/stopwatch.css", *directive.styles)
    register_directive(
        replace(
            directive,
            template=around,
            context=_recorded,
            scripts=scripts,
            styles=styles,
            needs_block=needs_block,
            is_evidence=True,
        )
    )


def redraw(lesson: Lesson, mode: str, board: Board, learner: uuid.UUID | None) -> str:
    """Every place of a lesson's page, to be put in the place of what is there (htmx, out of band)."""
    html = "\n".join(
        render_to_string("stopwatch/_place.html", {**part, "is_redrawn": True})
        for block in _blocks(lesson, mode)
        for part in _drawn(block, board, learner, lesson.files)["drawn"]
    )
    return placed(html, lesson.slug, lesson.files)


def anything_goes_on(lesson: Lesson, mode: str, learner: uuid.UUID) -> bool:
    """Whether something of a learner's goes on in a place of a lesson's page."""
    return any(places[block.name].goes_on(block, learner) for block in _blocks(lesson, mode))


def _blocks(lesson: Lesson, mode: str) -> list[RenderedBlock]:
    return [part for part in lesson.pages[mode].parts if isinstance(part, RenderedBlock) and part.name in places]


def _recorded(block: RenderedBlock, files: Files) -> Mapping[str, Any]:
    context = _drawn(block, board_of(files), None, files)
    return {**context, **context["drawn"][0]}


def _drawn(block: RenderedBlock, board: Board, learner: uuid.UUID | None, files: Files) -> dict[str, Any]:
    """What the template around a block's places is given. `drawn` has the places as they are drawn."""
    place = places[block.name]
    context = {"block": block, "board": board, **place.context(block, board, learner, files)}
    parts: Mapping[str, Mapping[str, Any]] = context.get("parts", {"": {}})
    address = reverse("stopwatch:measured", args=[block.lesson, block.mode]) if block.mode else ""
    drawn = [
        {
            "id": f"{block.place}-{name}" if name else block.place,
            "address": address,
            "inside": render_to_string(place.template, {**context, **part}),
        }
        for name, part in parts.items()
    ]
    return {**context, "drawn": drawn}

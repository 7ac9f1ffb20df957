"""Puts measured figures into an author's text, where it says `[[case figure]]`."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from stopwatch.measured import Board
from stopwatch.registry import anchor
from stopwatch.sentences import PLACE, looked_up

register = template.Library()
NOT_MEASURED = format_html('<span class="measured none">{}</span>', "not measured")


@register.filter
def with_figures(html: str, board: Board) -> SafeString:
    """The same text with the board's figures, each one with its unit and a link to its definition.

    The text is an author's, rendered and cleaned; the places in it were checked when it was read.
    """
    return mark_safe(PLACE.sub(lambda found: figure(board, found["case"], found["name"]), html))  # noqa: S308


@register.simple_tag
def figure(board: Board, case: str, name: str) -> SafeString:
    """One figure of one case, with its unit and a link to its definition."""
    found = looked_up(board, case, name)
    if found is None:
        return NOT_MEASURED
    measured, known, value = found
    unit = format_html(' <span class="unit">{}</span>', known.unit.symbol) if known.unit.symbol else ""
    return format_html(
        '<span class="measured {}"><a class="figure" href="#figure-{}" title="{}">{}{}</a>{}</span>',
        "recorded" if measured.is_recorded else "own",
        anchor(case, known),
        known.label,
        measured.bound(known.name),
        known.unit.write(value),
        unit,
    )

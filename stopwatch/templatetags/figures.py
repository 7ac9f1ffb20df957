"""Puts measured figures into an author's text, where it says `[[case figure]]`."""

import re

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from stopwatch.definitions import DEFINITIONS
from stopwatch.measured import Board
from stopwatch.wording import number

register = template.Library()

PLACE = re.compile(r"\[\[(?P<case>[a-z]+) (?P<name>[a-z0-9-]+)\]\]")


@register.filter
def with_figures(html: str, board: Board) -> SafeString:
    """The same text with the board's figures, each one with its unit and a link to its definition.

    The text is an author's, rendered and cleaned; the places in it were checked when it was read.
    """
    return mark_safe(PLACE.sub(lambda found: figure(board, found["case"], found["name"]), html))  # noqa: S308


@register.simple_tag
def figure(board: Board, case: str, name: str) -> SafeString:
    """One figure of one case, with its unit and a link to its definition."""
    measured = board.of(case)
    value = measured.get(name) if measured else None
    if measured is None or value is None:
        return format_html('<span class="measured none">{}</span>', "not measured")
    kind = "recorded" if measured.is_recorded else "own"
    bound = "≤ " if name in measured.at_most else ""
    return format_html(
        '<span class="measured {}"><a class="figure" href="#figure-{}" title="{}">{}{}</a>'
        ' <span class="unit">ms</span></span>',
        kind,
        name,
        DEFINITIONS[name].label,
        bound,
        number(value),
    )

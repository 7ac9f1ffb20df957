"""Recall cards: from the text of a cards.md to the cards that are asked, and what the block `cards` shows of them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString

from lessons import front_matter, taken_out
from lessons.front_matter import FieldRule
from lessons.prose import ProseRenderer
from lessons.registry import ContentKind, Files, RenderedBlock
from lessons.scanning import Problem
from lessons.shown import is_blank
from quiz.questions import short_hash
from review.parsing import WrittenCard, parse

FIELDS = {"title": FieldRule()}


@dataclass(frozen=True)
class Card:
    """A card. `version` is a short hash of its two sides as written; `front`, `stem` and `back` are Markdown."""

    id: str
    version: str
    front: str
    front_html: SafeString
    stem: str
    stem_html: SafeString
    back: str
    back_html: SafeString


@dataclass(frozen=True)
class Cards:
    """The cards of a lesson, in order. `title` is empty unless the author gave one."""

    lesson: str
    title: str
    cards: tuple[Card, ...]

    def find(self, card_id: str) -> Card | None:
        """The card with that id, or None."""
        return next((card for card in self.cards if card.id == card_id), None)


def read(text: str, lesson: str) -> tuple[Cards, list[Problem]]:
    """Read a cards.md.

    Returns:
        the cards, and every problem by line and column. Beside an error there are no cards.
    """
    matter, problems = front_matter.read(text, FIELDS)
    written, wrong = parse(matter.body, matter.body_line)
    problems += wrong
    prose = ProseRenderer()
    is_broken = any(not problem.warning for problem in problems)
    made = [] if is_broken else [_rendered(card, prose) for card in written]
    problems += [problem for card, shown in zip(written, made, strict=False) for problem in _blank(card, shown)]
    problems += taken_out.problems_of(prose.taken, matter.body, matter.body_line)
    cards = () if any(not problem.warning for problem in problems) else tuple(made)
    return Cards(lesson, str(matter.values["title"] or ""), cards), problems


def _blank(written: WrittenCard, card: Card) -> Iterator[Problem]:
    """Sides on which there is nothing to be seen once they are shown."""
    for side, line, html in (("front", written.line, card.front_html), ("back", written.back_line, card.back_html)):
        if is_blank(html):
            message = f"the {side} shows no text: what looks like a tag is shown when it is written as code, like `<b>`"
            yield Problem(line, 1, message)


def _rendered(written: WrittenCard, prose: ProseRenderer) -> Card:
    return Card(
        id=written.id,
        version=short_hash(written.text, written.stem, written.back),
        front=written.text,
        front_html=prose.inline(written.text),
        stem=written.stem,
        stem_html=prose.render(written.stem),
        back=written.back,
        back_html=(prose.led if written.has_beside else prose.render)(written.back),
    )


def context(block: RenderedBlock, files: Files) -> Mapping[str, Any]:
    """What the block shows: every card, the same for everyone."""
    deck = CARDS.of(files)
    return {"lesson": block.lesson, "cards": deck.cards if deck else ()}


STARTER = """## What …? {#what-something}

> **Back:** …
"""
CARDS = ContentKind("cards.md", "Cards", read, starter=STARTER, preview="/// cards\n///")

"""Entities: `&lt;` and `&#60;` stand for a sign, and `&section` stands for nothing (CommonMark 0.31.2, section 2.5).

HTML is less strict: it takes the beginning of `&notanything;`, and of `?a=1&section=2`, for entities without an end.
"""

import re
from html import unescape
from html.entities import html5

from markdown import Markdown
from markdown.inlinepatterns import InlineProcessor

ENTITY = re.compile(r"&(?:#(?P<digits>[0-9]++)|#[xX](?P<in_hex>[0-9a-fA-F]++)|(?P<name>[a-zA-Z][a-zA-Z0-9]*+));")
MOST_DIGITS, MOST_IN_HEX = 7, 6


def is_entity(found: re.Match[str]) -> bool:
    """Whether what looks like an entity is one."""
    if found["name"]:
        return f"{found['name']};" in html5
    return len(found["digits"] or "") <= MOST_DIGITS and len(found["in_hex"] or "") <= MOST_IN_HEX


def with_entities(text: str) -> str:
    """The text with the signs for which entities stand."""
    return ENTITY.sub(lambda found: unescape(found[0]) if is_entity(found) else found[0], text)


class Entities(InlineProcessor):
    """Leaves entities to HTML, and shows what only looks like one."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(ENTITY.pattern, md)

    def handleMatch(  # type: ignore[override]  # noqa: N802 - its name there
        self,
        m: re.Match[str],
        data: str,  # noqa: ARG002 - it is asked with both
    ) -> tuple[str, int, int]:
        """The mark that stands for it, and from where to where it does."""
        html = m[0] if is_entity(m) else f"&amp;{m[0][1:]}"
        return self.md.htmlStash.store(html), m.start(), m.end()

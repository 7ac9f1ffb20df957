"""Addresses that are links as they stand: GitHub Flavored Markdown 0.29, section 6.9."""

import re
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.inlinepatterns import InlineProcessor
from markdown.util import STX, AtomicString

from lessons.dialect.rows import NO_MARK

# Before it stands nothing, a space, or one of the signs of emphasis and brackets. A mark is of something put away.
ADDRESS = rf"""(?P<scheme>(?<![a-zA-Z0-9])https?://(?=[\w-]))[^\s<{STX}]+
    |(?P<bare>(?:(?<=[\s*_~({NO_MARK}])|^)www\.)[\w-][^\s<{STX}]*
    |(?P<mail>(?<![\w.+@/-])[\w.+-]+@[a-zA-Z0-9_-]+(?:\.[a-zA-Z0-9_-]+)+(?<![_-]))"""
PUNCTUATION = "?!.,:*_~'\""
ENTITY = re.compile(r"&[a-zA-Z0-9]+;$")


class BareText(AtomicString):
    """The text of such a link: the only one that begins and ends with no sign of its own."""


class BareLinks(InlineProcessor):
    """Makes links of them."""

    ANCESTOR_EXCLUDES = ("a",)

    def __init__(self, md: Markdown) -> None:
        super().__init__(ADDRESS, md)
        self.compiled_re = re.compile(ADDRESS, re.VERBOSE | re.IGNORECASE | re.MULTILINE)

    def handleMatch(  # type: ignore[override]  # noqa: N802 - its name there
        self,
        m: re.Match[str],
        data: str,  # noqa: ARG002 - it is asked with both
    ) -> tuple[Element | None, int | None, int | None]:
        """A link, and from where to where it stands in place of the text."""
        text = m[0] if m["mail"] else without_what_is_behind(m[0])
        if not m["mail"] and len(text) <= len(m["scheme"] or m["bare"]):
            return None, m.start(), m.end()
        before = "mailto:" if m["mail"] else "http://" if m["bare"] else ""
        link = Element("a", {"href": before + text})
        link.text = BareText(text)
        return link, m.start(), m.start() + len(text)


def without_what_is_behind(address: str) -> str:
    """An address without the punctuation of the sentence in which it stands, and without an entity."""
    end = len(address)
    while end:
        last = address[end - 1]
        is_unopened = last == ")" and address.count(")", 0, end) > address.count("(", 0, end)
        if last in PUNCTUATION or is_unopened:
            end -= 1
        elif last == ";" and (found := ENTITY.search(address, 0, end)):
            end = found.start()
        else:
            break
    return address[:end]

r"""What stands in a line, where Python-Markdown reads it otherwise than CommonMark: what a backslash makes of a sign.

A backslash before any sign of ASCII shows that sign, and at the end of a line it breaks the line.
"""

import re
import string
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.inlinepatterns import ESCAPE_RE, EscapeInlineProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

ESCAPES = 180  # their priority: below code, above everything else
PATTERNS = 20  # the priority of what looks for patterns
SIGN = re.compile(r"[`\\*_~\[<&@]|  \n|://|www\.", re.IGNORECASE)  # every pattern has one of these


def register(md: Markdown) -> None:
    """Let a converter read backslashes as CommonMark does (sections 2.4 and 6.7)."""
    md.ESCAPED_CHARS = list(string.punctuation)
    md.inlinePatterns.register(_Escapes(ESCAPE_RE, md), "escape", ESCAPES)
    md.treeprocessors.register(_SetApart(md), "set-apart", PATTERNS + 1)
    md.treeprocessors.register(_PutBack(md), "put-back", PATTERNS - 1)


class _Escapes(EscapeInlineProcessor):
    r"""The escapes of Python-Markdown, a break, and an ampersand that begins no entity: `\&lt;` shows four signs."""

    def handleMatch(  # type: ignore[override]  # noqa: N802 - its name there, where a break is no element
        self, found: re.Match[str], data: str
    ) -> tuple[Element | str | None, int | None, int | None]:
        if found[1] == "\n":
            return Element("br"), found.start(), found.end()
        if found[1] == "&":
            return self.md.htmlStash.store("&amp;"), found.start(), found.end()
        return super().handleMatch(found, data)


class _Plain(AtomicString):
    """A text without any sign of a pattern: it need not be held against all of them."""


class _SetApart(Treeprocessor):
    """Sets such texts apart before patterns are looked for: four of five texts are plain."""

    def run(self, root: Element) -> None:
        for element in root.iter():
            if element.text and type(element.text) is str and not SIGN.search(element.text):
                element.text = _Plain(element.text)
            if element.tail and type(element.tail) is str and not SIGN.search(element.tail):
                element.tail = _Plain(element.tail)


class _PutBack(Treeprocessor):
    """Makes them texts like all others again, for those who look for something else in them: abbreviations, say."""

    def run(self, root: Element) -> None:
        for element in root.iter():
            if isinstance(element.text, _Plain):
                element.text = str(element.text)
            if isinstance(element.tail, _Plain):
                element.tail = str(element.tail)

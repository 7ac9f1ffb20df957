"""What stands in a line and is read before everything else: code, HTML, addresses in angle brackets, backslashes.

Whichever begins first holds, by CommonMark 0.31.2, sections 2.4, 6.1 and 6.5 to 6.7.
"""

import re
import string
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import ETX, STX, AtomicString, code_escape

from lessons.dialect import html
from lessons.dialect.bare_links import BareLinks
from lessons.dialect.emphasis import Emphasis
from lessons.dialect.entities import Entities
from lessons.dialect.links import Links, Pictures, in_target

BEGINS = r"[`<\\]"
ADDRESS = re.compile(r"<([a-zA-Z][a-zA-Z0-9+.-]{1,31}:[^\s<>]*)>")
MAIL = re.compile(r"<([a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]++@[a-zA-Z0-9-]++(?:\.[a-zA-Z0-9-]++)*+)>")
TICKS = re.compile(r"`+")
SIGN = re.compile(r"[`\\*_~\[<&@]|  \n|https?://|www\.", re.IGNORECASE)  # every pattern has one of these
REPLACED = (
    "backtick escape reference link image_link image_reference short_reference short_image_ref autolink automail html"
    " em_strong"
)
PATTERNS = 20  # the priority of what looks for patterns

Made = tuple[Element | str | None, int | None, int | None]


def register(md: Markdown) -> None:
    """Put these in the place of Python-Markdown's."""
    for name in REPLACED.split():
        md.inlinePatterns.deregister(name)
    md.ESCAPED_CHARS = list(string.punctuation)
    md.inlinePatterns.register(Verbatim(BEGINS, md), "verbatim", 190)
    md.inlinePatterns.register(Pictures(md), "image_link", 170)
    md.inlinePatterns.register(Links(md), "link", 160)
    md.inlinePatterns.register(BareLinks(md), "bare-link", 90)
    md.inlinePatterns.register(Entities(md), "entity", 80)
    md.inlinePatterns.register(Emphasis(md), "emphasis", 60)
    md.treeprocessors.register(_SetApart(md), "set-apart", PATTERNS + 1)
    md.treeprocessors.register(_PutBack(md), "put-back", PATTERNS - 1)


class Verbatim(InlineProcessor):
    """Code, HTML, addresses and escapes."""

    def handleMatch(self, m: re.Match[str], data: str) -> Made:  # type: ignore[override]  # noqa: N802 - its name there
        """What stands in place of the text, and from where to where."""
        if in_target(data, m.start()):
            return None, m.start(), m.end()
        match m[0]:
            case "`":
                return self.code(m.start(), data)
            case "\\":
                return self.escaped(m.start(), data)
            case _:
                return self.in_angles(m.start(), data)

    def code(self, start: int, data: str) -> Made:
        opening = TICKS.match(data, start)
        assert opening
        end = next((ticks for ticks in TICKS.finditer(data, opening.end()) if ticks[0] == opening[0]), None)
        if end is None:
            return None, start, opening.end()
        text = data[opening.end() : end.start()].replace("\n", " ")
        if text.startswith(" ") and text.endswith(" ") and text.strip(" "):
            text = text[1:-1]
        code = Element("code")
        code.text = AtomicString(code_escape(text))
        return code, start, end.end()

    def escaped(self, start: int, data: str) -> Made:
        sign = data[start + 1 : start + 2]
        if sign == "\n":
            return Element("br"), start, start + 2
        if sign == "&":  # alone, it would begin an entity again when HTML is made
            return self.md.htmlStash.store("&amp;"), start, start + 2
        if sign and sign in string.punctuation:
            return f"{STX}{ord(sign)}{ETX}", start, start + 2
        return None, start, start + 1

    def in_angles(self, start: int, data: str) -> Made:
        if (found := ADDRESS.match(data, start)) or (found := MAIL.match(data, start)):
            link = Element("a", {"href": found[1] if ":" in found[1] else f"mailto:{found[1]}"})
            link.text = AtomicString(found[1])
            return link, start, found.end()
        if found := html.TAG.match(data, start):
            return self.md.htmlStash.store(found[0]), start, found.end()
        return None, start, start + 1


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

"""Links and pictures: `[text](target "title")`, `[text][name]`, `[name]`, by CommonMark 0.31.2, section 6.3."""

import re
from collections.abc import Mapping
from functools import lru_cache
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.inlinepatterns import InlineProcessor
from markdown.util import ETX, HTML_PLACEHOLDER_RE, STX

from lessons.dialect.entities import with_entities
from lessons.dialect.references import bare, name_of, read

LINK = r"(?<!!)\["
PICTURE = r"!\["
SIGN = rf"\\.|[^\s()\\{STX}]"  # nothing that was put away
DIRECT = re.compile(
    rf"""\([ \t]*+\n?[ \t]*+
    (?P<target><(?:\\.|[^<>\\\n{STX}])*+>|(?!<)(?:{SIGN}|\((?:{SIGN}|\((?:{SIGN})*+\))*+\))*+)?
    (?:(?:[ \t]++\n?|\n)[ \t]*+(?P<title>"(?:\\.|[^"\\])*+"|'(?:\\.|[^'\\])*+'|\((?:\\.|[^()\\])*+\)))?
    [ \t]*+\n?[ \t]*+\)""",
    re.VERBOSE | re.DOTALL,
)
NAMED = re.compile(r"\[(?P<name>[^\[\]]*+)\]")
BRACKET = re.compile(r"[\[\]]")
ESCAPED = re.compile(rf"{STX}([0-9]+){ETX}")


@lru_cache(maxsize=8)
def closing(text: str) -> Mapping[int, int]:
    """Where each bracket that opens is closed."""
    ends: dict[int, int] = {}
    open_at: list[int] = []
    for found in BRACKET.finditer(text):
        if found[0] == "[":
            open_at.append(found.start())
        elif open_at:
            ends[open_at.pop()] = found.start()
    return ends


def in_target(text: str, place: int) -> bool:
    """Whether a place stands in the target or title of a link, where nothing else is looked for."""
    before = text.rfind("](", 0, place)
    found = DIRECT.match(text, before + 1) if before >= 0 else None
    return bool(found and found.end() > place and before in closing(text).values())


class Links(InlineProcessor):
    """Makes links. Where a link stands inside another one, the inner one is one."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(LINK, md)

    def handleMatch(  # type: ignore[override]  # noqa: N802 - its name there
        self, m: re.Match[str], data: str
    ) -> tuple[Element | None, int | None, int | None]:
        """An element, and from where to where it stands in place of the text."""
        found = self.led_from(m.end() - 1, data)
        if found is None or self.holds_link(data, m.end(), closing(data)[m.end() - 1]):
            return None, m.start(), m.end()
        target, title, end = found
        return self.made(data[m.end() : closing(data)[m.end() - 1]], target, title), m.start(), end

    def made(self, text: str, target: str, title: str | None) -> Element:
        """The element of a link with this text."""
        link = Element("a", {"href": target})
        if title is not None:
            link.set("title", title)
        link.text = text
        return link

    def holds_link(self, data: str, start: int, end: int) -> bool:
        """Whether a link stands in a part of the text."""
        inside = re.compile(LINK).finditer(data, start, end)
        return any(self.led_from(found.start(), data) is not None for found in inside)

    def led_from(self, start: int, data: str) -> tuple[str, str | None, int] | None:
        """The target and title of the link whose text begins with the bracket at `start`, and where it ends."""
        end = closing(data).get(start)
        if end is None:
            return None
        if found := DIRECT.match(data, end + 1):
            title = read(found["title"][1:-1]) if found["title"] else None
            return read(bare(found["target"] or "")), title, found.end()
        if not self.md.references:
            return None
        named = NAMED.match(data, end + 1)
        name = named["name"] if named and named["name"] else data[start + 1 : end]
        known = self.md.references.get(name_of(self.plain(name)))
        if known is None:
            return None
        return known[0], known[1] or None, named.end() if named else end + 1

    def plain(self, text: str) -> str:
        """A text with what was put away in the place of its marks, as it is read."""
        html = HTML_PLACEHOLDER_RE.sub(
            lambda found: str(self.md.htmlStash.rawHtmlBlocks[int(found[1])]), self.unescape(text)
        )
        return with_entities(ESCAPED.sub(lambda found: chr(int(found[1])), html))


class Pictures(Links):
    """Makes pictures. Their text is what is said of them."""

    def __init__(self, md: Markdown) -> None:
        InlineProcessor.__init__(self, PICTURE, md)

    def holds_link(self, data: str, start: int, end: int) -> bool:  # noqa: ARG002 - a picture may hold one
        """A picture stands in the place of all that stands in its words."""
        return False

    def made(self, text: str, target: str, title: str | None) -> Element:
        picture = Element("img", {"src": target, "alt": self.plain(text)})
        if title is not None:
            picture.set("title", title)
        return picture

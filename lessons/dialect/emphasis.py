"""Emphasis (`*a*`, `**a**`, `_a_`) and what is struck (`~~a~~`): CommonMark 0.31.2, section 6.2 and its appendix.

Everything else in the text has been put away before, with a mark in its place. A mark counts as a sign of punctuation,
which all that it stands for begins and ends with.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.inlinepatterns import InlineProcessor
from markdown.util import ETX, INLINE_PLACEHOLDER_RE, STX

from lessons.dialect.bare_links import BareText
from lessons.dialect.rows import NO_MARK

RUN = re.compile(r"\*+|_+|~+")
TAGS = {"*": ("em", "strong"), "_": ("em", "strong"), "~": ("", "del")}
STRUCK = 2  # signs on each side of what is struck


@dataclass
class Run:
    """Signs in a row. `start` to `end` are those that are left, `length` is how many there were."""

    sign: str
    start: int
    end: int
    length: int
    can_open: bool
    can_close: bool

    @property
    def is_both(self) -> bool:
        return self.can_open and self.can_close

    def closes(self, opening: "Run") -> bool:
        """Whether it ends what the other run begins."""
        if self.sign != opening.sign or not opening.can_open:
            return False
        if self.sign == "~":
            return self.length == opening.length == STRUCK
        together = self.length + opening.length
        return not (self.is_both or opening.is_both) or together % 3 != 0 or self.length % 3 == 0  # "rule of three"


@dataclass
class Region:
    """What is emphasised: its signs stand at `start` and before `end`, on each side as many as `size`."""

    tag: str
    start: int
    end: int
    size: int
    inside: list["Region"] = field(default_factory=list)


def regions(text: str) -> list[Region]:
    """The emphasised parts of a text, those within others in these."""
    found: list[Region] = []
    opened: list[Run] = []
    # Behind it, no opening of a kind is any use to a closing one: so nothing is looked at twice.
    bottom: dict[tuple[str, bool, int], int] = {}
    for run in runs(text):
        if run.can_close:
            _close(run, opened, bottom, found)
        if run.can_open and run.start < run.end:
            opened.append(run)
    return _nested(found)


def _close(run: Run, opened: list[Run], bottom: dict[tuple[str, bool, int], int], found: list[Region]) -> None:
    key = (run.sign, run.can_open, run.length % 3)
    while run.start < run.end:
        floor = bottom.get(key, 0)
        at = next((at for at in range(len(opened) - 1, floor - 1, -1) if run.closes(opened[at])), None)
        if at is None:
            bottom[key] = len(opened)
            return
        opening = opened[at]
        size = min(2, opening.end - opening.start, run.end - run.start)
        found.append(Region(TAGS[run.sign][size - 1], opening.end - size, run.start + size, size))
        opening.end -= size
        run.start += size
        del opened[at + (opening.start < opening.end) :]
        for each, height in bottom.items():
            bottom[each] = min(height, len(opened))


def runs(text: str) -> Iterator[Run]:
    """The runs of signs, and whether each can open or close by what stands around it."""
    for found in RUN.finditer(text):
        before, after = text[found.start() - 1 : found.start()], text[found.end() : found.end() + 1]
        opens = not _is_space(after) and (not _is_punctuation(after) or _is_space(before) or _is_punctuation(before))
        closes = not _is_space(before) and (not _is_punctuation(before) or _is_space(after) or _is_punctuation(after))
        sign = found[0][0]
        if sign == "_":  # none within a word
            opens, closes = (
                opens and (not closes or _is_punctuation(before)),
                closes and (not opens or _is_punctuation(after)),
            )
        yield Run(sign, found.start(), found.end(), len(found[0]), opens, closes)


def _is_space(sign: str) -> bool:
    return not sign or sign.isspace() or sign == NO_MARK


def _is_punctuation(sign: str) -> bool:
    return bool(sign) and (sign in (STX, ETX) or unicodedata.category(sign)[0] in "PS")


def _nested(found: list[Region]) -> list[Region]:
    outermost: list[Region] = []
    around: list[Region] = []
    for region in sorted(found, key=lambda each: (each.start, -each.end)):
        while around and around[-1].end <= region.start:
            around.pop()
        (around[-1].inside if around else outermost).append(region)
        around.append(region)
    return outermost


class _Read(str):
    """A text in which emphasis has been looked for: what is left in it is no emphasis by itself."""

    __slots__ = ()


@dataclass
class _Given:
    """What was given last of a text: it stands between two parts, and is replaced by a mark. Others may wait behind it.

    `moved` is by how much the places behind it have moved, but for that mark.
    """

    before: str
    behind: str
    waiting: list[Region]
    moved: int

    def length_in(self, data: str) -> int | None:
        """How long the mark is, if a text is this one with a mark in its place."""
        length = len(data) - len(self.before) - len(self.behind)
        is_same = length > 0 and data.startswith(self.before) and data.endswith(self.behind)
        mark = data[len(self.before) : len(self.before) + length]
        return length if is_same and INLINE_PLACEHOLDER_RE.fullmatch(mark) else None


class Emphasis(InlineProcessor):
    """Makes elements of what is emphasised, all of a text at once, and gives them one by one."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(RUN.pattern, md)
        self.given: _Given | None = None

    def handleMatch(  # type: ignore[override]  # noqa: N802 - its name there
        self, m: re.Match[str], data: str
    ) -> tuple[Element | None, int | None, int | None]:
        """An element, and from where to where it stands in place of the text."""
        if isinstance(data, _Read):
            return None, m.start(), len(data)
        waiting, moved = self.left(data)
        if not waiting:
            return None, m.start(), len(data)
        region = waiting[0]
        start, end = region.start + moved, region.end + moved
        self.given = _Given(data[:start], data[end:], waiting[1:], moved - (end - start))
        return _element(region, data, moved), start, end

    def left(self, data: str) -> tuple[list[Region], int]:
        """What of a text is to be given yet, and by how much its places have moved."""
        length = self.given.length_in(data) if self.given else None
        if self.given and length:
            return self.given.waiting, self.given.moved + length
        return regions(INLINE_PLACEHOLDER_RE.sub(self.seen, data)), 0

    def seen(self, mark: re.Match[str]) -> str:
        """A mark as what is around it sees it: that of an address that is a link as it stands, as letters."""
        node = self.md.treeprocessors["inline"].stashed_nodes.get(mark[1])  # type: ignore[attr-defined]  # it is there
        return "a" * len(mark[0]) if isinstance(node, Element) and isinstance(node.text, BareText) else mark[0]


def _element(region: Region, data: str, moved: int) -> Element:
    """An element with the text of a region, and with all those within it."""
    element = Element(region.tag)
    _fill(element, region, data, moved)
    return element


def _fill(element: Element, region: Region, data: str, moved: int) -> None:
    at, end = region.start + region.size, region.end - region.size
    last: Element | None = None
    for each in [*region.inside, None]:
        text = _Read(data[at + moved : (each.start if each else end) + moved])
        if last is None:
            element.text = text
        else:
            last.tail = text
        if each:
            last = SubElement(element, each.tag)
            _fill(last, each, data, moved)
            at = each.end

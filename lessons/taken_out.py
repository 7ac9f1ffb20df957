"""Tags that an author did not mean as such, or that no reader sees: `List<String>` is shown as "List".

What Markdown leaves as a tag is looked at before it is cleaned, so that what is told here is what happens there.
"""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from lessons.scanning import Problem
from lessons.words import without_code

TAG = re.compile(
    r"<(?P<ends>/?)(?P<name>[a-zA-Z][^\s/<>]*+)(?P<rest>[^<>]*+)(?:>|(?=<)|\Z)|<(?:[!?]|/(?![a-zA-Z]))[^<>]*+(?:>|(?=<)|\Z)"
)
BEGINS = re.compile(r"</?([a-zA-Z][^\s/<>]*)|<(?:[!?]|/(?![a-zA-Z]))")  # what may become a tag
ATTRIBUTE = re.compile(r"([^\s\"'<>/=]++)(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s\"'=<>`]++))?")
# Tags that need no end: those that hold nothing, and those that end with what is around them.
NO_END = "br hr img wbr col p li dt dd td th tr thead tbody tfoot colgroup caption rp rt rtc"
NEED_NO_END = frozenset(NO_END.split())
# What stands between these is no text. Of any other tag that is taken out, the words stay.
HOLD_NO_TEXT = ("script", "style")
MOST = 200  # warnings: no more of a file are told
LONGEST_SHOWN = 60  # characters of a tag in a message

Allows = Callable[[str, str], bool]


@dataclass(frozen=True)
class TakenOut:
    """A tag as written, the Markdown in which it stands, and what became of it ("is taken out")."""

    text: str
    tag: str
    fate: str


@dataclass(frozen=True)
class _Tag:
    """A tag of some HTML: its name in lower case (empty for a declaration), and what stands behind that."""

    written: str
    name: str
    ends: bool
    rest: str


def _tag(found: re.Match[str]) -> _Tag:
    return _Tag(found[0], (found["name"] or "").lower(), bool(found["ends"]), found["rest"] or "")


def taken_out(text: str, html: str, tags: Collection[str], allows: Allows) -> list[TakenOut]:
    """The tags of the HTML that Markdown made of a text which are no tags, or not whole, once it is cleaned.

    Args:
        text: the Markdown.
        html: what was made of it, not cleaned.
        tags: the names of those that stay.
        allows: whether a tag keeps an attribute, by the names of both.
    """
    names = {(found[1] or "").lower() for found in BEGINS.finditer(text)}
    if not names:
        return []
    found = [tag for tag in map(_tag, TAG.finditer(_without_comments(html))) if tag.name in names]
    written = {each[0] for each in TAG.finditer(text)}
    # One without an end goes on in the text: how far, only Markdown says.
    of_author = [
        tag for tag in found if tag.written in written or (tag.written[-1] != ">" and tag.written.strip() in text)
    ]
    fates = [*_unknown(found, tags), *_spoiled(found, of_author, tags, allows)]
    return [TakenOut(text, tag.written, fate) for tag, fate in fates]


def _without_comments(html: str) -> str:
    kept, at = [], 0
    while (start := html.find("<!--", at)) >= 0 and (end := html.find("-->", start + 4)) >= 0:
        kept.append(html[at:start])
        at = end + 3
    return "".join([*kept, html[at:]])


def without_unknown(html: str, tags: Collection[str]) -> str:
    """The HTML without tags of other names. Their words stay, of which cleaning drops some: all behind an `<int>`."""
    ends = {name: html.lower().rfind(f"</{name}") for name in HOLD_NO_TEXT} if "<" in html else {}

    def left(found: re.Match[str]) -> str:
        name = (found["name"] or "").lower()
        return found[0] if name in tags or found.start() <= ends.get(name, -1) else ""

    return TAG.sub(left, html)


def _unknown(found: list[_Tag], tags: Collection[str]) -> Iterator[tuple[_Tag, str]]:
    """Tags that do not stay. Of those that belong together, the first one says it."""
    begun = {tag.name for tag in found if not tag.ends}
    for tag in found:
        if tag.name not in tags and not (tag.ends and tag.name in begun):
            yield tag, "is taken out, with what it holds" if tag.name in HOLD_NO_TEXT else "is taken out"


def _spoiled(
    found: list[_Tag], of_author: list[_Tag], tags: Collection[str], allows: Allows
) -> Iterator[tuple[_Tag, str]]:
    """Tags that lose attributes, which may have been words, and tags without an end, or a beginning, of their own."""
    opened = Counter(tag.name for tag in found if not tag.ends)
    opened.subtract(Counter(tag.name for tag in found if tag.ends))
    for tag in of_author:
        if tag.name not in tags:
            continue
        fates = []
        lost = [each for each in ATTRIBUTE.findall(tag.rest) if not allows(tag.name, each.lower())]
        if lost:
            fates.append(f"loses “{' '.join(lost)}”")
        if tag.ends and opened[tag.name] < 0:
            opened[tag.name] += 1
            fates.append("ends nothing")
        elif not tag.ends and opened[tag.name] > 0 and tag.name not in NEED_NO_END:
            opened[tag.name] -= 1
            fates.append("is never closed")
        if fates:
            yield tag, " and ".join(fates)


def problems_of(taken: Iterable[TakenOut], source: str, first: int = 1) -> Iterator[Problem]:
    """A warning for each tag, where it stands in the source, whose first line has the number `first`."""
    places = _Places(source.split("\n"), without_code(source).split("\n"))
    for each in islice(taken, MOST):
        row, column = places.of(each)
        shown = " ".join(each.tag.split())
        shown = f"{shown[:LONGEST_SHOWN]}…" if len(shown) > LONGEST_SHOWN else shown
        message = f"the tag {shown} {each.fate}: to show it, write it as code, `{shown}`, or as \\{shown}"
        yield Problem(first + row, column + 1, message, warning=True)


@dataclass
class _Places:
    """Where tags stand in the rows of a source: pieces of Markdown are cut out of it, without quotes and indents.

    So the row of the piece is looked for in the rows of the source; the same one again stands further down.
    """

    rows: list[str]
    rows_without_code: list[str]
    blank: dict[str, str] = field(default_factory=dict)  # each piece with spaces for its code
    next: dict[tuple[str, str], int] = field(default_factory=dict)  # where in a piece a tag is looked for
    found: dict[tuple[str, int], int] = field(default_factory=dict)  # the row of the source, by that of a piece
    used: set[int] = field(default_factory=set)

    def of(self, each: TakenOut) -> tuple[int, int]:
        """The row and the column, from 0."""
        text, tag = each.text, each.tag.split("\n", 1)[0]
        at = self._place_in_piece(text, tag)
        begins = text.rfind("\n", 0, at) + 1
        end = text.find("\n", at)
        whole = text[begins : end if end >= 0 else len(text)]
        row = self._row(text, begins, whole.strip(), tag)
        before = at - begins - (len(whole) - len(whole.lstrip()))
        return row, max(self.rows[row].rfind(whole.strip()), 0) + max(before, 0)

    def _place_in_piece(self, text: str, tag: str) -> int:
        blank = self.blank.setdefault(text, "") or without_code(text)
        self.blank[text] = blank
        at = blank.find(tag, self.next.get((text, tag), 0))
        if at < 0:  # the same piece a second time, or the tag is no words to us
            self.found = {key: row for key, row in self.found.items() if key[0] != text}
            at = max(blank.find(tag), 0) or max(text.find(tag), 0)
        self.next[text, tag] = at + 1
        return at

    def _row(self, text: str, begins: int, whole: str, tag: str) -> int:
        if (text, begins) not in self.found:
            ways: tuple[Callable[[str], bool], ...] = (
                lambda row: row.strip() == whole,
                lambda row: row.rstrip().endswith(whole),
                lambda row: whole in row,
            )
            before = max((row for (other, _), row in self.found.items() if other == text), default=-1)
            free = [number for number in range(before + 1, len(self.rows)) if number not in self.used]
            free = [number for number in free if tag in self.rows_without_code[number]] or free
            found = (number for is_it in ways for number in free if is_it(self.rows[number]))
            self.found[text, begins] = next(found, max(before, 0))
            self.used.add(self.found[text, begins])
        return self.found[text, begins]

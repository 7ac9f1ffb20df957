"""Tags that an author did not mean as such, or that no reader sees: `List<String>` is shown as "List".

What Markdown leaves as a tag is looked at before it is cleaned, so that what is told here is what happens there.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from lessons.scanning import Problem
from lessons.words import without_code

TAG = re.compile(
    r"<(?P<ends>/?)(?P<name>[a-zA-Z][^\s/<>]*+)(?P<rest>[^<>]*+)(?:>|(?=<)|\Z)|<(?:[!?]|/(?![a-zA-Z]))[^<>]*+(?:>|(?=<)|\Z)"
)
BEGINS = re.compile(r"</?([a-zA-Z][^\s/<>]*)|<(?:[!?]|/(?![a-zA-Z]))")  # what may become a tag
ATTRIBUTE = re.compile(r"([^\s\"'<>/=]++)(?:\s*+=\s*+(\"[^\"]*+\"|'[^']*+'|[^\s\"'=<>`]++))?")
# Tags that need no end: those that hold nothing, and those that end with what is around them.
NO_END = "br hr img wbr col p li dt dd td th tr thead tbody tfoot colgroup caption rp rt rtc"
NEED_NO_END = frozenset(NO_END.split())
# What stands between these is no text. Of any other tag that is taken out, the words stay.
HOLD_NO_TEXT = ("script", "style")
MOST = 200  # warnings: no more of a file are told
LONGEST_SHOWN = 60  # characters of a tag in a message

Allows = Callable[[str, str, str], bool]


@dataclass(frozen=True)
class TakenOut:
    """A tag as written, the Markdown in which it stands, and what became of it ("is taken out").

    `before` is how many tags like it stand before it there, and `piece` tells one piece of Markdown from another.
    """

    text: str
    tag: str
    fate: str
    before: int = 0
    piece: int = 0


@dataclass(frozen=True)
class _Tag:
    """A tag of some HTML: its name in lower case (empty for a declaration), and what stands behind that."""

    written: str
    name: str
    ends: bool
    rest: str


def _tag(found: re.Match[str]) -> _Tag:
    return _Tag(found[0], (found["name"] or "").lower(), bool(found["ends"]), found["rest"] or "")


def taken_out(text: str, html: str, tags: Collection[str], allows: Allows, piece: int = 0) -> list[TakenOut]:
    """The tags of the HTML that Markdown made of a text which are no tags, or not whole, once it is cleaned.

    Args:
        text: the Markdown.
        html: what was made of it, not cleaned.
        tags: the names of those that stay.
        allows: whether a tag keeps an attribute, by the names of both and its value.
        piece: a number that no other piece of Markdown of the same file has.
    """
    names = {(found[1] or "").lower() for found in BEGINS.finditer(text)}
    if not names:
        return []
    found = [tag for tag in map(_tag, TAG.finditer(without_comments(html))) if tag.name in names]
    written = {each[0] for each in TAG.finditer(text)}
    # One without an end goes on in the text: how far, only Markdown says.
    of_author = {
        at
        for at, tag in enumerate(found)
        if tag.written in written or (tag.written[-1] != ">" and tag.written.strip() in text)
    }
    fates = {**_unknown(found, tags), **_spoiled(found, of_author, tags, allows)}
    before: Counter[str] = Counter()
    taken = []
    for at, tag in enumerate(found):
        if at in fates:
            taken.append(TakenOut(text, tag.written, fates[at], before[tag.written], piece))
        before[tag.written] += 1
    return taken


def without_comments(html: str) -> str:
    """The HTML without its comments. One that never ends is left, for whoever tells of it."""
    kept, at = [], 0
    while (start := html.find("<!--", at)) >= 0 and (end := html.find("-->", start)) >= 0:
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


def _unknown(found: list[_Tag], tags: Collection[str]) -> dict[int, str]:
    """What becomes of tags that do not stay, by their places in the list. Of a pair, the first one says it."""
    begun = {tag.name for tag in found if not tag.ends}
    return {
        at: "is taken out, with what it holds" if tag.name in HOLD_NO_TEXT else "is taken out"
        for at, tag in enumerate(found)
        if tag.name not in tags and not (tag.ends and tag.name in begun)
    }


def _spoiled(found: list[_Tag], of_author: set[int], tags: Collection[str], allows: Allows) -> dict[int, str]:
    """What becomes of tags that lose attributes, which may have been words, or that have no end, or no beginning."""
    alone = _alone(found)
    fates = {}
    for at in of_author:
        tag = found[at]
        if tag.name in tags:
            lost = [name for name, value in ATTRIBUTE.findall(tag.rest) if not allows(tag.name, name.lower(), value)]
            said = [f"loses “{' '.join(lost)}”"] if lost else []
            said += ["ends nothing" if tag.ends else "is never closed"] if at in alone else []
            if said:
                fates[at] = " and ".join(said)
    return fates


def _alone(found: list[_Tag]) -> set[int]:
    """The places of tags without an end, and of ends without a beginning."""
    opened: defaultdict[str, list[int]] = defaultdict(list)
    ends = set()
    for at, tag in enumerate(found):
        if not tag.ends:
            opened[tag.name].append(at)
        elif opened[tag.name]:
            opened[tag.name].pop()
        else:
            ends.add(at)
    return ends | {at for name, places in opened.items() if name not in NEED_NO_END for at in places}


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
    found: dict[tuple[int, int], int] = field(default_factory=dict)  # the row of the source, by that of a piece
    used: set[int] = field(default_factory=set)

    def of(self, each: TakenOut) -> tuple[int, int]:
        """The row and the column, from 0."""
        text, tag = each.text, each.tag.split("\n", 1)[0]
        at = self._place_in_piece(text, tag, each.before)
        begins = text.rfind("\n", 0, at) + 1
        end = text.find("\n", at)
        whole = text[begins : end if end >= 0 else len(text)]
        row = self._row(each.piece, begins, whole.strip(), tag)
        before = at - begins - (len(whole) - len(whole.lstrip()))
        return row, max(self.rows[row].rfind(whole.strip()), 0) + max(before, 0)

    def _place_in_piece(self, text: str, tag: str, before: int) -> int:
        if text not in self.blank:
            self.blank[text] = without_code(text)
        places = [found.start() for found in re.finditer(rf"(?<!\\){re.escape(tag)}", self.blank[text])]
        return places[min(before, len(places) - 1)] if places else max(text.find(tag), 0)

    def _row(self, piece: int, begins: int, whole: str, tag: str) -> int:
        if (piece, begins) not in self.found:
            ways: tuple[Callable[[str], bool], ...] = (
                lambda row: row.strip() == whole,
                lambda row: row.rstrip().endswith(whole),
                lambda row: whole in row,
            )
            before = max((row for (other, _), row in self.found.items() if other == piece), default=-1)
            free = [number for number in range(before + 1, len(self.rows)) if number not in self.used]
            free = [number for number in free if tag in self.rows_without_code[number]] or free
            found = (number for is_it in ways for number in free if is_it(self.rows[number]))
            self.found[piece, begins] = next(found, max(before, 0))
            self.used.add(self.found[piece, begins])
        return self.found[piece, begins]

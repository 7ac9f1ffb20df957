"""Markdown to safe HTML: rendered by Python-Markdown, coloured by Pygments, and then cleaned by nh3.

Cleaning comes last for prose and before blocks are put in, so nothing that an author writes can script a reader's page,
and blocks may carry attributes that prose may not.
"""

import hashlib
import re
import unicodedata
from dataclasses import dataclass, field
from functools import cached_property
from html import unescape

import nh3
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify

from lessons.dialect import Reader
from lessons.dialect.rows import NO_MARK, UNDERLINE, heads_table
from lessons.direction import directed
from lessons.pictures import is_picture
from lessons.registry import directives
from lessons.scanning import FENCE
from lessons.taken_out import TakenOut, taken_out, without_unknown

EXTENSIONS = [
    "abbr",
    "def_list",
    "toc",
    "pymdownx.superfences",
    "pymdownx.highlight",
]
TAGS = (nh3.ALLOWED_TAGS | {"section", "figure", "figcaption"}) - {"area", "map"}
# No attribute on which the browser or htmx acts, and no style, survives.
ATTRIBUTES = {name: set(allowed) for name, allowed in nh3.ALLOWED_ATTRIBUTES.items()}
ATTRIBUTES["*"] = {"class", "id", "title", "lang", "dir"}
ATTRIBUTES["th"] = {"align", "scope", "colspan", "rowspan"}
ATTRIBUTES["hr"] = set()  # a rule is as wide as what it parts
ATTRIBUTES["span"] = {"data-linenos"}  # the number of a line of code
SCHEMES = {"http", "https", "mailto"}
# What may stand in a line: of the tags, those that begin no line of their own.
INLINE = (
    "a abbr acronym b bdi bdo br cite code data del dfn em i img ins kbd mark q rp rt rtc ruby s samp small span strike"
    " strong sub sup time tt u var wbr"
)
INLINE_TAGS = TAGS & set(INLINE.split())
IDS = (
    "main live-demo recorded-run your-runs quiz-message quiz-score predictions predictions-title outcomes-title"
    " my-progress my-progress-link my-mark my-mark-said my-lesson-progress"
)
OF_PAGE = frozenset(IDS.split())
ONE_PARAGRAPH = re.compile(r"<p(?: dir=\"auto\")?>((?:(?!<p[ >]).)*)</p>", re.DOTALL)


class TooDeep(Exception):
    """A piece of Markdown that is nested deeper than can be rendered. Has its text."""

    def __init__(self, text: str) -> None:
        super().__init__("nested too deep")
        self.text = text


@dataclass(frozen=True)
class Heading:
    """A heading of the page, for its list of contents."""

    id: str
    text: str
    level: int


@dataclass
class ProseRenderer:
    """A renderer of the pieces of one page, which sees to it that no two headings of it share an id.

    `taken` are the tags of all of them that were taken out.
    """

    headings: list[Heading] = field(default_factory=list)
    used: set[str] = field(default_factory=set)
    counts: dict[str, int] = field(default_factory=dict)
    taken: list[TakenOut] = field(default_factory=list)
    pieces: int = 0

    def render(self, text: str) -> SafeString:
        """Render Markdown to HTML that may stand in a page as it is.

        Raises:
            TooDeep: quotes or stars are nested a thousand deep.
        """
        html = self._converted(text, TAGS)
        self._collect(self._converter.toc_tokens)  # type: ignore[attr-defined]  # the toc extension puts it there
        return mark_safe(directed(_scrollable(clean(html))))  # noqa: S308 - it has just been cleaned

    def inline(self, text: str) -> SafeString:
        """Render a line as what it is, text, whatever it begins with: "# 3", "- 5" and "1986. A year" stay as they are.

        Marks within the line count: emphasis, code, links, pictures, and the HTML that may stand in a line.

        Raises:
            TooDeep: stars are nested a thousand deep.
        """
        html = self._converted(_as_line(text.replace("\r", " ").replace("\n", " ")), INLINE_TAGS)
        html = clean(html.removeprefix("<p>").removesuffix("</p>"), INLINE_TAGS)
        return mark_safe(directed(html))  # noqa: S308 - cleaned

    def led(self, text: str) -> SafeString:
        """Render what stands behind a box or a name: its first line as a line, and what stands below as Markdown.

        A text that begins with an empty line has no such line, and neither has a table, or code.

        Raises:
            TooDeep: quotes or stars are nested a thousand deep.
        """
        first, *rows = text.split("\n")
        if not first.strip() or (rows and (FENCE.match(first) or heads_table(first, rows[0]))):
            return self.render(text)
        between = [""] if rows and UNDERLINE.match(rows[0]) else []  # it would make a heading of the line
        return self.render("\n".join([_as_line(first), *between, *rows]))

    def item(self, text: str, *, is_below: bool = False) -> SafeString:
        """Render an option: a line, or as `led` does where there is more below it. One paragraph has no tags.

        With `is_below`, all of it stands below its box, and is rendered as `render` does.
        """
        if is_below:
            return _without_paragraph(self.render(text))
        return _without_paragraph(self.led(text)) if "\n" in text else self.inline(text)

    def _converted(self, text: str, tags: set[str]) -> str:
        """The HTML that Markdown makes of a text, not cleaned, and of which only these tags will stay."""
        converter = self._converter.reset()
        try:
            html = converter.convert(text).replace(NO_MARK, "")
        except RecursionError:
            del self._converter  # it has stopped in the middle, and takes what comes next for a part of that
            raise TooDeep(_too_deep_in(text)) from None
        self.pieces += 1
        taken = taken_out(text.replace(NO_MARK, ""), html, tags, _is_allowed, self.pieces)
        self.taken += taken
        return without_unknown(html, tags) if taken else html

    @cached_property
    def _converter(self) -> Reader:
        """Made once for all pieces, for that takes longer than most of them: 0.16 ms, measured on a small machine."""
        return Reader(
            extensions=EXTENSIONS,
            extension_configs={
                "toc": {"slugify": self._unique, "marker": ""},
                "pymdownx.highlight": {
                    "guess_lang": False,
                    "use_pygments": True,
                    "stripnl": False,
                    # A number stands before its line, wherever that is wrapped, and is not copied with it.
                    "linenums_style": "pymdownx-inline",
                },
            },
        )

    def _unique(self, text: str, separator: str) -> str:
        base = _slug(text)
        base = f"{base}{separator}section" if _is_of_page(base) else base
        name = base
        while name in self.used:
            self.counts[base] = self.counts.get(base, 1) + 1  # looked for from here on, not from 2 anew
            name = f"{base}{separator}{self.counts[base]}"
        self.used.add(name)
        return name

    def _collect(self, tokens: list[dict[str, object]]) -> None:
        for token in tokens:
            self.headings.append(Heading(str(token["id"]), unescape(str(token["name"])), int(str(token["level"]))))
            self._collect(token["children"])  # type: ignore[arg-type]  # a list of tokens again


def _is_of_page(name: str) -> bool:
    """Whether a page may have this id at something else than a heading: a block, or what scripts look for."""
    block, _, number = name.rpartition("-")
    return name in OF_PAGE or name in directives or (block in directives and number.isdigit())


def _slug(text: str) -> str:
    """The address of a heading: that of its text alone, so that it stays when another heading is added.

    In letters of its own script, as a code host does it: without them, nothing would tell two such headings apart.
    """
    if all(letter.isascii() for letter in unicodedata.normalize("NFKD", text) if letter.isalpha()):
        slug = slugify(text)
    else:  # Django leaves out the signs of vowels, which are no letters by themselves
        kept = (
            sign if sign.isalnum() or sign in "_-" or unicodedata.category(sign)[0] == "M" else " " for sign in text
        )
        slug = "-".join("".join(kept).replace("-", " ").lower().split())
    return slug or f"part-{hashlib.sha256(text.encode()).hexdigest()[:6]}"


def _too_deep_in(text: str) -> str:
    """The first paragraph that cannot be rendered by itself, or else all of the text."""
    for paragraph in re.split(r"\n{2,}", text):
        try:
            Reader(extensions=EXTENSIONS).convert(paragraph)
        except RecursionError:
            return paragraph
    return text


def _as_line(text: str) -> str:
    """A line that begins with no mark of a block."""
    return NO_MARK + text.lstrip()


def _without_paragraph(html: str) -> SafeString:
    """A text that is one paragraph, without its tags, so that it can stand in a line with its box."""
    found = ONE_PARAGRAPH.fullmatch(html)
    return mark_safe(found[1] if found else html)  # noqa: S308 - cleaned by render


def clean(html: str, tags: set[str] = TAGS) -> str:
    """Leave only what cannot do anything in a reader's page."""
    return nh3.clean(
        html, tags=tags, attributes=ATTRIBUTES, attribute_filter=_kept, url_schemes=SCHEMES, link_rel="noopener"
    )


def _is_allowed(tag: str, attribute: str, value: str) -> bool:
    kept = _kept(tag, attribute, value.strip("\"'")) is not None
    return kept and (attribute in ATTRIBUTES["*"] or attribute in ATTRIBUTES.get(tag, ()))


def _kept(tag: str, attribute: str, value: str) -> str | None:
    """The value of an attribute, or None to take it away.

    A picture is a file beside the lesson (lessons/pictures.py). Any other address would be asked for by every reader's
    browser, as if they had wanted it: /demos/blocking/?seconds=9 does work.
    """
    if tag == "img" and attribute == "src" and not is_picture(value):
        return None
    return value


# Cleaned HTML has every tag whole, and no < or > in the value of an attribute.
TABLE = re.compile(r"<(?P<closes>/?)table\b[^<>]*+>")
OPEN_TABLE = '<div class="table-scroll" role="group" aria-label="Table" tabindex="0">'
PRE = '<pre tabindex="0" role="group" aria-label="Code"'


def _scrollable(html: str) -> str:
    """What is too wide scrolls inside itself, never the page. The keyboard can reach it, and it has a name."""
    html = html.replace("<pre", PRE)
    return _with_tables_scrollable(html) if "<table" in html else html


def _with_tables_scrollable(html: str) -> str:
    """Each table that stands in no other one, inside what scrolls."""
    depth = 0

    def around(tag: re.Match[str]) -> str:
        nonlocal depth
        if tag["closes"]:
            depth -= 1
            return tag[0] if depth else f"{tag[0]}</div>"
        depth += 1
        return tag[0] if depth > 1 else f"{OPEN_TABLE}{tag[0]}"

    return TABLE.sub(around, html)

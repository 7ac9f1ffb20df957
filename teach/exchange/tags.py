"""Rewrites the HTML that Moodle's editor leaves in a question as Markdown. What has none here is named, and goes.

Tags are found by a plain expression that looks at each character once; what is no tag is text. The result is cleaned
again before any page shows it (lessons/prose.py), so nothing here has to be safe, only right.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import quote

from quiz.foreign import BLANK
from teach.exchange.literal import at_beginning, inline

TOKEN = re.compile(r"(</?[a-zA-Z][a-zA-Z0-9]*(?:[ \t\n/][^<>]*)?>)")
SPACE = re.compile(r"\s+")
NAME = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]*)")
ATTRIBUTE = re.compile(
    r"""\b(?P<name>href|src|alt)[ \t]*=[ \t]*(?:"(?P<a>[^"]*)"|'(?P<b>[^']*)'|(?P<c>[^\s"'>]+))""", re.IGNORECASE
)
STYLES = {
    "b": "strong",
    "strong": "strong",
    "i": "em",
    "em": "em",
    "code": "code",
    "tt": "code",
    "sub": "sub",
    "sup": "sup",
}
MARKS = {"strong": "**", "em": "*"}
BLOCKS = {"p", "div", "ul", "ol", "li", "pre", "br"}
WITHOUT_LOSS = {"div", "html", "body"}
SILENT = {"script", "style"}  # whose text is none
BROKEN = "  \n"
DEEPEST = 8  # lists within each other
LOST_PICTURE = "a picture is not carried, but for its words: its file has to be added by hand"


def rewritten(html: str, lost: list[str], *, keeps_breaks: bool) -> str:
    """Markdown for a text in HTML.

    Args:
        html: the text.
        lost: gets a sentence for each kind of thing that is dropped.
        keeps_breaks: whether a new line is one, as in Moodle's own format, and not only white space.
    """
    writer = _Writer(lost, keeps_breaks=keeps_breaks)
    for token in TOKEN.split(_without_comments(html)):
        name = NAME.match(token) if TOKEN.fullmatch(token) else None
        if name:
            writer.tag(token, name[1].lower(), closes=token[1] == "/")
        else:
            writer.text(token)
    return writer.written()


def _without_comments(html: str) -> str:
    parts: list[str] = []
    at = 0
    while (start := html.find("<!--", at)) >= 0 and (end := html.find("-->", start)) >= 0:
        parts.append(html[at:start])
        at = end + len("-->")
    return "".join([*parts, html[at:]])


@dataclass
class _Writer:
    """A writer of Markdown, with the tags that are open."""

    lost: list[str]
    keeps_breaks: bool
    parts: list[str] = field(default_factory=list)  # finished paragraphs, lists and blocks of code
    runs: list[tuple[str, frozenset[str]]] = field(default_factory=list)  # of the paragraph that is being written
    styles: list[str] = field(default_factory=list)
    lists: list[list[int | str]] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    marker: str = ""
    code: list[str] | None = None  # the text of a <pre>
    silent: str = ""

    def text(self, raw: str) -> None:
        if self.silent:
            return
        said = unescape(raw)
        if self.code is not None:
            self.code.append(said)
        elif said:
            self.runs.append((said, frozenset(self.styles)))

    def tag(self, token: str, name: str, *, closes: bool) -> None:
        if name in SILENT:
            self.silent = "" if closes else name
            self.lose(name)
        elif self.silent:
            return
        elif name == "pre":
            self.pre(closes=closes)
        elif self.code is not None:
            if name == "br":
                self.code.append("\n")
        elif name in BLOCKS:
            self.block(name, closes=closes)
        elif name in STYLES:
            self.style(STYLES[name], closes=closes)
        elif name == "a":
            self.link(token, closes=closes)
        elif name == "img":
            self.picture(token)
        else:
            self.unknown(name)

    def unknown(self, name: str) -> None:
        if name not in WITHOUT_LOSS:
            self.lose(name)
        if name in {"h1", "h2", "h3", "h4", "h5", "h6", "table", "tr", "blockquote", "hr", "dl", "dt", "dd"}:
            self.end_paragraph()
        elif name in {"td", "th"}:
            self.runs.append((" ", frozenset()))

    def lose(self, name: str) -> None:
        kept = "" if name in SILENT else ", but for its text"
        self.lost.append(f"the tag <{name}> is not carried{kept}")

    def block(self, name: str, *, closes: bool) -> None:
        if name == "br":
            self.runs.append((BROKEN, frozenset({"break"})))
            return
        self.end_paragraph()
        if name in {"ul", "ol"}:
            if closes and self.lists:
                self.lists.pop()
            elif not closes:
                self.lists.append([name, 0])
        elif name == "li" and not closes:
            self.marker = self.next_marker()

    def next_marker(self) -> str:
        if not self.lists:
            return "- "
        self.lists[-1][1] = int(self.lists[-1][1]) + 1
        return "- " if self.lists[-1][0] == "ul" else f"{self.lists[-1][1]}. "

    def style(self, name: str, *, closes: bool) -> None:
        if not closes:
            self.styles.append(name)
        elif name in self.styles:
            self.styles.reverse()
            self.styles.remove(name)
            self.styles.reverse()

    def link(self, token: str, *, closes: bool) -> None:
        if closes:
            target = self.links.pop() if self.links else ""
            if target:
                self.runs.append((f"](<{target}>)", frozenset({"mark"})))
            return
        target = _attribute(token, "href")
        if re.match(r"(?:https?://|mailto:)", target, re.IGNORECASE):
            self.links.append(quote(target, safe=":/?#@!$&'()*+,;=%~-._"))
            self.runs.append(("[", frozenset({"mark"})))
        else:
            self.links.append("")
            self.lost.append("a link is not carried, but for its text: it leads to no address on the web")

    def picture(self, token: str) -> None:
        words = " ".join(_attribute(token, "alt").split())
        self.lost.append(LOST_PICTURE)
        if words:
            self.runs.append((f"(Picture: {words})", frozenset(self.styles)))

    def pre(self, *, closes: bool) -> None:
        if not closes and self.code is None:
            self.end_paragraph()
            self.code = []
        elif closes and self.code is not None:
            text = "".join(self.code).replace("\r", "").replace(BLANK, "_____").strip("\n")
            fence = _ticks(text, least=3)
            self.code = None
            if text.strip():
                self.put(f"{fence}text\n{text}\n{fence}")

    def end_paragraph(self) -> None:
        text = "".join(_inline(self.runs, keeps_breaks=self.keeps_breaks))
        self.runs = []
        paragraphs = (_tidy(part) for part in text.split("\n\n"))
        for paragraph in paragraphs:
            if paragraph:
                self.put(paragraph)

    def put(self, part: str) -> None:
        """Put a paragraph where it belongs: at the left edge, or into an item of a list."""
        depth = min(len(self.lists), DEEPEST)
        if not depth:
            self.parts.append(self.marker + part)
        else:
            first = "    " * (depth - 1) + self.marker if self.marker else "    " * depth
            rows = part.split("\n")
            more = (f"{'    ' * depth}{row}" if row else "" for row in rows[1:])
            self.parts.append("\n".join([first + rows[0], *more]))
        self.marker = ""

    def written(self) -> str:
        self.pre(closes=True)
        self.end_paragraph()
        return "\n\n".join(self.parts)


def _attribute(token: str, name: str) -> str:
    for found in ATTRIBUTE.finditer(token):
        if found["name"].lower() == name:
            return unescape(found["a"] or found["b"] or found["c"] or "").strip()
    return ""


def _inline(runs: list[tuple[str, frozenset[str]]], *, keeps_breaks: bool) -> Iterator[str]:
    """The Markdown of the parts of a paragraph."""
    for place, (text, styles) in enumerate(runs):
        if styles & {"mark", "break"}:
            yield text
            continue
        said = text if keeps_breaks else SPACE.sub(" ", text)
        yield _styled(said, styles, _edge(runs, place - 1, -1), _edge(runs, place + 1, 0))


def _edge(runs: list[tuple[str, frozenset[str]]], place: int, at: int) -> str:
    """The character next to a part of a paragraph, or a space."""
    return runs[place][0][at] if 0 <= place < len(runs) and runs[place][0] else " "


def _styled(text: str, styles: frozenset[str], before: str, after: str) -> str:
    bare = text.strip()
    if not bare or not styles:
        return inline(text)
    lead, trail = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    said = _code(bare) if "code" in styles else inline(bare)
    names = [name for name in ("sub", "sup", "em", "strong") if name in styles]
    is_clear = (
        len(names) == 1
        and "\n" not in bare
        and bool(trail or not after.isalnum())
        and bool(lead or not before.isalnum())
    )
    for name in names:
        mark = MARKS.get(name)
        said = f"{mark}{said}{mark}" if mark and is_clear else f"<{name}>{said}</{name}>"
    return lead + said + trail


def _code(text: str) -> str:
    """A span of code."""
    text = " ".join(text.replace(BLANK, "_____").split())
    ticks = _ticks(text, least=1)
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{ticks}{pad}{text}{pad}{ticks}"


def _ticks(text: str, least: int) -> str:
    """Backticks to set code off: more than it holds in a row."""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    return "`" * max(least, longest + 1)


def _tidy(paragraph: str) -> str:
    """A paragraph without indentation or breaks around it, and with no line that begins a list or a heading."""
    rows = []
    for row in paragraph.strip().split("\n"):
        ending = "  " if row.endswith("  ") else ""
        rows.append(at_beginning(" ".join(row.split())) + ending if row.strip() else "")
    return "\n".join(row for row in rows if row).rstrip(" ")

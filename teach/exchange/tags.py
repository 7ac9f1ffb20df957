"""Rewrites the HTML that Moodle's editor leaves in a question as Markdown. What has none here is named, and goes.

The result is cleaned again before any page shows it (lessons/prose.py), so nothing here has to be safe, only right.
"""

import re
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import quote

from teach.exchange.inlines import (
    BREAK,
    MARK,
    OPENED,
    PLAIN,
    Row,
    Run,
    fenced,
    is_blank,
    is_program,
    markdown_of_row,
    program_of,
    rows_of,
)
from teach.exchange.literal import at_beginning
from teach.exchange.numbering import NO_NUMBER, before_first
from teach.exchange.tables import JOINED, NO_JOINED, Table
from teach.exchange.tokens import CELLS, ENDING, OF_TABLES, SILENT, WITHOUT_LOSS, attribute, name_of, split, words_of

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
BLOCKS = {"p", "div", "ul", "ol", "li", "pre", "br"}
DEEPEST = 8  # lists within each other
LOST_PICTURE = "a picture is not carried, but for its words: its file has to be added by hand"
LOST_LINES = "the lines of a block of code in a table are not carried, but for their text"


def rewritten(html: str, lost: list[str], *, keeps_breaks: bool, asks: bool = False) -> str:
    """Markdown for a text in HTML.

    Args:
        html: the text.
        lost: gets a sentence for each kind of thing that is dropped.
        keeps_breaks: whether a new line is one, as in Moodle's own format, and not only white space.
        asks: whether the first line stands apart, as the question.
    """
    writer = _Writer(lost, keeps_breaks=keeps_breaks, asks=asks)
    tokens = split(html)
    for place, token in enumerate(tokens):
        if place % 2:
            writer.tag(token, name_of(token), closes=token[1] == "/")
        else:
            writer.text(token, after_tag=place > 0, before_tag=place + 1 < len(tokens))
    return writer.written()


@dataclass
class _Writer:
    """A writer of Markdown, with the tags that are open."""

    lost: list[str]
    keeps_breaks: bool
    asks: bool
    parts: list[str] = field(default_factory=list)  # finished paragraphs, lists and blocks of code
    runs: list[Run] = field(default_factory=list)  # of the paragraph, or the cell, that is being written
    styles: list[str] = field(default_factory=list)
    lists: list[list[int | str]] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    marker: str = ""
    code: list[str] | None = None  # the text of a <pre>
    table: Table | None = None
    program: list[Row] = field(default_factory=list)  # that was put last, as it may go on
    program_over: int = 0
    cell: str = ""  # the name of the tag with which it began
    silent: str = ""

    def text(self, raw: str, *, after_tag: bool, before_tag: bool) -> None:
        if self.silent:
            return
        if self.code is not None:
            self.code.append(unescape(raw))
        elif raw and not self.keeps_breaks:
            self.runs.append((unescape(raw), frozenset(self.styles)))
        elif raw:
            # As Moodle does: a new line beside a tag is none, any other one is.
            raw = f" {raw[1:]}" if after_tag and raw[0] == "\n" else raw
            raw = f"{raw[:-1]} " if before_tag and raw[-1] == "\n" else raw
            for place, row in enumerate(raw.split("\n")):
                if place:
                    self.end_row()
                self.runs.append((unescape(row), frozenset(self.styles)))

    def tag(self, token: str, name: str, *, closes: bool) -> None:
        if name in SILENT:
            self.silent = "" if closes else name
            self.lose(name)
        elif self.silent:
            return
        elif name == "pre":
            self.pre(closes=closes)
        elif self.code is not None:
            self.in_code(token, name, closes=closes)
        elif name in OF_TABLES:
            self.of_table(token, name, closes=closes)
        elif name in BLOCKS:
            self.block(token, name, closes=closes)
        elif name in STYLES:
            self.style(STYLES[name], closes=closes)
        elif name == "a":
            self.link(token, closes=closes)
        elif name == "img":
            self.picture(token)
        else:
            self.unknown(name)

    def in_code(self, token: str, name: str, *, closes: bool) -> None:
        """A tag inside a <pre>, where nothing is set off."""
        assert self.code is not None
        if name == "img":
            self.lost.append(LOST_PICTURE)
            words = words_of(token)
            self.code.append(f"(Picture: {words})" if words else "")
        elif name == "br" or (name in BLOCKS and self.code and not self.code[-1].endswith("\n")):
            self.code.append("\n")
        elif name not in {*BLOCKS, "code", "tt"} and not closes:
            self.lose(name)

    def of_table(self, token: str, name: str, *, closes: bool) -> None:
        if name == "table" and self.table is None:
            if not closes:
                self.end_paragraph()
                self.table = Table()
        elif name == "table" and self.table and (not closes or self.table.depth > 1):
            self.runs.append((" ", PLAIN))
            self.table.depth += -1 if closes else 1
            self.lose(name)
        elif name == "table" and self.table:
            self.end_cell()
            self.table.depth = 0
            self.end_table()
        elif self.table is None or self.table.depth > 1:
            self.runs.append((" ", PLAIN))
        elif name in CELLS:
            self.end_cell()
            self.cell = "" if closes else name
            self.lost += [NO_JOINED] if JOINED.search(token) else []
        elif name == "tr":
            self.end_cell()
            if not closes:
                self.table.begin_row()

    def end_cell(self) -> None:
        if self.table and self.table.depth == 1:
            if self.cell or not is_blank(self.runs):
                self.close_links()
                self.table.put(self.runs, is_head=self.cell == "th")
            self.runs, self.cell = [], ""

    def end_table(self) -> None:
        if self.table and not self.table.depth:
            written = self.table.markdown(self.lost)
            self.table = None
            if written:
                self.put(written)

    def unknown(self, name: str) -> None:
        if name not in WITHOUT_LOSS:
            self.lose(name)
        if name in ENDING:
            self.end_paragraph()

    def lose(self, name: str) -> None:
        kept = "" if name in SILENT else ", but for its text"
        self.lost.append(f"the tag <{name}> is not carried{kept}")

    def block(self, token: str, name: str, *, closes: bool) -> None:
        if name == "br" or self.table:
            self.end_row()
            return
        if name == "div":  # a line of its own, without space around it
            if self.runs and self.runs[-1] != BREAK:
                self.end_row()
            return
        self.end_paragraph()
        if name in {"ul", "ol"}:
            if closes and self.lists:
                self.lists.pop()
            elif not closes:
                self.lists.append([name, before_first(token, self.lost)])
        elif name == "li" and not closes:
            self.lost += [NO_NUMBER] if attribute(token, "value") else []
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
                self.runs.append((f"](<{target}>)", MARK))
            return
        target = attribute(token, "href")
        if re.match(r"(?:https?://|mailto:)", target, re.IGNORECASE):
            self.links.append(quote(target, safe=":/?#@!$&'()*+,;=%~-._"))
            self.runs.append(OPENED)
        else:
            self.links.append("")
            self.lost.append("a link is not carried, but for its text: it leads to no address on the web")

    def close_links(self) -> list[Run]:
        """Close the links that are open where a row ends. What opens them again in the next one."""
        targets = [target for target in self.links if target]
        self.runs += [(f"](<{target}>)", MARK) for target in reversed(targets)]
        return [OPENED] * len(targets)

    def picture(self, token: str) -> None:
        self.lost.append(LOST_PICTURE)
        if words := words_of(token):
            self.runs.append((f"(Picture: {words})", frozenset(self.styles)))

    def pre(self, *, closes: bool) -> None:
        if self.table:
            self.lost.append(LOST_LINES)
            self.style("code", closes=closes)
        elif not closes and self.code is None:
            self.end_paragraph()
            self.code = []
        elif closes and self.code is not None:
            text = "".join(self.code).replace("\r", "")
            self.code = None
            if text.strip():
                self.put(fenced(text))

    def end_row(self) -> None:
        again = self.close_links()
        self.runs += [BREAK, *again]

    def end_paragraph(self) -> None:
        again = self.close_links()
        paragraph: list[Row] = []
        for row in [*rows_of(self.runs), ()]:
            if not is_blank(row):
                paragraph.append(row)
            if paragraph and (is_blank(row) or (self.asks and not self.parts)):
                self.put_paragraph(paragraph)
                paragraph = []
        self.runs = list(again)

    def put_paragraph(self, rows: list[Row]) -> None:
        """Put rows between which nothing is empty. If the first one of all is the question, it comes alone."""
        if is_program(rows, is_below=bool(self.parts)):
            if self.program and self.program_over == len(self.parts):
                self.parts.pop()
                between = [()] if len(rows) + len(self.program) > 2 else []  # noqa: PLR2004 - a line each, as from a <p> each
                rows = [*self.program, *between, *rows]
            self.put(program_of(rows, keeps_spaces=self.keeps_breaks))
            self.program, self.program_over = rows, len(self.parts) if not self.lists else 0
        elif any(said := [markdown_of_row(row) for row in rows]):
            self.put("  \n".join(at_beginning(row) for row in said if row))

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
        if self.table:
            self.end_cell()
            self.table.depth = 0
            self.end_table()
        self.end_paragraph()
        return "\n\n".join(self.parts)

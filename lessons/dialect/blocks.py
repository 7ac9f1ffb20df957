"""Cuts the lines of a Markdown text, or of what stands in a list or quote, into the blocks of its outermost level.

What a block holds is cut in its turn, by whoever builds it (parser.py): so each line is looked at a few times a level.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from lessons.dialect import html, rows
from lessons.dialect.leaf import Leaf, closing_fence, opens
from lessons.dialect.rows import BLANK, CODE, FENCE, QUOTE, RULE, UNDERLINE, Item, indent, without

DEFINITION = re.compile(r"^ {0,3}: +\S")  # what is no CommonMark: docs/authoring.md
FIRST_SIGN = re.compile(r"[!-/:-@\[-`{-~]")

Kind = Literal[
    "text", "table", "definitions", "code", "fence", "html", "heading", "underlined", "rule", "quote", "list"
]


@dataclass
class Block:
    """A block of one level.

    Attributes:
        rows: its lines; those of a quote without the signs, and a heading's is its text.
        after_blank: whether an empty line stands above it.
        level: of a heading.
        info: what stands behind the opening fence of code.
        items: of a list, each as its lines.
        first: how the list begins.
        is_parted: whether an empty line stands between two items of the list.
    """

    kind: Kind
    rows: list[str] = field(default_factory=list)
    after_blank: bool = False
    level: int = 0
    info: str = ""
    items: list[list[str]] = field(default_factory=list)
    first: Item | None = None
    is_parted: bool = False

    @cached_property
    def is_loose(self) -> bool:
        """Whether the items of the list hold paragraphs, as an empty line stands between two things in it."""
        return self.is_parted or any(block.after_blank for item in self.items for block in cut(item)[1:])


def cut(lines: Sequence[str]) -> list[Block]:
    """The blocks that lines make. Empty lines between them belong to none."""
    return _Cutting(lines).blocks()


def as_text(row: str) -> str:
    """A line that goes on with a paragraph, so that it cannot be taken for anything else."""
    text = row.lstrip(" ")
    if rows.opens(text) or UNDERLINE.match(text) or DEFINITION.match(text) or text.startswith("|"):
        return FIRST_SIGN.sub(r"\\\g<0>", text, count=1)
    return text


@dataclass
class _Inside:
    """The lines that a quote or an item holds, and what is open behind them, which is asked for now and then."""

    lines: list[str] = field(default_factory=list)
    leaf: Leaf = field(default_factory=Leaf)
    read: int = 0

    def ends_in_paragraph(self) -> bool:
        return self.open_kind() == "paragraph"

    def is_in_code(self) -> bool:
        """Whether empty lines at the end belong to code whose fence was not closed."""
        return not self.lines[-1] and self.open_kind() == "fence"

    def open_kind(self) -> str:
        for line in self.lines[self.read :]:
            self.leaf.read(line)
        self.read = len(self.lines)
        return self.leaf.kind


@dataclass
class _Cutting:
    lines: Sequence[str]
    at: int = 0

    @property
    def row(self) -> str:
        return rows.with_spaces(self.lines[self.at])

    def is_at_end(self) -> bool:
        return self.at >= len(self.lines)

    def blocks(self) -> list[Block]:
        found: list[Block] = []
        after_blank = False
        while not self.is_at_end():
            if not self.lines[self.at].strip(BLANK):
                after_blank = True
                self.at += 1
                continue
            block = self.next_block()
            block.after_blank = after_blank
            after_blank = not self.lines[self.at - 1].strip(BLANK)
            found.append(block)
        return found

    def next_block(self) -> Block:
        row = self.row
        if indent(row) >= CODE:
            return Block("code", self.indented())
        if end := html.ends(row):
            return Block("html", self.html_to(end))
        if not rows.opens(row):
            return self.text()
        if QUOTE.match(row):
            return Block("quote", self.quoted())
        if item := rows.item(row):
            return self.list_from(item)
        return self.in_one_line(row) or self.fenced(row)

    def in_one_line(self, row: str) -> Block | None:
        block = None
        if heading := rows.heading(row):
            level, text = heading
            block = Block("heading", [text], level=level)
        elif RULE.match(row):
            block = Block("rule")
        self.at += block is not None
        return block

    def indented(self) -> list[str]:
        start = self.at
        while not self.is_at_end() and (not self.row.strip(BLANK) or indent(self.row) >= CODE):
            self.at += 1
        self.back_over_blanks(start)
        return [without(line, CODE) for line in self.lines[start : self.at]]

    def back_over_blanks(self, start: int) -> None:
        """Leave empty lines to what follows."""
        while self.at > start and not self.lines[self.at - 1].strip(BLANK):
            self.at -= 1

    def fenced(self, row: str) -> Block:
        found = FENCE.match(row)
        assert found
        fence = found["ticks"] or found["tildes"]
        closing = closing_fence(fence)
        block = Block("fence", info=(found["of_ticks"] or found["of_tildes"] or "").strip())
        self.at += 1
        while not self.is_at_end():
            line = self.lines[self.at]
            self.at += 1
            if closing.match(line):
                break
            block.rows.append(without(line, len(found["before"])))
        return block

    def html_to(self, end: re.Pattern[str]) -> list[str]:
        start = self.at
        while not self.is_at_end():
            line = self.lines[self.at]
            if end is html.BLANK and not line.strip(BLANK):
                break
            self.at += 1
            if end.search(line):
                break
        return list(self.lines[start : self.at])

    def quoted(self) -> list[str]:
        inside = _Inside()
        while not self.is_at_end():
            row = self.row
            if found := QUOTE.match(row):
                inside.lines.append(row[found.end() :])
                self.at += 1
            elif not self.goes_on(inside):
                break
        return inside.lines

    def goes_on(self, inside: _Inside, column: int | None = None) -> bool:
        """Take lines that go on with a paragraph inside, without its signs or its columns: people are lazy."""
        start = self.at
        while not self.is_at_end():
            row = self.row
            is_inside = column is not None and indent(row) >= column
            if is_inside or not row.strip(BLANK) or opens(row) or (self.at == start and not inside.ends_in_paragraph()):
                break
            inside.lines.append(as_text(row))
            self.at += 1
        return self.at > start

    def list_from(self, first: Item) -> Block:
        block = Block("list", first=first)
        item: Item | None = first
        while item and item.sign == first.sign:
            block.items.append(self.item_from(item))
            end = self.at
            while not self.is_at_end() and not self.lines[self.at].strip(BLANK):
                self.at += 1
            item = None if self.is_at_end() or indent(self.row) >= CODE else rows.item(self.row)
            if item and item.sign == first.sign:
                block.is_parted = block.is_parted or self.at > end
            else:
                self.at = end
        return block

    def item_from(self, item: Item) -> list[str]:
        inside = _Inside([item.text])
        start = self.at
        self.at += 1
        while not self.is_at_end():
            line = self.lines[self.at]
            if not line.strip(BLANK):
                if len(inside.lines) == 1 and not item.text.strip():
                    break  # an item that begins with two empty lines is empty
                inside.lines.append("")
                self.at += 1
            elif indent(self.row) >= item.column:
                inside.lines.append(without(line, item.column))
                self.at += 1
            elif not self.goes_on(inside, item.column):
                break
        if not inside.is_in_code():
            self.back_over_blanks(start + 1)
        return inside.lines[: self.at - start]

    def text(self) -> Block:
        """A paragraph, a table, or what Python-Markdown makes of such lines: definitions, abbreviations."""
        block = Block("table" if self.begins_table() else "text", [self.row])
        self.at += 1
        while not self.is_at_end():
            row = self.row
            if block.kind == "text" and (found := UNDERLINE.match(row)):
                self.at += 1
                return Block("underlined", block.rows, level=1 if found["of_first"] else 2)
            if self.ends(block, row):
                break
            block.rows.append(row)
            self.at += 1
            if block.kind == "text" and DEFINITION.match(row):
                block.kind = "definitions"
                self.definition(block)
        return block

    def ends(self, block: Block, row: str) -> bool:
        if block.kind == "table":
            return not row.strip(BLANK) or indent(row) >= CODE or opens(row)
        return not row.strip(BLANK) or opens(row, in_paragraph=True) or self.begins_table()

    def begins_table(self) -> bool:
        below = self.at + 1
        return below < len(self.lines) and rows.heads_table(self.lines[self.at], self.lines[below])

    def definition(self, block: Block) -> None:
        """Take what belongs to a definition: lines that are indented, also below empty ones."""
        start = self.at
        while not self.is_at_end():
            row = self.row
            is_new = row.strip(BLANK) and indent(row) < CODE
            if is_new and (opens(row) or not (DEFINITION.match(row) or self.lines[self.at - 1].strip(BLANK))):
                break
            self.at += 1
        self.back_over_blanks(start)
        block.rows += [rows.with_spaces(line) for line in self.lines[start : self.at]]

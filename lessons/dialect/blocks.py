"""Cuts the lines of a Markdown text, or of what stands in a list or quote, into the blocks of its outermost level.

What a block holds is cut in its turn, by whoever builds it (parser.py): so each line is looked at a few times a level.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from lessons.dialect import rows as lines_of
from lessons.dialect.rows import CODE, HEADING, PUT_AWAY, QUOTE, RULE, UNDERLINE, Item, indent, interrupts, opens

DEFINITION = re.compile(r"^ {0,3}: {1,3}\S")  # what is no CommonMark: docs/authoring.md

Kind = Literal["text", "definitions", "code", "put away", "heading", "rule", "quote", "list"]


@dataclass
class Block:
    """A block of one level.

    Attributes:
        rows: its lines; those of a quote without the signs, and a heading's is its text.
        after_blank: whether an empty line stands above it.
        level: of a heading.
        items: of a list, each as its lines.
        first: how the list begins.
        is_parted: whether an empty line stands between two items of the list.
    """

    kind: Kind
    rows: list[str] = field(default_factory=list)
    after_blank: bool = False
    level: int = 0
    items: list[list[str]] = field(default_factory=list)
    first: Item | None = None
    is_parted: bool = False

    @cached_property
    def is_loose(self) -> bool:
        """Whether the items of the list hold paragraphs, as an empty line stands between two things in it."""
        return self.is_parted or any(block.after_blank for item in self.items for block in cut(item)[1:])


def cut(rows: Sequence[str]) -> list[Block]:
    """The blocks that lines make. Empty lines between them belong to none."""
    return _Cutting(rows).blocks()


def ends_in_paragraph(rows: Sequence[str]) -> bool:
    """Whether the last line belongs to a paragraph, however deep, so that the next line may go on with it."""
    blocks = cut(rows)
    if not blocks or not rows[-1].strip():
        return False
    last = blocks[-1]
    if last.kind == "list":
        return ends_in_paragraph(last.items[-1])
    return ends_in_paragraph(last.rows) if last.kind == "quote" else last.kind in ("text", "definitions")


@dataclass
class _Cutting:
    rows: Sequence[str]
    at: int = 0

    def blocks(self) -> list[Block]:
        found: list[Block] = []
        after_blank = False
        while self.at < len(self.rows):
            if not self.rows[self.at].strip():
                after_blank = True
                self.at += 1
                continue
            block = self.next_block()
            block.after_blank = after_blank
            after_blank = self.at > 0 and not self.rows[self.at - 1].strip()
            found.append(block)
        return found

    def next_block(self) -> Block:
        row = self.rows[self.at]
        if indent(row) >= CODE:
            return Block("code", self.indented())
        if QUOTE.match(row):
            return Block("quote", self.quoted())
        if item := lines_of.item(row):
            return self.list_from(item)
        return self.in_one_line(row) or self.text()

    def in_one_line(self, row: str) -> Block | None:
        block = None
        if found := HEADING.match(row):
            block = Block("heading", [found["text"] or ""], level=len(found["signs"]))
        elif RULE.match(row):
            block = Block("rule")
        elif PUT_AWAY.match(row):
            block = Block("put away", [row])
        self.at += block is not None
        return block

    def indented(self) -> list[str]:
        start = self.at
        while self.at < len(self.rows) and (not self.rows[self.at].strip() or indent(self.rows[self.at]) >= CODE):
            self.at += 1
        self.back_over_blanks(start)
        return list(self.rows[start : self.at])

    def back_over_blanks(self, start: int) -> None:
        """Leave empty lines to what follows."""
        while self.at > start and not self.rows[self.at - 1].strip():
            self.at -= 1

    def quoted(self) -> list[str]:
        inside: list[str] = []
        while self.at < len(self.rows):
            row = self.rows[self.at]
            if found := QUOTE.match(row):
                inside.append(row[found.end() :])
                self.at += 1
            elif not self.goes_on(inside, row):
                break
        return inside

    def goes_on(self, inside: list[str], row: str) -> bool:
        """Take lines that go on with a paragraph inside without its signs or its indentation, as people are lazy."""
        if not row.strip() or (indent(row) < CODE and opens(row)) or not ends_in_paragraph(inside):
            return False
        while self.at < len(self.rows):
            row = self.rows[self.at]
            if not row.strip() or (indent(row) < CODE and opens(row)):
                break
            # Inside, a line of === would make a heading of what it goes on with.
            inside.append("\\" + row.lstrip(" ") if UNDERLINE.match(row) else row.lstrip(" "))
            self.at += 1
        return True

    def list_from(self, first: Item) -> Block:
        block = Block("list", first=first)
        item: Item | None = first
        while item and item.sign == first.sign:
            block.items.append(self.item_from(item))
            end = self.at
            while self.at < len(self.rows) and not self.rows[self.at].strip():
                self.at += 1
            row = self.rows[self.at] if self.at < len(self.rows) else ""
            item = lines_of.item(row) if indent(row) < CODE else None
            if item and item.sign == first.sign:
                block.is_parted = block.is_parted or self.at > end or not self.rows[end - 1].strip()
            else:
                self.at = end
        return block

    def item_from(self, item: Item) -> list[str]:
        inside = [item.text]
        start = self.at
        self.at += 1
        while self.at < len(self.rows):
            row = self.rows[self.at]
            if not row.strip():
                if len(inside) == 1 and not inside[0].strip():
                    break  # an item that begins with two empty lines is empty
                inside.append("")
                self.at += 1
            elif indent(row) >= item.column:
                inside.append(row[item.column :])
                self.at += 1
            elif not self.goes_on(inside, row):
                break
        self.back_over_blanks(start + 1)
        return inside[: self.at - start]

    def text(self) -> Block:
        """A paragraph, or what Python-Markdown makes of such lines: a table, definitions, abbreviations."""
        block = Block("text")
        while self.at < len(self.rows):
            row = self.rows[self.at]
            if not row.strip():
                break
            if block.rows:
                found = UNDERLINE.match(row) if block.kind == "text" else None
                if found and not self.is_table(block):
                    self.at += 1
                    return Block("heading", block.rows, level=1 if found["sign"] == "=" else 2)
                if indent(row) < CODE and (interrupts(row) or self.begins_table()):
                    break
            block.rows.append(row)
            self.at += 1
            if DEFINITION.match(row):
                block.kind = "definitions"
                self.definition(block)
        return block

    def is_table(self, block: Block) -> bool:
        return len(block.rows) > 1 and lines_of.heads_table(block.rows[0], block.rows[1])

    def begins_table(self) -> bool:
        below = self.at + 1
        return below < len(self.rows) and lines_of.heads_table(self.rows[self.at], self.rows[below])

    def definition(self, block: Block) -> None:
        """Take what belongs to a definition: lines that are indented, also below empty ones."""
        start = self.at
        while self.at < len(self.rows):
            row = self.rows[self.at]
            if row.strip() and indent(row) < CODE and not (DEFINITION.match(row) or self.rows[self.at - 1].strip()):
                break
            if row.strip() and indent(row) < CODE and opens(row):
                break
            self.at += 1
        self.back_over_blanks(start)
        block.rows += self.rows[start : self.at]

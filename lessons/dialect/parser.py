"""Builds what `blocks` found, in the place of Python-Markdown's own lists, quotes, headings and rules.

Everything else (paragraphs, tables, definitions, abbreviations, references, code) is still left to its processors.
"""

import re
from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.blockprocessors import (
    CodeBlockProcessor,
    EmptyBlockProcessor,
    ParagraphProcessor,
    ReferenceProcessor,
)

from lessons.dialect.blocks import Block, cut

TASK = re.compile(r"^\[(?P<mark>[ xX])\](?= +\S)")


def structured(md: Markdown) -> "StructuredParser":
    """The parser of a converter, with those of the usual processors that still have something to do."""
    parser = StructuredParser(md)
    parser.blockprocessors.register(EmptyBlockProcessor(parser), "empty", 100)
    parser.blockprocessors.register(CodeBlockProcessor(parser), "code", 80)
    parser.blockprocessors.register(ReferenceProcessor(parser), "reference", 15)
    parser.blockprocessors.register(ParagraphProcessor(parser), "paragraph", 10)
    return parser


class StructuredParser(BlockParser):
    """A parser that looks for blocks line by line, and not between empty lines."""

    def parseChunk(self, parent: Element, text: str) -> None:  # noqa: N802 - its name there
        """Build all of a text."""
        self.build(parent, text.split("\n"))

    def parseBlocks(self, parent: Element, blocks: list[str]) -> None:  # noqa: N802 - its name there
        """Build texts between which an empty line stood."""
        self.build(parent, "\n\n".join(blocks).split("\n"))
        blocks.clear()

    def build(self, parent: Element, rows: Sequence[str]) -> None:
        """Build the blocks that lines make."""
        for block in cut(rows):
            match block.kind:
                case "heading":
                    SubElement(parent, f"h{block.level}").text = "\n".join(row.strip() for row in block.rows)
                case "rule":
                    SubElement(parent, "hr")
                case "quote":
                    self.build_inside(SubElement(parent, "blockquote"), block.rows, "blockquote")
                case "list":
                    self.build_list(parent, block)
                case _:
                    super().parseBlocks(parent, "\n".join(block.rows).split("\n\n"))

    def build_list(self, parent: Element, block: Block) -> None:
        """Build a list. In a tight one, paragraphs are bare text."""
        assert block.first
        whole = SubElement(parent, "ol" if block.first.is_ordered else "ul")
        if block.first.is_ordered and block.first.number != 1:
            whole.set("start", str(block.first.number))
        state = "looselist" if block.is_loose else "list"
        for item in block.items:
            self.build_inside(SubElement(whole, "li"), [TASK.sub(_ticked, item[0]), *item[1:]], state)

    def build_inside(self, parent: Element, rows: Sequence[str], state: str) -> None:
        """Build what a block holds."""
        self.state.set(state)
        self.build(parent, rows)
        self.state.reset()


def _ticked(task: re.Match[str]) -> str:
    """The box of a list of tasks, which a code host draws. It is a sign here, as nobody can tick it."""
    return "☐" if task["mark"] == " " else "☑"

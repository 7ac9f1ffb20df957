"""Builds what `blocks` found, in the place of Python-Markdown's own lists, quotes, headings, rules, code and HTML.

Tables, definitions, abbreviations and paragraphs are still left to its processors.
"""

import re
from collections.abc import Callable, Sequence
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.blockprocessors import EmptyBlockProcessor, ParagraphProcessor
from markdown.util import AtomicString, code_escape

from lessons.dialect.blocks import Block, cut
from lessons.dialect.leaf import opens
from lessons.dialect.references import without_references

ID = re.compile(r"(?<![ \t])[ \t]++\{#(?P<id>[^{}\s]++)\}$")
TASK = re.compile(r"^\[(?P<mark>[ xX])\](?= )")
OPTIONS = re.compile(r"""\b(?:linenums|hl_lines)=(?:"[^"]*"|'[^']*')""")
TILDES = re.compile(r"~+")


class StructuredParser(BlockParser):
    """A parser that looks for blocks line by line, and not between empty lines.

    `colour` puts HTML of code in fences away and gives the mark that stands for it. It is to be set before a text is
    parsed.
    """

    colour: Callable[[list[str]], list[str]]

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        self.blockprocessors.register(EmptyBlockProcessor(self), "empty", 100)
        self.blockprocessors.register(ParagraphProcessor(self), "paragraph", 10)

    def parseChunk(self, parent: Element, text: str) -> None:  # noqa: N802 - its name there
        """Build all of a text."""
        self.build(parent, text.split("\n"))

    def parseBlocks(self, parent: Element, blocks: list[str]) -> None:  # noqa: N802 - its name there
        """Build texts between which an empty line stood."""
        self.build(parent, "\n\n".join(blocks).split("\n"))
        blocks.clear()

    def build(self, parent: Element, lines: Sequence[str]) -> None:
        """Build the blocks that lines make."""
        for block in cut(lines):
            match block.kind:
                case "heading" | "underlined":
                    self.build_heading(parent, block)
                case "rule":
                    SubElement(parent, "hr")
                case "quote":
                    self.build_inside(SubElement(parent, "blockquote"), block.rows, "blockquote")
                case "list":
                    self.build_list(parent, block)
                case "code" | "fence":
                    self.put(parent, self.coloured(block))
                case "html":
                    self.put(parent, self.md.htmlStash.store("\n".join(block.rows)))
                case "text":
                    self.build_text(parent, without_references(block.rows, self.md.references))
                case "table" | "definitions":
                    self.build_text(parent, block.rows)

    def build_heading(self, parent: Element, block: Block) -> None:
        """Build a heading. It may end with its id: `## Text {#id}`."""
        is_paragraph = block.kind == "underlined"
        rows = without_references(block.rows, self.md.references) if is_paragraph else block.rows
        text = "\n".join(row.lstrip() for row in rows).strip()
        found = ID.search(text)
        heading = SubElement(parent, f"h{block.level}", {"id": found["id"]} if found else {})
        heading.text = text[: found.start()] if found else text

    def build_text(self, parent: Element, rows: Sequence[str]) -> None:
        """Leave lines to Python-Markdown."""
        if rows:
            super().parseBlocks(parent, "\n".join(rows).split("\n\n"))

    def build_list(self, parent: Element, block: Block) -> None:
        """Build a list. In a tight one, paragraphs are bare text."""
        assert block.first
        whole = SubElement(parent, "ol" if block.first.is_ordered else "ul")
        if block.first.is_ordered and block.first.number != 1:
            whole.set("start", str(block.first.number))
        state = "looselist" if block.is_loose else "list"
        for item in block.items:
            built = SubElement(whole, "li")
            built.text, lines = _with_box(item)
            self.build_inside(built, lines, state)

    def build_inside(self, parent: Element, lines: Sequence[str], state: str) -> None:
        """Build what a block holds."""
        self.state.set(state)
        self.build(parent, lines)
        self.state.reset()

    def coloured(self, block: Block) -> str:
        """The mark that stands for a block of code."""
        longest = max((len(run) for row in block.rows for run in TILDES.findall(row)), default=0)
        fence = "~" * max(3, longest + 1)
        # Of an empty line at the end, only its end is left.
        code = [*block.rows, *([""] if block.rows and not block.rows[-1] else [])]
        for info in (_understood(block.info), ""):
            made = self.colour([f"{fence}{info}", *code, fence])
            if len(made) == 1:
                return made[0]
        return self.md.htmlStash.store("<pre><code>" + code_escape("\n".join(block.rows)) + "\n</code></pre>")

    def put(self, parent: Element, mark: str) -> None:
        """Put a mark, for which HTML is put in the end, between blocks."""
        parent.append(_between(mark))


def _understood(info: str) -> str:
    """What is understood of what stands behind the fence of code: its language, and numbers of lines."""
    return info if info.startswith("{") else " ".join([*info.split()[:1], *OPTIONS.findall(info)])


def _between(mark: str) -> Element:
    bare = Element("p")
    bare.tag = None  # type: ignore[assignment]  # Python-Markdown writes what has no tag without one
    bare.text = AtomicString(mark)
    bare.tail = "\n"
    return bare


def _with_box(item: list[str]) -> tuple[str | None, list[str]]:
    """The lines of an item, with a sign for the box of a task, which a code host draws: nobody can tick it here.

    Where something else than text stands behind it, the sign stands alone before that.
    """
    found = TASK.match(item[0])
    if not found:
        return None, item
    box, rest = "☐" if found["mark"] == " " else "☑", item[0][found.end() :]
    if opens(rest.lstrip()):
        return box, [rest.lstrip(), *item[1:]]
    return None, [(box + rest).rstrip() if not rest.strip() else box + rest, *item[1:]]

"""Python-Markdown with our parser of blocks and our patterns of what stands in a line."""

from collections.abc import Sequence
from typing import Any

from markdown import Markdown
from markdown.preprocessors import Preprocessor
from markdown.util import ETX, STX

from lessons.dialect import inline
from lessons.dialect.parser import StructuredParser
from lessons.dialect.tables import Tables


class Reader(Markdown):
    """A converter that reads Markdown as a code host does.

    It needs the extension `pymdownx.superfences`, which colours code.
    """

    parser: StructuredParser

    def __init__(self, **options: Any) -> None:
        """Take what Markdown takes."""
        super().__init__(**options)
        fences = self.preprocessors["fenced_code_block"]
        self.parser.colour = fences.run
        fences.run = list  # type: ignore[assignment,method-assign]  # others ask for it, but it changes no text by itself
        for name in ("html_block", "normalize_whitespace"):
            self.preprocessors.deregister(name)
        self.preprocessors.register(_Lines(self), "lines", 30)
        self.parser.blockprocessors.register(Tables(self.parser, {"use_align_attribute": True}), "table", 75)
        self.parser.blockprocessors.deregister("code")

    def build_parser(self) -> "Reader":
        """Put our parser in the place of the usual one, before extensions register with it."""
        super().build_parser()
        self.parser = StructuredParser(self)
        inline.register(self)
        return self


class _Lines(Preprocessor):
    """Takes out the signs that stand for what is put away, and the other half of the ends of lines. Tabs stay."""

    def run(self, lines: Sequence[str]) -> list[str]:
        rows = [line.replace(STX, "").replace(ETX, "").removesuffix("\r") for line in lines]
        return rows[: len(rows) - (rows[-1:] == [""])]  # what stands behind the last line's end is no line

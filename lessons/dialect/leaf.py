"""What is still open behind lines of Markdown: whether the next line may go on with a paragraph without its signs."""

import re
from dataclasses import dataclass, field
from typing import Literal

from lessons.dialect import html, rows
from lessons.dialect.rows import BLANK, CODE, FENCE, HEADING, QUOTE, RULE, UNDERLINE, indent, with_spaces, without

OF_QUOTE = 0


@dataclass
class Leaf:
    """The innermost block that is open. Each line is read once, whatever stands above it.

    `around` holds what it stands in, from the outermost on: for a list's item its column, else OF_QUOTE.
    """

    kind: Literal["", "paragraph", "table", "fence", "html"] = ""
    around: list[int] = field(default_factory=list)
    end: re.Pattern[str] = html.BLANK  # of code in a fence, or of HTML
    above: str = ""

    def read(self, line: str) -> None:
        """Take the next line."""
        inside = self.inside(line)
        if inside is None:
            return
        row = with_spaces(inside)
        if self.kind in ("fence", "html"):
            self.kind = "" if self.end.search(inside) else self.kind
            return
        while row.strip(BLANK) and indent(row) < CODE and not RULE.match(row):
            if found := QUOTE.match(row):
                self.begin(OF_QUOTE)
                row = with_spaces(row[found.end() :])
            elif (item := rows.item(row)) and (self.kind != "paragraph" or rows.interrupts(row)):
                self.begin(item.column)
                row = with_spaces(item.text)
            else:
                break
        self.kind = self.kind_of(row)
        self.above = row

    def inside(self, line: str) -> str | None:
        """The line without the signs and columns of what the leaf stands in. What the line does not go on with ends.

        None of a line that goes on with the paragraph without them.
        """
        for depth, column in enumerate(self.around):
            row = with_spaces(line)
            if column == OF_QUOTE and (found := QUOTE.match(row)):
                line = row[found.end() :]
            elif column != OF_QUOTE and (not row.strip(BLANK) or indent(row) >= column):
                line = without(line, column)
            else:
                if self.kind == "paragraph" and row.strip(BLANK) and not opens(row):
                    return None
                del self.around[depth:]
                self.kind = ""
                break
        return line

    def begin(self, column: int) -> None:
        """Stand in one thing more from here on."""
        self.around.append(column)
        self.kind = ""

    def kind_of(self, row: str) -> Literal["", "paragraph", "table", "fence", "html"]:
        """What is open behind a line, without the signs of what it stands in."""
        in_paragraph = self.kind == "paragraph"
        if not row.strip(BLANK) or (indent(row) >= CODE and not in_paragraph):
            return ""
        if found := FENCE.match(row):
            self.end = closing_fence(found["ticks"] or found["tildes"])
            return "fence"
        if end := html.ends(row, in_paragraph=in_paragraph):
            self.end = end
            return "" if end.search(row) else "html"
        if indent(row) < CODE and (HEADING.match(row) or RULE.match(row) or (in_paragraph and UNDERLINE.match(row))):
            return ""
        return "table" if self.kind == "table" or (in_paragraph and rows.heads_table(self.above, row)) else "paragraph"


def opens(row: str, *, in_paragraph: bool = False) -> bool:
    """Whether a line opens something by itself."""
    if indent(row) >= CODE:
        return False
    found = rows.interrupts(row) if in_paragraph else rows.opens(row)
    return found or html.ends(row, in_paragraph=in_paragraph) is not None


def closing_fence(fence: str) -> re.Pattern[str]:
    """What ends the code behind a fence."""
    return re.compile(rf"^ {{0,3}}{fence[0]}{{{len(fence)},}}[ \t]*$")

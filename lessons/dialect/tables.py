"""Tables as a code host has them (GitHub Flavored Markdown 0.29, section 4.10), built by Python-Markdown."""

from xml.etree.ElementTree import Element

from markdown.extensions.tables import TableProcessor

from lessons.dialect.rows import cells, heads_table


class Tables(TableProcessor):
    """Makes a table of lines of which the second one delimits as many columns as the first one has."""

    def test(self, parent: Element, block: str) -> bool:  # noqa: ARG002 - it is asked with both
        """Whether the lines are a table."""
        rows = block.split("\n", 2)
        if len(rows) < 2 or not heads_table(rows[0], rows[1]):  # noqa: PLR2004 - a head, and what delimits it
            return False
        self.separator = cells(rows[1])  # type: ignore[assignment]  # a list there, too; its stub says a text
        return True

    def run(self, parent: Element, blocks: list[str]) -> None:
        """Make it."""
        has_body = blocks[0].count("\n") > 1
        super().run(parent, blocks)
        if not has_body:
            table = parent[-1]
            table.remove(table[1])

    def _split_row(self, row: str) -> list[str]:
        return cells(row)

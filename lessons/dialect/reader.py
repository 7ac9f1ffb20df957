"""Python-Markdown with our parser of blocks, and of backslashes."""

from markdown import Markdown

from lessons.dialect import inline
from lessons.dialect.parser import structured


class Reader(Markdown):
    """A converter that finds blocks as a code host does."""

    def build_parser(self) -> "Reader":
        """Put our parser in the place of the usual one, before extensions register with it."""
        super().build_parser()
        self.parser = structured(self)
        inline.register(self)
        return self

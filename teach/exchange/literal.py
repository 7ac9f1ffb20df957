"""Writes a text as Markdown in which each of its characters is seen, and none is a mark."""

import re

ANYWHERE = re.compile(r"[\\`*\[{|]|<|&(?=#?\w{1,32};)|(?<![^\W_])_|_(?![^\W_])|->")
AT_BEGINNING = re.compile(r"^(?:#|>|[-+=](?=[-+= \t]|$)|~~~|:(?=[ \t])|///)")
NUMBERED = re.compile(r"^([0-9]{1,9})([.)])(?=[ \t]|$)")
WRITTEN = {"<": "&lt;", "&": "&amp;", "->": "-&gt;", "=": "&#61;", "~": "&#126;", ":": "&#58;", "/": "&#47;"}


def literal(text: str) -> str:
    """The text, escaped. Its lines lose their indentation, which would make code of them."""
    return "\n".join(_row(row) for row in text.split("\n"))


def inline(text: str) -> str:
    """A part of a line, escaped. What counts at the beginning of a line alone is left."""
    return ANYWHERE.sub(lambda found: WRITTEN.get(found[0], f"\\{found[0]}"), text)


def at_beginning(row: str) -> str:
    """A line in which nothing makes a list, a quote or a heading of it. A # at its end would be lost in a heading."""
    row = NUMBERED.sub(r"\1\\\2", AT_BEGINNING.sub(_escaped_first, row))
    return row[:-1] + r"\#" if row.endswith("#") and not row.endswith(r"\#") else row


def _row(row: str) -> str:
    broken = row.endswith("  ")
    return at_beginning(inline(row.strip())) + ("  " if broken and row.strip() else "")


def _escaped_first(found: re.Match[str]) -> str:
    first = found[0][0]
    return WRITTEN.get(first, f"\\{first}") + found[0][1:]

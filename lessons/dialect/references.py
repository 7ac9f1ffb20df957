"""Where links lead that are written `[text][name]`: lines of their own, like `[name]: https://…`, that nobody sees."""

import re
from collections.abc import Sequence

from lessons.dialect.entities import with_entities

REFERENCE = re.compile(
    r"""[ ]{0,3}\[(?P<name>(?:\\.|[^\[\]\\])++)\]:[ \t]*+\n?[ \t]*+
    (?P<target><(?:\\.|[^<>\\\n])*+>|[^\s<]\S*+)
    (?:(?:[ \t]++|[ \t]*\n[ \t]*)(?P<title>"(?:\\.|[^"\\])*+"|'(?:\\.|[^'\\])*+'|\((?:\\.|[^()\\])*+\)))?
    [ \t]*+(?:\n|\Z)""",
    re.VERBOSE | re.DOTALL,
)
ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


def without_references(rows: Sequence[str], known: dict[str, tuple[str, str]]) -> Sequence[str]:
    """The lines of a paragraph without the definitions at its beginning, which are put into `known` by their names.

    Of several with one name the first one holds (CommonMark 0.31.2, section 4.7).
    """
    if not rows[0].lstrip(" ").startswith("["):
        return rows
    text, at = "\n".join(rows), 0
    while (found := REFERENCE.match(text, at)) and found["name"].strip():
        known.setdefault(
            name_of(unescaped(found["name"])), (read(bare(found["target"])), read((found["title"] or "")[1:-1]))
        )
        at = found.end()
    return text[at:].split("\n") if at < len(text) else []


def name_of(text: str) -> str:
    """A name as it is compared: without case, and with one space for all white space."""
    return " ".join(text.casefold().split())


def bare(target: str) -> str:
    """The target of a link without the angle brackets around it."""
    return target[1:-1] if target.startswith("<") else target


def read(text: str) -> str:
    """An address or a title as it is meant: with the signs for which backslashes and entities stand."""
    return with_entities(unescaped(text))


def unescaped(text: str) -> str:
    """The text with the signs that stand behind a backslash."""
    return ESCAPED.sub(r"\1", text)

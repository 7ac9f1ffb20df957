"""Cuts HTML into tags and what stands between them. A plain expression looks at each character once."""

import re
from html import unescape

from lessons.taken_out import without_comments

TOKEN = re.compile(r"(</?[a-zA-Z][a-zA-Z0-9]*(?:[ \t\n/][^<>]*)?>)")
NAME = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]*)")
ATTRIBUTE = re.compile(
    r"(?<![\w-])(?P<name>href|src|alt|start|type|value)[ \t]*=[ \t]*"
    r"""(?:"(?P<a>[^"]*)"|'(?P<b>[^']*)'|(?P<c>[^\s"'>]+))""",
    re.IGNORECASE,
)
# Names of tags.
CELLS = {"td", "th"}
OF_TABLES = CELLS | {"table", "tr", "thead", "tbody", "tfoot"}
ENDING = {"h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "hr", "dl", "dt", "dd", "caption"}  # a paragraph
WITHOUT_LOSS = {"div", "html", "body"}
SILENT = {"script", "style"}  # whose text is none


def split(html: str) -> list[str]:
    """Text and tags in turn, text first; what is no tag is text. Comments are gone."""
    return TOKEN.split(without_comments(html))


def name_of(tag: str) -> str:
    """The name of a tag, in small letters."""
    found = NAME.match(tag)
    return found[1].lower() if found else ""


def attribute(tag: str, name: str) -> str:
    """The value of an attribute: one of those named in ATTRIBUTE."""
    for found in ATTRIBUTE.finditer(tag):
        if found["name"].lower() == name:
            return unescape(found["a"] or found["b"] or found["c"] or "").strip()
    return ""


def words_of(picture: str) -> str:
    """What is said of a picture."""
    return " ".join(attribute(picture, "alt").split())

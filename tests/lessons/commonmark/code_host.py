"""What a code host shows of a Markdown text, told by a reader that shares nothing with ours: markdown-it-py.

CommonMark, with what hosts add to it: tables, ~~struck~~ text, bare links and boxes to tick.
"""

import re
from collections.abc import Iterator
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from lessons.prose import clean

# GitHub Flavored Markdown, section 6.9: where a bare address begins, and what at its end is no part of it.
BARE = re.compile(
    r"(?:^|(?<=[\s*_~(]))(?:https?://[\w-]+(?:\.[\w-]+)*+[^\s<]*|www\.[\w-]+(?:\.[\w-]+)++[^\s<]*"
    r"|[\w.+-]++@[\w-]+(?:\.[\w-]+)++(?<![_-]))"
)
BEHIND = re.compile(r"(?:[?!.,:*_~'\"]|&[a-zA-Z0-9]+;)$")
BOX = re.compile(r"\[(?P<mark>[ xX])\][ \t]")


def tokens(text: str) -> list[Token]:
    """The blocks of a text, each with the lines on which it stands (`map`, from 0)."""
    return _reader().parse(text)


def shown(parts: list[Token]) -> str:
    """The HTML of some blocks, without what a page of ours would not hold either (scripts, addresses of pictures)."""
    html: str = _reader().renderer.render(parts, _reader().options, {})
    return clean(html)


@cache
def _reader() -> MarkdownIt:
    reader = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    reader.core.ruler.push("bare_links", _bare_links)
    reader.core.ruler.push("boxes", _boxes)
    return reader


def _bare_links(state: StateCore) -> None:
    for token in state.tokens:
        if token.type == "inline":
            token.children = list(_linked(token.children or []))


def _linked(children: list[Token]) -> Iterator[Token]:
    links = 0
    for child in _joined(children):
        links += {"link_open": 1, "link_close": -1}.get(child.type, 0)
        if child.type != "text" or links:
            yield child
            continue
        done = 0
        for found in BARE.finditer(child.content):
            address = _without_what_is_behind(found[0])
            yield _text(child.content[done : found.start()])
            yield Token("link_open", "a", 1, attrs={"href": _scheme(address) + address})
            yield _text(address)
            yield Token("link_close", "a", -1)
            done = found.start() + len(address)
        yield _text(child.content[done:])


def _scheme(address: str) -> str:
    if address.startswith(("http://", "https://")):
        return ""
    return "http://" if address.startswith("www.") else "mailto:"


def _without_what_is_behind(address: str) -> str:
    while True:
        shorter = BEHIND.sub("", address)
        if shorter == address and address.endswith(")") and address.count(")") > address.count("("):
            shorter = address[:-1]
        if shorter == address:
            return address
        address = shorter


def _joined(children: list[Token]) -> Iterator[Token]:
    """Pieces of text beside each other as one: an underscore that is no mark stands in a piece of its own."""
    text = ""
    for child in children:
        if child.type == "text":
            text += child.content
            continue
        if text:
            yield _text(text)
            text = ""
        yield child
    if text:
        yield _text(text)


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)


def _boxes(state: StateCore) -> None:
    """The first paragraph of an item may begin with a box."""
    for at, token in enumerate(state.tokens[2:], 2):
        item, paragraph = state.tokens[at - 2 : at]
        if token.type == "inline" and paragraph.type == "paragraph_open" and item.type == "list_item_open":
            found = BOX.match(token.content)
            if found and token.children and token.children[0].content.startswith("["):
                first = token.children[0]
                first.content = ("☐" if found["mark"] == " " else "☑") + first.content[3:]

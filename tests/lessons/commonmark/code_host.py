"""What a code host shows of a Markdown text, told by a reader that shares nothing with ours: markdown-it-py.

CommonMark, with what hosts add to it: tables, ~~struck~~ text, bare links, boxes to tick and alerts. No footnotes.
"""

import re
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from lessons.prose import clean

HOSTS = {"tasklists": True, "alerts": True, "strikethrough_single_tilde": True}
# GitHub Flavored Markdown, section 6.9: bare addresses, and what at their end is no part of them.
SCHEME = re.compile(r"(?<![a-zA-Z])https?$", re.IGNORECASE)
ADDRESS = re.compile(r"://[^\W_][^\s<]*")
WWW = re.compile(r"(?:^|(?<=[\s*_~(]))www\.[\w-]+[^\s<]*", re.IGNORECASE)
MAIL = re.compile(r"(?:^|(?<=[\s*_~(]))[\w.+-]++@[\w-]+(?:\.[\w-]+)++(?<![_-])")
BEHIND = re.compile(r"(?:[?!.,:*_~'\"]|&[a-zA-Z0-9]+;)$")
BOX = re.compile(
    r'<input class="task-list-item-checkbox" disabled="" type="checkbox"(?P<ticked> checked="")?>(?: (<p>))?'
)


def tokens(text: str) -> list[Token]:
    """The blocks of a text, each with the lines on which it stands (`map`, from 0)."""
    return _reader().parse(text)


def shown(parts: list[Token]) -> str:
    """The HTML of some blocks, without what a page of ours would not hold either (scripts, addresses of pictures)."""
    html: str = _reader().renderer.render(parts, _reader().options, {})
    return clean(BOX.sub(lambda box: f"{box[2] or ''}{'☑' if box['ticked'] else '☐'} ", html))


@cache
def _reader() -> MarkdownIt:
    reader = MarkdownIt("commonmark", HOSTS).enable(["table", "strikethrough"])
    reader.inline.ruler.before("text", "bare_names", _bare_name)
    reader.inline.ruler.after("text", "bare_links", _bare_link)
    reader.core.ruler.push("bare_mails", _bare_mails)
    reader.validateLink = bool  # type: ignore[assignment]  # any address: `clean` takes away those that do something
    return reader


def _bare_link(state: StateInline, silent: bool) -> bool:
    """An address with its scheme, found at its colon."""
    scheme, address = SCHEME.search(state.pending), ADDRESS.match(state.src, state.pos)
    if silent or state.linkLevel or not scheme or not address:
        return False
    state.pending = state.pending[: scheme.start()]
    state.pos -= len(scheme[0])
    _push_link(state, scheme[0] + address[0])
    return True


def _bare_name(state: StateInline, silent: bool) -> bool:
    """An address that begins with www, found where it begins, or the text in front of one."""
    found = WWW.search(state.src, state.pos)
    end = state.md.inline.terminator_re.search(state.src, state.pos)
    if silent or state.linkLevel or not found or (end and end.start() < found.start()):
        return False
    state.append_pending(state.src[state.pos : found.start()])
    state.pos = found.start()
    _push_link(state, found[0], "http://")
    return True


def _push_link(state: StateInline, address: str, scheme: str = "") -> None:
    text = _without_what_is_behind(address)
    state.push("link_open", "a", 1).attrs = {"href": scheme + text}
    state.push("text", "", 0).content = text
    state.push("link_close", "a", -1)
    state.pos += len(text)


def _bare_mails(state: StateCore) -> None:
    for token in state.tokens:
        links, children = 0, []
        for child in token.children or []:
            links += {"link_open": 1, "link_close": -1}.get(child.type, 0)
            children += [child] if child.type != "text" or links else _with_mails(child.content)
        if token.type == "inline":
            token.children = children


def _with_mails(text: str) -> list[Token]:
    found, done = [], 0
    for match in MAIL.finditer(text):
        found += [
            Token("text", "", 0, content=text[done : match.start()]),
            Token("link_open", "a", 1, attrs={"href": f"mailto:{match[0]}"}),
            Token("text", "", 0, content=match[0]),
            Token("link_close", "a", -1),
        ]
        done = match.end()
    return [*found, Token("text", "", 0, content=text[done:])]


def _without_what_is_behind(address: str) -> str:
    while True:
        shorter = BEHIND.sub("", address)
        if shorter == address and address.endswith(")") and address.count(")") > address.count("("):
            shorter = address[:-1]
        if shorter == address:
            return address
        address = shorter

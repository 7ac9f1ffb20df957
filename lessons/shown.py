"""What a reader sees of HTML that was cleaned: its words, if any, and whether two pieces look the same."""

import re
import unicodedata
from collections.abc import Iterator
from html import unescape

# nh3 writes every < of a text and every " of an attribute as a reference.
TOKEN = re.compile(r"<(?P<ends>/?)(?P<name>[a-z0-9]+)(?P<attributes>(?:[^\">]|\"[^\"]*\")*)>|(?P<text>[^<]+)")
ALT = re.compile(r"\salt=\"([^\"]*)\"")
SRC = re.compile(r"\ssrc=\"([^\"]*)\"")
BLOCKS = (
    "address article aside blockquote br caption center dd details div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6"
    " header hgroup hr li nav ol p pre section summary table tbody td th thead tr ul"
)
BREAKS = frozenset(BLOCKS.split())
# How a tag makes its words look. Those that are not here make no difference.
LOOKS = {
    **dict.fromkeys(("b", "strong"), "bold"),
    **dict.fromkeys(("em", "i", "cite", "dfn", "var", "address"), "italic"),
    **dict.fromkeys(("code", "samp", "tt"), "code"),
    **dict.fromkeys(("del", "s", "strike"), "struck"),
    **dict.fromkeys(("ins", "u"), "underlined"),
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "heading"),
    **{name: name for name in ("kbd", "sub", "sup", "mark", "small", "a", "pre", "th", "li", "q", "rt")},
}
PICTURE = "\ufffc"  # stands for a picture
Look = tuple[tuple[str, frozenset[str]], ...]  # each sign, and how it looks
# What takes no room: marks of direction, joiners, and the like. A joiner between letters that are not Latin has effect.
UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e007f]"
    "|(?<![^\x00-\x7f])[\u200c\u200d]|[\u200c\u200d](?![^\x00-\x7f])"
)
# What is of a kind that has a form, and has none: fillers, the blank of Braille, and what varies the sign before it.
FORMLESS = frozenset("\u115f\u1160\u2800\u3164\uffa0\u17b4\u17b5") | frozenset(map(chr, range(0xFE00, 0xFE10)))
EMPTY_KINDS = frozenset({"Cc", "Cf", "Cn", "Cs", "Zs", "Zl", "Zp"})


def words_in(html: str) -> str:
    """The text of what was rendered, pictures by their words. Code keeps its lines."""
    return unescape("".join(_texts(html)))


def is_blank(html: str) -> bool:
    """Whether there is nothing to be seen. A picture is seen, and so is what its words say."""
    return "<img" not in html and all(
        unicodedata.category(sign) in EMPTY_KINDS or sign in FORMLESS for sign in words_in(html)
    )


def look(html: str) -> Look:
    """Every sign with how it looks. Of two that are equal, nobody could say which is which."""
    signs: list[tuple[str, frozenset[str]]] = []
    for text, looks in _pieces(html):
        is_code = not looks.isdisjoint(("code", "pre"))
        for sign in unicodedata.normalize("NFC", UNSEEN.sub("", text)):
            if sign.isspace() and not is_code:
                if signs and signs[-1][0] != " ":
                    signs.append((" ", frozenset()))
            else:
                signs.append((sign, looks))
    while signs and signs[-1][0].isspace():
        signs.pop()
    return tuple(signs)


def folded(html: str) -> str:
    """What is said, without what hardly anybody sees: markup, spacing, and the case of what is no code.

    Code stays as it is, for `True` and `true` are two answers, and so are two indentations.
    """
    said: list[str] = []
    for text, looks in _pieces(html):
        seen = UNSEEN.sub("", text)
        if looks.isdisjoint(("code", "pre")):
            seen = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", seen).casefold())
            seen = re.sub(r"\s+", " ", seen)
            said.append(seen.lstrip() if said and said[-1].endswith(" ") else seen)
        else:
            said.append(unicodedata.normalize("NFC", seen))
    return "".join(said).strip()


def _texts(html: str) -> Iterator[str]:
    for token in TOKEN.finditer(html):
        if token["text"]:
            yield token["text"]
        elif token["name"] == "br":
            yield " "
        elif token["name"] == "img" and (alt := ALT.search(token["attributes"])):
            yield alt[1]


def _pieces(html: str) -> Iterator[tuple[str, frozenset[str]]]:
    """Each text with how it looks; the beginning and the end of a block as a space."""
    looks: list[str] = []
    for token in TOKEN.finditer(html):
        name = token["name"]
        if token["text"]:
            yield unescape(token["text"]), frozenset(looks)
            continue
        if name in BREAKS:
            yield " ", frozenset()
        if name == "img":
            source = SRC.search(token["attributes"])
            yield f"{PICTURE}{source[1] if source else ''} ", frozenset()
        elif look := LOOKS.get(name):
            if not token["ends"]:
                looks.append(look)
            elif look in looks:
                looks.remove(look)

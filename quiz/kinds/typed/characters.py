"""What a phone or a keyboard makes of a character, made plain again: quotes, dashes, spaces, and what nobody sees."""

import re
import unicodedata

TICK_FOR_APOSTROPHE = re.compile(r"(?<=\w)`(?=\w)")

LONG_DASHES = "—―⸺⸻"
HYPHENS = "‐‑‒–−﹣－⁃˗"  # and the dash of ranges, and the sign for minus
APOSTROPHES = "‘’‚‛ʼʻʹʽ′‵´‹›＇"
QUOTES = "“”„‟«»″‶〝〞〟「」『』❝❞＂"
# Nothing of these is to be seen. They come from a page that was copied, or from a keyboard for several scripts.
UNSEEN = "\u00ad\u034f\u061c\u115f\u1160\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\ufeff"
UNSEEN += "".join(map(chr, (*range(0x2060, 0x2070), *range(0xFE00, 0xFE10))))

PLAIN = {
    **dict.fromkeys(map(ord, LONG_DASHES), "—"),
    **dict.fromkeys(map(ord, HYPHENS), "-"),
    **dict.fromkeys(map(ord, APOSTROPHES), "'"),
    **dict.fromkeys(map(ord, QUOTES), '"'),
    **dict.fromkeys(map(ord, UNSEEN), ""),
}


def plain_characters(text: str) -> str:
    """A text with its letters composed, quotes straight, and spaces and hyphens the ordinary ones.

    A long dash stays one ("—"): a phone makes it of two hyphens, and a person writes it for one.
    """
    if not text.isascii():
        # Twice: NFKC makes two signs of some of these, and some of these of others.
        text = unicodedata.normalize("NFKC", text.translate(PLAIN)).translate(PLAIN)
        text = unicodedata.normalize("NFKC", text)
    return TICK_FOR_APOSTROPHE.sub("'", text) if "`" in text else text


def plainly_typed(text: str) -> str:
    """The same in one line, with single spaces."""
    return " ".join(plain_characters(text).split())

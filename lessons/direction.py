"""The direction of text that is written from right to left. HTML without such letters stays as it is, byte for byte.

What holds words says `auto`: the browser goes by their first letter. That leaves out what has a direction of its own,
as code has, and so it cannot tell for a list whose items have theirs. The direction of those is looked up here.
"""

import re
import unicodedata

RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdcf\ufdf0-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
TAG = re.compile(
    r"<(?:(?P<words>p|li|h[1-6]|td|th|dt|dd|figcaption|caption|summary)"
    r"|(?P<holder>ul|ol|dl|table|blockquote)"
    r"|(?P<code>pre(?:[^>]*>(?:<span></span>)?<code)?|code|kbd|samp))(?=[\s>])(?P<rest>[^>]*)>"
)
NO_WORDS = re.compile(r"<(pre|code|kbd|samp)\b.*?</\1>|<[^>]*>|&#?\w+;", re.DOTALL)
FAR = (
    1_000  # characters: the first letter of a list is not far, and where there is none, nobody looks through all of it
)


def directed(html: str) -> str:
    """The HTML of prose, cleaned, with a direction wherever words stand, if any of them are from right to left."""
    return TAG.sub(_with_direction, html) if RIGHT_TO_LEFT.search(html) else html


def _with_direction(found: re.Match[str]) -> str:
    tag = found[0]
    if " dir=" in tag:
        return tag
    if found["words"]:
        direction = "auto"
    elif found["code"]:
        direction = "ltr"
    else:
        direction = _direction_of(found.string, found.end())
    return re.sub(r"^<(\w+)", rf'<\1 dir="{direction}"', tag) if direction else tag


def _direction_of(html: str, at: int) -> str:
    """`rtl`, or nothing, for what begins at a place with such words. Code does not count, and nothing far behind it."""
    end = min(len(html), at + FAR)
    while at < end:
        if skipped := NO_WORDS.match(html, at):
            at = skipped.end()
            continue
        kind = unicodedata.bidirectional(html[at])
        if kind in ("L", "R", "AL"):
            return "" if kind == "L" else "rtl"
        at += 1
    return ""

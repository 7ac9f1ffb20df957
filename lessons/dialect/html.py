"""Where HTML stands in the place of Markdown: by the rules of CommonMark 0.31.2, sections 4.6 and 6.6."""

import re

# What makes a line HTML up to the next empty line, whatever stands behind it: the list of section 4.6, condition 6.
BLOCKS = (
    "address article aside base basefont blockquote body caption center col colgroup dd details dialog dir div dl dt"
    " fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hr html iframe legend li link"
    " main menu menuitem nav noframes ol optgroup option p param search section summary table tbody td tfoot th thead"
    " title tr track ul"
)
ATTRIBUTE = r"""\s+[a-zA-Z_:][a-zA-Z0-9_.:-]*+(?:\s*+=\s*+(?:[^\s"'=<>`]++|'[^']*+'|"[^"]*+"))?"""
OPENING = rf"<[a-zA-Z][a-zA-Z0-9-]*+(?:{ATTRIBUTE})*+\s*+/?>"
CLOSING = r"</[a-zA-Z][a-zA-Z0-9-]*+\s*+>"
COMMENT = r"<!-->|<!--->|<!--(?:(?!-->).)*+-->"
OTHERS = r"<\?(?:(?!\?>).)*+\?>|<![a-zA-Z][^>]*+>|<!\[CDATA\[(?:(?!\]\]>).)*+\]\]>"
TAG = re.compile(rf"{OPENING}|{CLOSING}|{COMMENT}|{OTHERS}", re.DOTALL)

# How a line begins, and what the last line of such HTML has in it.
WITH_END = tuple(
    (re.compile(begin, re.IGNORECASE), re.compile(end, re.IGNORECASE))
    for begin, end in (
        (r"^ {0,3}<(?:script|pre|style|textarea)(?:\s|>|$)", r"</(?:script|pre|style|textarea)>"),
        (r"^ {0,3}<!--", r"-->"),
        (r"^ {0,3}<\?", r"\?>"),
        (r"^ {0,3}<!\[CDATA\[", r"\]\]>"),
        (r"^ {0,3}<![a-zA-Z]", r">"),
    )
)
UP_TO_BLANK = re.compile(rf"^ {{0,3}}</?(?:{'|'.join(BLOCKS.split())})(?:\s|/?>|$)", re.IGNORECASE)
ONE_TAG = re.compile(rf"^ {{0,3}}(?:{OPENING}|{CLOSING})[ \t]*$")
BLANK = re.compile(r"^[ \t]*$")


def ends(row: str, *, in_paragraph: bool = False) -> re.Pattern[str] | None:
    """What ends the HTML that begins in a line; None where none begins. A tag alone ends no paragraph above it."""
    if row.lstrip(" ")[:1] != "<":
        return None
    for begin, end in WITH_END:
        if begin.match(row):
            return end
    if UP_TO_BLANK.match(row) or (not in_paragraph and ONE_TAG.match(row)):
        return BLANK
    return None

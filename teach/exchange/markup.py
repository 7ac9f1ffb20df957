"""From the markups of other systems to our Markdown, with a word for each thing that gets lost on the way.

A text in `[markdown]` stays as it is, but for pictures. One in `[plain]` is escaped, so that each character is seen.
One in `[html]`, or in Moodle's own format (HTML whose new lines count), is rewritten by teach/exchange/tags.py. In
which of them a new line is a break, also one of the file itself, is Moodle's rule (`format_text` in lib/weblib.php).
"""

import re
from dataclasses import dataclass
from textwrap import dedent

from lessons.words import pieces
from quiz.foreign import BLANK, BREAK, Piece
from teach.exchange.inlines import are_statements, fenced
from teach.exchange.literal import literal
from teach.exchange.tags import LOST_PICTURE, rewritten

# What stands for the missing word. Of bare underscores at the beginning of a line, Markdown would make a rule.
GAP = r"\_\_\_\_\_"
PICTURE = re.compile(
    r"!\[(?P<words>[^\[\]\n]{0,300})\](?:\([^()\n]{0,500}\)|\[[^\[\]\n]{0,100}\])|<img\b[^<>\n]{0,1000}>",
    re.IGNORECASE,
)
WORDS = re.compile(r"""\balt[ \t]*=[ \t]*(?:"(?P<a>[^"]{0,300})"|'(?P<b>[^']{0,300})')""", re.IGNORECASE)
FORMULA = re.compile(r"\\[(\[]|\$\$")
FORMULA_IN_MARKDOWN = re.compile(r"\\\\[(\[]|\$\$")  # in which a single backslash only escapes the bracket
LOST_FILE = "@@PLUGINFILE@@"
# A line that stands in columns, for Moodle shows each space of a plain text.
LIKE_CODE = re.compile(r"^ {2}|[^ ] {3,}+[^ ]")


@dataclass(frozen=True)
class Marked:
    """A text in our Markdown, and what of it was lost: sentences for the report."""

    text: str
    lost: tuple[str, ...] = ()


def markdown_of(piece: Piece, *, asks: bool = False) -> Marked:
    """A text in our Markdown.

    Args:
        piece: the text.
        asks: whether its first line is to stand apart, as the question. In Markdown it stands as it is.
    """
    lost: list[str] = []
    text = piece.text.replace(BREAK, "\n")
    if (FORMULA_IN_MARKDOWN if piece.format == "markdown" else FORMULA).search(text):
        lost.append("a formula stays as it is written: formulas are not drawn here")
    if piece.format == "markdown":
        text = without_pictures(text, lost)
    elif piece.format == "plain":
        text = _plain(text, asks=asks)
    else:
        text = rewritten(text, lost, keeps_breaks=piece.format == "moodle", asks=asks)
    if LOST_FILE in text:
        lost.append("a file that Moodle keeps is not carried: its address leads nowhere here")
    return Marked(text.replace(BLANK, GAP).strip(), tuple(dict.fromkeys(lost)))


def plain_of(piece: Piece) -> str:
    """A short text that is to be typed: one line, without any markup."""
    return " ".join(piece.text.replace(BREAK, " ").split())


def _plain(text: str, *, asks: bool) -> str:
    """Lines of which each one, and each of its spaces, was seen: with hard breaks, or as a block of code."""
    parts: list[str] = []
    rows: list[str] = []
    program: list[str] = []  # that was the last part, as it may go on
    for row in [*text.strip("\n").expandtabs(4).split("\n"), ""]:
        if row.strip():
            rows.append(row.rstrip())
        if rows and (not row.strip() or (asks and not parts)):
            if (any(map(LIKE_CODE.search, rows)) or are_statements(rows)) and (parts or len(rows) > 1):
                parts = parts[:-1] if program else parts
                program = [*program, "", *rows] if program else rows
                parts.append(fenced(dedent("\n".join(program))))
            else:
                parts.append("  \n".join(map(literal, rows)))
                program = []
            rows = []
    return "\n\n".join(parts)


def without_pictures(text: str, lost: list[str]) -> str:
    """Markdown with the words of each picture in its place. What stands in code shows none."""

    def words(found: re.Match[str]) -> str:
        alt = WORDS.search(found[0])
        said = (found["words"] or (alt and (alt["a"] or alt["b"])) or "").strip()
        lost.append(LOST_PICTURE)
        return f"(Picture: {said})" if said else ""

    return "".join(PICTURE.sub(words, piece.raw) if piece.kind == "words" else piece.raw for piece in pieces(text))

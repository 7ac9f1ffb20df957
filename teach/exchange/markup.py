"""From the markups of other systems to our Markdown, with a word for each thing that gets lost on the way.

A text in `[markdown]` stays as it is, but for pictures. One in `[plain]` is escaped, so that each character is seen.
One in `[html]`, or in Moodle's own format (HTML whose new lines count), is rewritten by teach/exchange/tags.py.
"""

import re
from dataclasses import dataclass

from lessons.words import pieces
from quiz.foreign import BLANK, BREAK, Piece
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


@dataclass(frozen=True)
class Marked:
    """A text in our Markdown, and what of it was lost: sentences for the report."""

    text: str
    lost: tuple[str, ...] = ()


def markdown_of(piece: Piece) -> Marked:
    """A text in our Markdown."""
    lost: list[str] = []
    if (FORMULA_IN_MARKDOWN if piece.format == "markdown" else FORMULA).search(piece.text):
        lost.append("a formula stays as it is written: formulas are not drawn here")
    if piece.format == "markdown":
        text = without_pictures(piece.text.replace(BREAK, "\n"), lost)
    elif piece.format == "plain":
        text = literal(_broken(piece.text))
    else:
        text = rewritten(
            _broken(piece.text) if piece.format == "moodle" else piece.text.replace(BREAK, "\n"),
            lost,
            keeps_breaks=piece.format == "moodle",
        )
    if LOST_FILE in text:
        lost.append("a file that Moodle keeps is not carried: its address leads nowhere here")
    return Marked(text.replace(BLANK, GAP).strip(), tuple(dict.fromkeys(lost)))


def plain_of(piece: Piece) -> str:
    """A short text that is to be typed: one line, without any markup."""
    return " ".join(piece.text.replace(BREAK, " ").split())


def _broken(text: str) -> str:
    """New lines that were asked for as hard breaks or, two in a row, as the end of a paragraph.

    Those at which a line of the file was full are spaces to a reader.
    """
    paragraphs = (part.strip(f" \n{BREAK}") for part in text.split(BREAK + BREAK))
    return "\n\n".join(part.replace(BREAK, "  \n") for part in paragraphs if part)


def without_pictures(text: str, lost: list[str]) -> str:
    """Markdown with the words of each picture in its place. What stands in code shows none."""

    def words(found: re.Match[str]) -> str:
        alt = WORDS.search(found[0])
        said = (found["words"] or (alt and (alt["a"] or alt["b"])) or "").strip()
        lost.append(LOST_PICTURE)
        return f"(Picture: {said})" if said else ""

    return "".join(PICTURE.sub(words, piece.raw) if piece.kind == "words" else piece.raw for piece in pieces(text))

"""Writes the rows of a paragraph that came as HTML as Markdown: the parts of each row, with what sets them off."""

import re
from collections.abc import Iterable, Iterator, Sequence
from textwrap import dedent

from quiz.foreign import BLANK
from teach.exchange.literal import inline

Styles = frozenset[str]
Run = tuple[str, Styles]  # a part of a row, and what sets it off
Row = Sequence[Run]

BREAK: Run = ("\n", frozenset({"break"}))
MARK: Styles = frozenset({"mark"})  # of a part that is Markdown already
OPENED: Run = ("[", MARK)  # a link
PLAIN: Styles = frozenset()
NAMES = ("sub", "sup", "em", "strong")
MARKS = {"strong": "**", "em": "*"}
SPACE = re.compile(r"\s+")
SPACE_OF_HTML = re.compile(r"[ \t\r\n\f]+")  # of which a browser shows one; of a no-break space it shows each
NO_BREAK = "\xa0"
# A line that is surely one of a program: an assignment, a call, the head of a block, or one behind a prompt.
ASSIGNED = re.compile(r"[\w.\[\], ]{1,60}[-+*/%|&^<>]{0,2}=(?![=>])")
WORDS = re.compile(r"\w \w")  # which stand before no sign of an assignment
CALLED = re.compile(r"[A-Za-z_][\w.]{0,60}\(")
HEADS = re.compile(r"(?:for|while|if|elif|else|def|class|with|try|except|finally|async|match|case)\b")
SIGNS = re.compile(r"[=(){}\[\]+]|^(?:return|break|continue|import|package|using)\b")  # unlike a list of words
OTHER = re.compile(r"(?:>>>|\.\.\.|\$) |import [\w.]{1,60}$|from [\w.]{1,60} import |(?:pass|break|continue|return)$")
LEAST_NO_BREAK, LEAST_SPACES = 2, 4  # columns from which on a row is indented, and no slip of the keyboard


def rows_of(runs: Iterable[Run]) -> list[list[Run]]:
    """The parts of a paragraph row by row. A link that is open where a row ends goes on in the next one."""
    rows: list[list[Run]] = [[]]
    for run in runs:
        if run == BREAK:
            rows.append([])
        elif run[1] == MARK and rows[-1] and rows[-1][-1] == OPENED and run != OPENED:
            rows[-1].pop()  # a link without any words
        else:
            rows[-1].append(run)
    return rows


def is_blank(row: Row) -> bool:
    """Whether nothing of a row is seen."""
    return not "".join(text for text, _ in row).strip()


def markdown_of_row(row: Row) -> str:
    """The Markdown of a row, with single spaces."""
    return " ".join("".join(_styled_parts(row)).split())


def is_program(rows: Sequence[Row], *, is_below: bool) -> bool:
    """Whether rows are lines of a program: some are indented, or all of them are set as code.

    Args:
        rows: those of a paragraph.
        is_below: whether something stands above them, so that also the first one is indented on purpose.
    """
    if any(styles == MARK for row in rows for _, styles in row):
        return False
    parts = [(text, styles) for row in rows for text, styles in row if text.strip()]
    if len(rows) > 1 and all("code" in styles for _, styles in parts):
        return True
    if not is_below and len(rows) == 1:
        return False
    texts = ["".join(text for text, _ in row) for row in rows]
    return all(styles <= {"code"} for _, styles in parts) and (any(map(_is_indented, texts)) or are_statements(texts))


def are_statements(rows: Sequence[str]) -> bool:
    """Whether each line is one of a program, whatever it is indented by."""
    return all(_is_statement(" ".join(row.split())) for row in rows)


def _is_statement(row: str) -> bool:
    if row.endswith((";", "{", "}")):
        return bool(SIGNS.search(row))
    if found := ASSIGNED.match(row):
        return not WORDS.search(found[0])
    if CALLED.match(row):
        return row.endswith((")", "):"))
    return (row.endswith(":") and bool(HEADS.match(row))) or bool(OTHER.match(row))


def program_of(rows: Iterable[Row], *, keeps_spaces: bool) -> str:
    """A block of code with these rows."""
    return fenced(dedent("\n".join(_as_seen("".join(text for text, _ in row), keeps_spaces) for row in rows)))


def fenced(text: str) -> str:
    """A block of code."""
    text = text.replace(BLANK, "_____").strip("\n")
    fence = _ticks(text, least=3)
    return f"{fence}text\n{text}\n{fence}"


def _is_indented(text: str) -> bool:
    lead = text[: len(text) - len(text.lstrip())]
    return lead.count(NO_BREAK) >= LEAST_NO_BREAK or len(lead.expandtabs(4)) >= LEAST_SPACES


def _as_seen(text: str, keeps_spaces: bool) -> str:  # noqa: FBT001 - an inner one
    if not keeps_spaces:
        text = SPACE_OF_HTML.sub(" ", text).lstrip(" ")
    return text.replace(NO_BREAK, " ").expandtabs(4).rstrip()


def _styled_parts(row: Row) -> Iterator[str]:
    for place, (text, styles) in enumerate(row):
        if styles == MARK:
            yield text
        else:
            yield _styled(SPACE.sub(" ", text), styles, _edge(row, place - 1, -1), _edge(row, place + 1, 0))


def _edge(row: Row, place: int, at: int) -> str:
    """The character next to a part of a row, or a space."""
    return row[place][0][at] if 0 <= place < len(row) and row[place][0] else " "


def _styled(text: str, styles: Styles, before: str, after: str) -> str:
    bare = text.strip()
    if not bare or not styles:
        return inline(text)
    lead, trail = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    said = _code(bare) if "code" in styles else inline(bare)
    names = [name for name in NAMES if name in styles]
    is_clear = len(names) == 1 and bool(trail or not after.isalnum()) and bool(lead or not before.isalnum())
    for name in names:
        mark = MARKS.get(name)
        said = f"{mark}{said}{mark}" if mark and is_clear else f"<{name}>{said}</{name}>"
    return lead + said + trail


def _code(text: str) -> str:
    """A span of code."""
    text = " ".join(text.replace(BLANK, "_____").split())
    ticks = _ticks(text, least=1)
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{ticks}{pad}{text}{pad}{ticks}"


def _ticks(text: str, least: int) -> str:
    """Backticks to set code off: more than it holds in a row."""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    return "`" * max(least, longest + 1)

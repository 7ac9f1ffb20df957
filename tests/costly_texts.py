"""Texts that somebody might type to see what gives in: one construct over and over, up to a given number of bytes.

Each was slow once, or is of a kind that was. The tests read all of them (tests/teach/test_costly_texts.py), and
`make bench` measures them (tests/bench/typed_texts.py).
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import count

HEAD = "---\ntitle: T\nsummary: S\nframework: F\nminutes: 1\nimpact: low\naffects: A\n---\n"
QUESTION = "## Who? {#who}\n\n"
ANSWERED = "- [x] Me\n  > Yes.\n- [ ] You\n  > No.\n\n> **Why:** because.\n"


@dataclass(frozen=True)
class Construct:
    """One construct. `text` makes a text of about so many bytes, for a file of this name in a lesson's folder."""

    name: str
    text: Callable[[int], str]
    filename: str = "learn.md"
    is_filled: bool = False  # whether its paragraphs are as long as they may be


def repeated(name: str, piece: str, before: str = HEAD, after: str = "", filename: str = "learn.md") -> Construct:
    """A piece that stands there again and again."""
    return Construct(name, lambda size: before + piece * ((size - len(before)) // len(piece)) + after, filename)


def numbered(name: str, piece: str, before: str = HEAD, filename: str = "learn.md") -> Construct:
    """A piece that is another one each time: {n} is its number."""

    def text(size: int) -> str:
        parts, length = [before], len(before)
        for number in count(1):
            part = piece.replace("{n}", str(number))
            length += len(part)
            if length > size:
                return "".join(parts)
            parts.append(part)
        raise AssertionError

    return Construct(name, text, filename)


def growing(name: str, sign: str, between: str = " ") -> Construct:
    """Rows of a sign, each longer than the one before by one."""

    def text(size: int) -> str:
        parts, length = [HEAD], len(HEAD)
        for number in count(1):
            length += number + len(between)
            if length > size:
                return "".join(parts)
            parts.append(sign * number + between)
        raise AssertionError

    return Construct(name, text)


PIECE = 9_900  # characters: as many as may stand there without an empty line, and some less
ROWS = 490  # lines likewise


def filled(name: str, sign: str) -> Construct:
    """A sign again and again, in paragraphs that are as long as they may be."""
    rows = sign.count("\n")
    times = min(PIECE // len(sign), ROWS // rows if rows else PIECE)
    return replace(repeated(f"{name}, in paragraphs", sign * times + "\n\n"), is_filled=True)


def front_matter(name: str, text: Callable[[int], str]) -> Construct:
    """YAML of about so many bytes."""
    return Construct(name, lambda size: f"---\n{text(size)}\n---\na\n")


# All in one piece: without a bound these take minutes.
ONE_PIECE = {
    "pictures never closed": "![",
    "declarations never closed": "<![",
    "CDATA never closed": "<![CDATA[",
    "comments never closed": "<!--",
    "instructions never closed": "<?",
    "tags never closed": "<b ",
    "brackets": "[",
    "links never closed": "[a](",
    "parentheses": "[a](((",
    "attribute lists never closed": "{: ",
    "emphasis": "*a*",
    "emphasis of two kinds": "*_",
    "strong": "**a*b",
    "stars": "****",
    "underscores": "__a ",
    "ampersands": "&",
    "entities": "&a;",
    "backslashes": "\\`",
    "code": "`a` ",
    "backticks of two lengths": "` `` ",
    "lists within each other": "1. ",
    "quotes within each other": "> ",
    "lists and quotes": "- > ",
    "a table's row": "|",
    "rules": "***\n",
    "definitions": "a\n: b\n",
    "one long word": "a",
    "spaces": " ",
    "tabs": "\t",
    "digits": "1",
    "figures": "1 ms ",
    "figures for nobody": "[[a b",
    "capitals": "Aaa ",
}
# Each apart from the next, or a line each.
MANY = {
    "paragraphs": "a\n\n",
    "list items": "- a\n",
    "loose list items": "- a\n\n    b\n\n",
    "quotes": "> a\n\n",
    "quotes ten deep": "> " * 10 + "a\n\n",
    "lists ten deep": "- " * 10 + "a\n\n",
    "headings": "## a\n\n",
    "headings with a line below": "a\n=\n\n",
    "links": "[a](/b)\n\n",
    "pictures": "![a](b.svg)\n\n",
    "footnotes": "[^a]: b\n\n",
    "fences": "```\na\n```\n\n",
    "fences never closed": "```\n",
    "code by indentation": "    a\n\n",
    "tables": "| a |\n|---|\n| b |\n\n",
    "lists of definitions": "a\n\n: b\n\n",
    "attribute lists": "a\n{: .b}\n\n",
    "blocks of HTML": "<div>\n\n",
    "blocks of Markdown in HTML": "<div markdown>\n\n",
    "rules apart": "---\n\n",
    "contents": "[TOC]\n\n",
    "blocks": "/// tips\na\n///\n\n",
    "blocks never closed": "/// tips\n",
    "claims": "It is 50 % of it.\n\n",
    "carriage returns": "\r",
}
OF_QUIZZES = {
    "options": "- [x] a{n}\n  > b\n",
    "typed answers": "- [=] a{n}\n",
    "numbers": "- [~] {n} s\n",
    "mistakes": "- [~] 1 s\n- [ ] {n}0 s\n",
    "steps": "- [{n}] a{n}\n",
    "questions": "## Who {n}? {#who-{n}}\n\n- [x] a\n- [ ] b\n\n",
    "questions of one id": "## a {#a}\n\n- [x] a\n",
    "programs": "```python\nx = {n}\n```\n\n",
    "lines of an option": "- [x] a\n\n  b{n}\n",
    "fences in an option": "- [=] ```\n  a\n  ````\n\n",
}
CONSTRUCTS = [
    *(repeated(name, sign) for name, sign in ONE_PIECE.items()),
    *(filled(name, sign) for name, sign in ONE_PIECE.items()),
    *(repeated(name, piece) for name, piece in MANY.items()),
    growing("rows of backticks", "`"),
    growing("fences, each longer", "`", "\n\n"),
    numbered("abbreviations", "*[a{n}]: b\n\na{n} "),
    repeated(
        "words and 400 abbreviations", "a1 a2 " * 300 + "\n\n", HEAD + "".join(f"*[a{n}]: b\n\n" for n in range(400))
    ),
    numbered("references", "[a{n}]: /b\n\n[a{n}]\n\n"),
    numbered("links to as many places", "[a{n}](/b{n}) [c{n}](d{n})\n\n"),
    repeated("a table of many columns", "|a" * 1500 + "\n" + "|-" * 1500 + "\n" + "|\n" * 400 + "\n"),
    *(numbered(f"a quiz's {name}", piece, QUESTION, "quiz.md") for name, piece in OF_QUIZZES.items()),
    repeated("a quiz's id", "a", "## Who? {#", "}\n\n" + ANSWERED, "quiz.md"),
    repeated("a quiz's boxes", "[", QUESTION + "- [", "", "quiz.md"),
    numbered("cards", "## a{n} {#a{n}}\n\n> **Back:** b\n\n", "", "cards.md"),
    numbered("predictions", "## a{n} {#a{n}}\n\n> Measured: report-ready\n\n- [sooner] a\n\n", "", "predictions.md"),
    front_matter("YAML: {", lambda size: "title: " + "{a: " * (size // 4)),
    front_matter("YAML: [ and ]", lambda size: "title: " + "[" * (size // 2) + "]" * (size // 2)),
    front_matter("YAML: lists", lambda size: "title: " + "- " * (size // 2)),
    front_matter("YAML: keys", lambda size: "".join(f"k{n}: a\n" for n in range(size // 9))),
    front_matter(
        "YAML: aliases", lambda size: "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(size // 30))
    ),
    front_matter("YAML: digits", lambda size: "minutes: " + "1" * size),
    front_matter("YAML: sixties", lambda size: "minutes: 1" + ":1" * (size // 2)),
    front_matter("YAML: quotes", lambda size: "title: " + "''" * (size // 2)),
]

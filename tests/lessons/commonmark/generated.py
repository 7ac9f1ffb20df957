"""Markdown that nobody wrote: a text for each seed, the same on every machine.

`tidy` nests blocks as authors do, with the indentations that are in use; `untidy` puts lines beside each other that may
or may not belong together. `inline` is a paragraph of marks that are closed, within each other; `marks` one of marks
that may or may not belong together.
"""

from collections.abc import Callable
from random import Random

WORDS = (
    *("a", "b", "cd", "Some words", "x", "the queue", "one, two.", "a_b", "`code`", "*new*", "**so**", "é", "5 s"),
    *("[b](/c)", "1.", "[ ] a", "- a", "C#", "2 * 3", "~~no~~", "https://a.org/b", "\\*", "R&D", "<b>c</b>", "[r][]"),
)
BULLETS = "-*+"
HTML = ("<div>\n*a*\n</div>", "<div>\n\n*a*\n\n</div>", "<!-- a\n\nb -->", "<br>", "<hr>", "<b>a</b> *c*")


def tidy(seed: int) -> str:
    """Blocks within blocks."""
    return "\n".join(_Tidy(Random(seed)).blocks(0)) + "\n"


class _Tidy:
    def __init__(self, random: Random) -> None:
        self.random = random

    def blocks(self, depth: int) -> list[str]:
        found: list[str] = []
        for number in range(self.random.choice([1, 2, 2, 3] if depth else [2, 3, 4])):
            kinds = [
                *[self.paragraph] * 6,
                *[self.fence, self.heading, self.rule, self.code, self.table] * 2,
                self.rare,
            ]
            if depth < 3:
                kinds += [self.bullets] * 6 + [self.numbers] * 6 + [self.quote] * 4
            block = self.random.choice(kinds)(depth)
            if number:
                found.extend([""] * self.random.choice([0, 1, 1, 1, 1, 2]))
            found.extend(block)
        return found

    def words(self) -> str:
        return " ".join(self.random.choice(WORDS) for _ in range(self.random.choice([1, 1, 2, 3])))

    def paragraph(self, _: int) -> list[str]:
        ends = ["", "", "", "", "  ", "\\"]
        rows = [self.words() + self.random.choice(ends) for _ in range(self.random.choice([1, 1, 1, 2, 3]))]
        rows[-1] = rows[-1].rstrip(" \\")
        return [row.replace("/b\\", "/b") for row in rows]  # an address would take the backslash in

    def heading(self, depth: int) -> list[str]:
        if self.random.random() < 0.2:
            return [*self.paragraph(depth), self.random.choice(["---", "==="])]
        return ["#" * self.random.choice([1, 2, 3]) + " " + self.words() + self.random.choice(["", "", " ##"])]

    def rule(self, _: int) -> list[str]:
        return [self.random.choice(["---", "***", "* * *", "___"])]

    def code(self, _: int) -> list[str]:
        return ["    x = 1", *self.random.choice([[], ["      y"], ["", "    y"]])]

    def fence(self, _: int) -> list[str]:
        sign = self.random.choice(["```", "```", "~~~", "````"])
        body = self.random.choice([["x = 1"], ["- x"], ["x", "", "  y"], ["# x", "1. y"], ["> x"], ["<b> & c"]])
        return [sign + self.random.choice(["", "python", "text"]), *body, sign]

    def table(self, _: int) -> list[str]:
        return ["| a | b |", self.random.choice(["|---|---|", "|:--|--:|"]), f"| {self.words()} | {self.words()} |"]

    def rare(self, _: int) -> list[str]:
        return self.random.choice([*HTML, "[r]: /u", "[r]: </u v>\n    't'"]).split("\n")

    def quote(self, depth: int) -> list[str]:
        rows = self.blocks(depth + 1)
        sign = "> " if any(row.startswith(" ") for row in rows) else self.random.choice(["> ", ">"])
        return [(sign + row).rstrip(" ") if row else ">" for row in rows]

    def bullets(self, depth: int) -> list[str]:
        sign = self.random.choice(BULLETS)
        return self._items(depth, lambda _: sign)

    def numbers(self, depth: int) -> list[str]:
        first, sign = self.random.choice([1, 1, 1, 2, 9, 10]), self.random.choice("...)")
        return self._items(depth, lambda number: f"{first + number}{sign}")

    def _items(self, depth: int, mark: Callable[[int], str]) -> list[str]:
        found: list[str] = []
        between = self.random.choice([0, 0, 1])
        space = " " * self.random.choice([1, 1, 1, 1, 2, 3])
        fixed = self.random.choice([None, None, None, 4, 3, 2])
        before = " " * self.random.choice([0, 0, 0, 0, 1, 2])
        for number in range(self.random.choice([1, 2, 2, 3])):
            if number:
                found.extend([""] * between)
            begin = before + mark(number) + space
            rows = self.blocks(depth + 1) if self.random.random() < 0.4 else self.paragraph(depth)
            indent = " " * (len(begin) if fixed is None else fixed)
            found.append(begin + rows[0])
            found.extend(indent + row if row else "" for row in rows[1:])
        return found


STARTS = (
    *(
        "- ",
        "- ",
        "* ",
        "+ ",
        "1. ",
        "2. ",
        "10. ",
        "1) ",
        "> ",
        "> ",
        ">",
        "# ",
        "## ",
        "#",
        "-",
        "1.",
        "- - ",
        "-   ",
    ),
    *("> - ", "- > ", "1. - ", "-\t", "-     "),
)
WHOLE = ("```", "~~~", "```python", "---", "***", "===", "--", "|a|b|", "|-|-|", *[""] * 4, ">", "-", "1.", "<div>")


def untidy(seed: int) -> str:
    """Lines, each with an indentation that may or may not make it a part of something."""
    random = Random(seed)
    return "\n".join(_line(random) for _ in range(random.randint(2, 7))) + "\n"


def _line(random: Random) -> str:
    indent = " " * random.choice([0, 0, 0, 0, 1, 2, 2, 3, 3, 4, 4, 5, 6, 8])
    if random.random() < 0.4:
        whole = random.choice(WHOLE)
        return indent + whole if whole else ""
    return indent + random.choice([*STARTS, *[""] * 12]) + random.choice(["a", "b", "c d", "x", "*e*"])


PLAIN = ("a", "b c", "the_queue", "2 * 3", "x,", "(y)", "5 > 3", "a < b", "R&D", "C#", "é", "“q”", "a*b", "f(*a, **b)")
ALONE = (
    *("`a*b`", "`` a`b ``", "`<b>`", "`a\\`", "\\*a\\*", "&copy;", "<https://a.org/_b_>", "![p](p.png)", "\\\\", "_"),
    *("[x](/u)", '[*x*](/u_v "t")', "[x `y`](<a b>)", "[x](/u_(v))", "x https://a.org/b_c y", "<sub>1</sub>"),
)
AROUND = ("*{}*", "_{}_", "**{}**", "__{}__", "***{}***", "~~{}~~", "<b>{}</b>", "“{}”", "({})", "*{}", "**{}", "{}_")


def inline(seed: int) -> str:
    """One paragraph, as authors write: marks within each other, hardly ever one that is not closed."""
    return "w " + _span(Random(seed), 0) + "\n"


def _span(random: Random, depth: int) -> str:
    parts: list[str] = []
    for _ in range(random.choice([1, 2, 3])):
        word = random.choice([*PLAIN, *ALONE])
        if depth < 3 and random.random() < 0.5:
            word = random.choice(AROUND).format(_span(random, depth + 1))
        parts.append(word + random.choice([" ", " ", " ", " ", "", ".", "\n"]))
    return "".join(parts).strip()


MARKS = (
    *("*", "*", "**", "**", "***", "_", "_", "__", "`", "`", "``", "[", "]", "(", ")", "](/u)", "](/u 't')", "![", "<"),
    *(
        "\\",
        "\\*",
        "\\_",
        "\\`",
        "\\[",
        "&amp;",
        "&lt;",
        "&copy;",
        "&",
        "&#35;",
        "<b>",
        "</b>",
        "<br>",
        "<https://a.org/>",
    ),
    *(
        "~~",
        "!",
        ".",
        '"',
        "'",
        "-",
        "#",
        ":",
        "|",
        "  \n",
        "\\\n",
        "\n",
        "$",
        "%",
        "{",
        "}",
        "^",
        "=",
        "+",
        "/",
        "1",
        ">",
    ),
)


def marks(seed: int) -> str:
    """One paragraph of marks that may or may not belong together."""
    random = Random(seed)
    found = (random.choice([random.choice(MARKS), "a", " "]) for _ in range(random.randint(2, 12)))
    return f"w {''.join(found).strip()}\n"


KINDS: dict[str, Callable[[int], str]] = {"tidy": tidy, "untidy": untidy, "inline": inline, "marks": marks}

"""Numbers the lines of a program. The style sheet writes them (`.numbered`), so they are seen, and never copied."""

import re
from html import unescape

from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe

CODE = re.compile(r"(?P<before><pre[^>]*>(?:<span></span>)?)<code>(?P<lines>.*?)\n?</code>", re.DOTALL)


def numbered(html: SafeString, program: str) -> SafeString:
    """The HTML of prose, in which the block of code that is this program has a span for each line.

    Colouring closes what it opens on every line, so no tag reaches over the end of one. Markdown leaves out empty lines
    before the first one that is not, which count here.
    """
    empty = [""] * (len(program) - len(program.lstrip("\n")))
    for found in CODE.finditer(html):
        if _bare(unescape(strip_tags(found["lines"]))) == _bare(program):
            lines = (f'<span class="line">{line}\n</span>' for line in [*empty, *found["lines"].split("\n")])
            whole = f'{found["before"]}<code class="numbered">{"".join(lines)}</code>'
            return mark_safe(html[: found.start()] + whole + html[found.end() :])  # noqa: S308 - it was cleaned before
    return html


def _bare(code: str) -> list[str]:
    """Its lines as Markdown leaves them: with spaces for tabs, and without empty ones around them."""
    return [line.rstrip() for line in code.strip("\n").expandtabs(4).split("\n")]

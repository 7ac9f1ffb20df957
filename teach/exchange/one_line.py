"""A question's text, and an option's, as Moodle is to show it: one line, which here is never a list or a quote.

Moodle's Markdown makes a list of "- 5", a heading of "# 3" and a quote of "> 90 degrees", and an address of "[a]: b",
which nobody sees. So such a mark is escaped when it goes out, and no longer when it comes in. Where an author escaped
it already, it is escaped in the next of many ways: whatever a line says, it comes back as it was written.
"""

import re

HEADING = re.compile(r"#|>")
ITEM = re.compile(r"[-*+](?=[ \t]|$)")
NUMBERED = re.compile(r"[0-9]{1,9}(?=[.)](?:[ \t]|$))")
RULES = tuple("-*_")
LEAST_RULE = 3  # of these marks, and nothing else
FENCE = re.compile(r"^(?:~{3}|`{3,}+[^`]*$)")
NAMED = re.compile(r"\*?\[[^\[\]]+\]:")  # what a link, a footnote or an abbreviation stands for
BEGINNING = (HEADING, ITEM, FENCE, NAMED)
LED = re.compile(r"[0-9]{0,9}")  # digits before the mark
ENTITY = re.compile(r"&#(?P<zeros>0*+)(?P<code>[1-9][0-9]{1,2});")
BLOCK = re.compile(r"<(?:pre|table|ul|ol|div)\b", re.IGNORECASE)
NO_BACKSLASH = ("~",)  # before which a backslash is one
NOTHING = "<span></span>"  # before a tag that would begin a block


def outgoing(line: str) -> str:
    """The line as Markdown that shows the same in Moodle."""
    if _begins_block(line):
        return NOTHING + line
    at, mark, ways = _mark(line)
    return line[:at] + _escaped(mark, ways + 1) + line[at + len(_escaped(mark, ways)) :] if mark else line


def incoming(line: str) -> str:
    """The line that gave this one: `incoming(outgoing(line))` is `line`."""
    if line.startswith(NOTHING) and _begins_block(line):
        return line.removeprefix(NOTHING)
    at, mark, ways = _mark(line)
    return line[:at] + _escaped(mark, ways - 1) + line[at + len(_escaped(mark, ways)) :] if mark and ways else line


def _mark(line: str) -> tuple[int, str, int]:
    """Where the mark stands that would begin something, which one it is, and in which way it is escaped."""
    led = LED.match(line)
    at = led.end() if led else 0
    rest = line[at:]
    found = ENTITY.match(rest)
    if found and int(found["code"]) < 128:  # noqa: PLR2004 - ASCII
        mark = chr(int(found["code"]))
        ways = len(found["zeros"]) + (1 if mark in NO_BACKSLASH else 2)
    elif rest.startswith("\\") and rest[1:2] not in NO_BACKSLASH:
        mark, ways = rest[1:2], 1
    else:
        mark, ways = rest[:1], 0
    bare = mark + rest[len(_escaped(mark, ways)) :]
    begins = bool(NUMBERED.match(line[:at] + bare)) if at else _begins(bare)
    return (at, mark, ways) if mark and begins else (0, "", 0)


def _begins(line: str) -> bool:
    """Whether a line would begin something, or be a rule."""
    signs = "".join(line.split())
    is_rule = len(signs) >= LEAST_RULE and signs[0] in RULES and not signs.strip(signs[0])
    return is_rule or any(pattern.match(line) for pattern in BEGINNING)


def _begins_block(line: str) -> bool:
    while line.startswith(NOTHING):
        line = line.removeprefix(NOTHING)
    return bool(BLOCK.match(line))


def _escaped(mark: str, ways: int) -> str:
    r"""A mark in one of the ways in which it is no mark: `\#`, `&#35;`, `&#035;` and so on. In way 0 it is one."""
    if not ways:
        return mark
    zeros = ways - (1 if mark in NO_BACKSLASH else 2)
    return f"\\{mark}" if zeros < 0 else f"&#{'0' * zeros}{ord(mark)};"

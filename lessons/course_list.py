"""Edits of course.toml that leave the rest of it as it is: its comments, its order, its line ends.

The text is edited where the two lists stand, and then read again as TOML: an edit that would say anything else than
what was asked for is not made. So a file that is written in some rare way is refused, and never damaged.
"""

import re
import tomllib
from dataclasses import dataclass
from typing import Any

from lessons.reading import SLUG

NAME = "a folder of a lesson has 1 to 100 letters, digits, - and _ as its name (it is an address)"
TOKEN = re.compile(
    r"""
    (?P<blank> [ \t\r]+ ) | (?P<end> \n ) | (?P<comment> \#[^\n]* )
    | (?P<text> \"{3} (?: [^"\\] | \\. | "{1,2}(?!") )* "{3,5}
              | '{3} (?: [^'] | '{1,2}(?!') )* '{3,5}
              | " (?: [^"\\\n] | \\. )* "
              | ' [^'\n]* ' )
    | (?P<mark> [\[\]{},=] )
    | (?P<word> [^\s\#"'\[\]{},=]+ )
    """,
    re.VERBOSE | re.DOTALL,
)


class Unchanged(Exception):
    """course.toml stays as it is. The text says why, for whoever asked for the change."""


class NoList(Unchanged):
    """The list to be edited cannot be found without doubt: it has to be edited by hand."""


@dataclass(frozen=True)
class _Item:
    """One entry of a list: where it begins and ends, and where the comma behind it ends (0 without one)."""

    start: int
    end: int
    value: str
    comma: int = 0


@dataclass(frozen=True)
class _List:
    """A list as written: where its bracket opens, its entries, and the end of its last line."""

    opens: int
    items: tuple[_Item, ...]
    line_end: int


def with_lesson(course_toml: str, slug: str) -> str:
    """The text of course.toml with one more lesson, the last one.

    Raises:
        Unchanged: the slug is malformed, or the file has it already (also as retired).
        NoList: its list of lessons cannot be found without doubt.
    """
    if not SLUG.fullmatch(slug):
        raise Unchanged(f"{NAME}, not “{slug}”")
    _refuse_known(_lists(course_toml), slug)
    return _checked(course_toml, _added(course_toml, "lessons", slug), slug, to="lessons")


def without_lesson(course_toml: str, slug: str) -> str:
    """The text of course.toml without a lesson, whether it is shown or retired.

    Raises:
        Unchanged: the file does not name it.
        NoList: its lists cannot be found without doubt.
    """
    there = [name for name, slugs in _lists(course_toml).items() if slug in slugs]
    if not there:
        raise Unchanged(f"course.toml names no lesson “{slug}”")
    after = course_toml
    for name in there:
        after = _removed(after, name, slug)
    return _checked(course_toml, after, slug, to="")


def retiring(course_toml: str, slug: str) -> str:
    """The text of course.toml with a lesson moved from `lessons` to `retired`: not shown any more, its answers kept.

    Raises:
        Unchanged: the course does not show such a lesson.
        NoList: its lists cannot be found without doubt.
    """
    if slug not in _lists(course_toml)["lessons"]:
        raise Unchanged(f"the course shows no lesson “{slug}” that could be retired")
    after = _added(_removed(course_toml, "lessons", slug), "retired", slug)
    return _checked(course_toml, after, slug, to="retired")


def bringing_back(course_toml: str, slug: str) -> str:
    """The text of course.toml with a retired lesson shown again, as the last one.

    Raises:
        Unchanged: no such lesson is retired.
        NoList: its lists cannot be found without doubt.
    """
    if slug not in _lists(course_toml)["retired"]:
        raise Unchanged(f"no lesson “{slug}” is retired")
    after = _added(_removed(course_toml, "retired", slug), "lessons", slug)
    return _checked(course_toml, after, slug, to="lessons")


def _refuse_known(lists: dict[str, list[Any]], slug: str) -> None:
    if slug in lists["lessons"]:
        raise Unchanged(f"the course has a lesson “{slug}” already")
    if slug in lists["retired"]:
        raise Unchanged(f"the lesson “{slug}” is retired: bring it back, or take another name")


def _read(course_toml: str) -> dict[str, Any]:
    try:
        return tomllib.loads(course_toml.removeprefix("\ufeff"))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise NoList(f"course.toml cannot be read: {error}") from None


def _lists(course_toml: str) -> dict[str, list[Any]]:
    found = _read(course_toml)
    lists = {name: found.get(name, []) for name in ("lessons", "retired")}
    if "lessons" not in found or not all(isinstance(slugs, list) for slugs in lists.values()):
        raise NoList("course.toml has no list “lessons = […]”")
    return lists


def _checked(before: str, after: str, slug: str, *, to: str) -> str:
    """The edited text, when it says what was asked for: the slug taken out of both lists, and put last into one."""
    wanted = _read(before)
    for name in ("lessons", "retired"):
        if name in wanted or name == to:
            wanted[name] = [kept for kept in wanted.get(name, []) if kept != slug] + [slug] * (name == to)
    try:
        is_safe = _read(after) == wanted
    except NoList:
        is_safe = False
    if not is_safe:
        raise NoList("the lists of course.toml are written in a way that cannot be edited safely: edit them by hand")
    return after


def _added(text: str, name: str, slug: str) -> str:
    """The text with a slug put last into a list, which is made when there is none."""
    found = _found(text, name)
    if found is None:
        at = _found_lessons(text).line_end
        line = f'{name} = ["{slug}"]'
        return (
            text[:at] + (f"{_newline(text)}{line}" if text[at - 1] != "\n" else f"{line}{_newline(text)}") + text[at:]
        )
    if not found.items:
        return f'{text[: found.opens]}"{slug}"{text[found.opens :]}'
    last = found.items[-1]
    began = text.rfind("\n", 0, last.start) + 1
    before = text[began : last.start]
    if before.strip() or "\n" in text[last.end : last.comma]:
        # Something stands before it on its line, so the new one goes there, too. Or its comma is on a line of its own.
        return f'{text[: last.end]}, "{slug}"{text[last.end :]}'
    ended = text.find("\n", last.end)
    if text[last.comma or last.end : ended].lstrip().startswith("]"):
        return f'{text[: last.end]},{_newline(text)}{before}"{slug}"{text[last.end :]}'
    text = text if last.comma else f"{text[: last.end]},{text[last.end :]}"
    ended = text.find("\n", last.end) + 1
    return f'{text[:ended]}{before}"{slug}",{_newline(text)}{text[ended:]}'


def _removed(text: str, name: str, slug: str) -> str:
    """The text without a slug in a list. A line on which only the slug stood goes with it; a comment stays."""
    found = _found(text, name)
    items = found.items if found else ()
    at = next((at for at, item in enumerate(items) if item.value == slug), None)
    if at is None:
        raise NoList(f"course.toml has “{slug}” in a place that cannot be edited safely: edit it by hand")
    item = items[at]
    start, end = item.start, item.comma or item.end
    began, ended = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    if not text[began:start].strip() and ended >= 0 and not text[end:ended].strip():
        return text[:began] + text[ended + 1 :]
    if item.comma:
        end += len(text[end:]) - len(text[end:].lstrip(" \t"))
    elif at:  # the last of several: its comma is the one before it
        start = items[at - 1].end if not text[items[at - 1].comma : start].strip() else start
    return text[:start] + text[end:]


def _newline(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def _found_lessons(text: str) -> _List:
    found = _found(text, "lessons")
    if found is None:
        raise NoList("course.toml has no list “lessons = […]” that can be edited: edit it by hand")
    return found


def _found(text: str, name: str) -> _List | None:
    """A list at the top of a TOML text, before its first table. The text is one that can be read."""
    names, depth = {name, f'"{name}"', f"'{name}'"}, 0
    statement: list[str] = []  # its tokens so far, without blanks and comments
    opens, items = 0, list[_Item]()
    for token in TOKEN.finditer(text):
        kind, said = token.lastgroup, token[0]
        if kind in {"blank", "comment"} or said == "\ufeff":
            continue
        if kind == "end" and depth == 0:
            statement = []
            continue
        if not statement and said == "[":
            return None  # a table begins, and what follows belongs to it
        depth += (said in "[{") - (said in "]}") if kind == "mark" else 0
        statement.append(said)
        if len(statement) == 3 and statement[0] in names and statement[1:] == ["=", "["]:  # noqa: PLR2004 - its beginning
            opens = token.end()
        elif opens and depth == 0:
            ended = text.find("\n", token.end())
            return _List(opens, tuple(items), len(text) if ended < 0 else ended + 1)
        elif opens and depth == 1 and kind == "text":
            items.append(_Item(token.start(), token.end(), tomllib.loads(f"it = {said}")["it"]))
        elif opens and depth == 1 and said == ",":
            items[-1] = _Item(items[-1].start, items[-1].end, items[-1].value, token.end())
    return None

"""Edits of course.toml that leave the rest of it as it is: its comments, its order, its line ends.

Where something stands is found by trying: a mark is put there, and the TOML reader says whether it is in the list. What
was edited is read again, too: an edit that would say anything else than what was asked for is not made. So a file that
is written in some rare way is refused, and never damaged.
"""

import re
import tomllib
from typing import Any

from lessons.reading import SLUG

NAME = "a folder of a lesson has 1 to 100 letters, digits, - and _ as its name (it is an address)"
BY_HAND = "the lists of course.toml are written in a way that cannot be edited safely: edit them by hand"
MARK = "the place that is looked for"  # no folder has such a name
MOST_TRIED = 50  # places: each reads the whole file
INSIDE_BRACKET = r"(?<=\[)"
COMMA = re.compile(r"(?P<between>(?:\s|#[^\n]*\n)*),")  # behind an entry


class Unchanged(Exception):
    """A refusal: course.toml stays as it is. The text says why, for the one who asked for the change."""


class NoList(Unchanged):
    """A list that cannot be found without doubt: it has to be edited by hand."""


def with_lesson(course_toml: str, slug: str) -> str:
    """The text of course.toml with one more lesson, the last one.

    Raises:
        Unchanged: the slug is malformed, or the file has it already (also as retired).
        NoList: its list of lessons cannot be found without doubt.
    """
    if not SLUG.fullmatch(slug):
        raise Unchanged(f"{NAME}, not “{slug}”")
    lists = _lists(course_toml)
    if slug in lists["lessons"]:
        raise Unchanged(f"the course has a lesson “{slug}” already")
    if slug in lists["retired"]:
        raise Unchanged(f"the lesson “{slug}” is retired: bring it back, or take another name")
    return _moved(course_toml, slug, to="lessons")


def without_lesson(course_toml: str, slug: str) -> str:
    """The text of course.toml without a lesson, whether it is shown or retired.

    Raises:
        Unchanged: the file does not name it.
        NoList: its lists cannot be found without doubt.
    """
    if not any(slug in slugs for slugs in _lists(course_toml).values()):
        raise Unchanged(f"course.toml names no lesson “{slug}”")
    return _moved(course_toml, slug)


def retiring(course_toml: str, slug: str) -> str:
    """The text of course.toml with a lesson moved from `lessons` to `retired`: not shown any more, its answers kept.

    Raises:
        Unchanged: the course does not show such a lesson.
        NoList: its lists cannot be found without doubt.
    """
    if slug not in _lists(course_toml)["lessons"]:
        raise Unchanged(f"the course shows no lesson “{slug}” that could be retired")
    return _moved(course_toml, slug, to="retired")


def bringing_back(course_toml: str, slug: str) -> str:
    """The text of course.toml with a retired lesson shown again, as the last one.

    Raises:
        Unchanged: no such lesson is retired.
        NoList: its lists cannot be found without doubt.
    """
    if slug not in _lists(course_toml)["retired"]:
        raise Unchanged(f"no lesson “{slug}” is retired")
    return _moved(course_toml, slug, to="lessons")


def _read(course_toml: str) -> dict[str, Any]:
    try:
        return tomllib.loads(course_toml.removeprefix("\ufeff"))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise NoList(f"course.toml cannot be read: {error}") from None


def _lists(course_toml: str) -> dict[str, list[Any]]:
    fields = _read(course_toml)
    lists = {name: fields.get(name, []) for name in ("lessons", "retired")}
    if "lessons" not in fields or not all(isinstance(slugs, list) for slugs in lists.values()):
        raise NoList("course.toml has no list “lessons = […]”")
    return lists


def _moved(before: str, slug: str, to: str = "") -> str:
    """The text with a slug taken out of both lists, and put last into one, when it then says that and nothing else."""
    wanted, after = _read(before), before
    for name in ("lessons", "retired"):
        if slug in wanted.get(name, ()):
            after = _removed(after, name, slug)
        if name in wanted or name == to:
            wanted[name] = [other for other in wanted.get(name, []) if other != slug] + [slug] * (name == to)
    after = _added(after, to, slug) if to else after
    if not _says(after, wanted):
        raise NoList(BY_HAND)
    return after


def _says(course_toml: str, wanted: dict[str, Any]) -> bool:
    try:
        return _read(course_toml) == wanted
    except NoList:
        return False


def _place(text: str, name: str, pattern: str) -> tuple[int, int]:
    """Where a pattern begins and ends that stands for one entry of a list: what could stand in its place is in it."""
    slugs = _lists(text)[name]
    for found, _ in zip(re.finditer(pattern, text), range(MOST_TRIED), strict=False):
        try:
            tried = _lists(f'{text[: found.start()]}"{MARK}"{text[found.end() :]}')[name]
        except NoList:
            continue
        if MARK in tried and len(tried) == max(1, len(slugs)):
            return found.span()
    raise NoList(BY_HAND)


def _entry(text: str, name: str, slug: object) -> tuple[int, int]:
    """Where the entry of a slug begins and ends."""
    return _place(text, name, rf"(\"{{3}}|'{{3}}|\"|'){re.escape(str(slug))}\1")


def _added(text: str, name: str, slug: str) -> str:
    """The text with a slug put last into a list, which is made when there is none."""
    slugs, newline = _lists(text)[name], "\r\n" if "\r\n" in text else "\n"
    if name not in _read(text):
        return _with_list(text, name, slug, newline)
    if not slugs:
        at, _ = _place(text, name, INSIDE_BRACKET)
        return f'{text[:at]}"{slug}"{text[at:]}'
    start, end = _entry(text, name, slugs[-1])
    comma, before = COMMA.match(text, end), text[text.rfind("\n", 0, start) + 1 : start]
    if before.strip() or (comma and "\n" in comma["between"]):
        # Something stands before it on its line, so the new one goes there, too. Or its comma is on a line of its own.
        return f'{text[:end]}, "{slug}"{text[end:]}'
    rest = comma.end() if comma else end
    if text[rest:].lstrip(" \t").startswith("]"):
        return f'{text[:end]},{newline}{before}"{slug}"{text[end:]}'
    line_end = text.index("\n", rest) + 1
    return f'{text[:end]},{text[rest:line_end]}{before}"{slug}",{newline}{text[line_end:]}'


def _with_list(text: str, name: str, slug: str, newline: str) -> str:
    """The text with a list of one slug, on the first line below the list of lessons that can hold it."""
    line, wanted = f'{name} = ["{slug}"]', {**_read(text), name: [slug]}
    slugs = _lists(text)["lessons"]
    _, at = _entry(text, "lessons", slugs[-1]) if slugs else _place(text, "lessons", INSIDE_BRACKET)
    for _ in range(MOST_TRIED):
        if (at := text.find("\n", at) + 1) == 0:
            return f"{text}{newline}{line}"
        if _says(tried := f"{text[:at]}{line}{newline}{text[at:]}", wanted):
            return tried
    raise NoList(BY_HAND)


def _removed(text: str, name: str, slug: str) -> str:
    """The text without a slug in a list. A line on which only the slug stood goes with it; a comment stays."""
    start, end = _entry(text, name, slug)
    comma, line_start, line_end = COMMA.match(text, end), text.rfind("\n", 0, start) + 1, text.find("\n", end)
    if comma and comma["between"]:
        return text[:start] + comma["between"] + text[comma.end() :]
    end = comma.end() if comma else end
    if not text[line_start:start].strip() and line_end >= 0 and not text[end:line_end].strip():
        return text[:line_start] + text[line_end + 1 :]
    if not comma:  # it is the last of several: the comma before it, on the same line, goes with it
        return re.sub(r",[ \t]*$", "", text[:start]) + text[end:]
    return text[:start] + text[end:].lstrip(" \t")

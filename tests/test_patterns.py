"""No regular expression of the site has two ways to match the same characters of a text that somebody sends."""

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any

import pytest

from config.environment import ROOT
from lessons import course_list, direction, links, pictures, prose, render_cost, shown, taken_out
from lessons.dialect import html, references
from quiz.kinds import kind, process
from teach.exchange import gift
from tests.patterns import faults

ROOMS = ("charts", "frontdoor", "learners", "lessons", "progress", "quiz", "review", "stopwatch", "teach")
CALLS = {"compile", "findall", "finditer", "fullmatch", "match", "search", "split", "sub", "subn"}
# What seems to be slow, by where it stands, and why it is not.
AT_A_PLACE = "it is matched at one place, and not searched for"
CLEANED = "it is searched for in HTML that was cleaned, in which each tag ends"
KNOWN = {
    course_list.COMMA.pattern: AT_A_PLACE,
    gift.WEIGHT.pattern: AT_A_PLACE,
    links.TARGET.pattern: AT_A_PLACE,
    render_cost.LEVEL.pattern: AT_A_PLACE,
    links.ELSEWHERE.pattern: "an address that was begun with a quote ends at the quote of the next one",
    pictures.SHOWN.pattern: "the words end before the next ![",
    pictures.TAG.pattern: CLEANED,
    taken_out.ATTRIBUTE.pattern: "whatever it begins with is an attribute",
    direction.TAG.pattern: CLEANED,
    direction.NO_WORDS.pattern: AT_A_PLACE,
    shown.TOKEN.pattern: CLEANED,
    prose.ONE_PARAGRAPH.pattern: AT_A_PLACE,
    html.TAG.pattern: AT_A_PLACE,
    references.REFERENCE.pattern: AT_A_PLACE,
    process.CODE.pattern: CLEANED,
    kind.FENCED.pattern: "between the two repeats stands a fence",
}


def values(value: Any, deep: int = 3) -> Iterator[re.Pattern[str]]:
    """The patterns in something that a module holds."""
    if isinstance(value, re.Pattern):
        if isinstance(value.pattern, str):
            yield value
    elif deep and isinstance(value, (tuple, list)):
        for one in value:
            yield from values(one, deep - 1)
    elif deep and is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from values(getattr(value, field.name), deep - 1)


def modules() -> Iterator[str]:
    for room in ROOMS:
        yield room
        for found in pkgutil.walk_packages([str(ROOT / room)], f"{room}."):
            if not {"migrations", "tests", "management", "sources"} & set(found.name.split(".")):
                yield found.name


@cache
def patterns() -> dict[str, re.Pattern[str]]:
    """Every pattern of the rooms, by what it says: those that modules hold, and those that stand in calls."""
    found: dict[str, re.Pattern[str]] = {}
    for name in modules():
        module = importlib.import_module(name)
        for value in vars(module).values():
            found.update({pattern.pattern: pattern for pattern in values(value)})
        assert module.__file__
        with open(module.__file__, encoding="utf-8") as file:
            for node in ast.walk(ast.parse(file.read())):
                if isinstance(node, ast.Call) and ast.unparse(node.func) in {f"re.{call}" for call in CALLS}:
                    given = node.args[0]
                    if isinstance(given, ast.Constant) and isinstance(given.value, str):
                        found.setdefault(given.value, re.compile(given.value))
    return found


def test_no_pattern_takes_time_as_the_square_of_a_text():
    found = patterns()
    assert len(found) > 80  # they are found at all
    slow = {text: wrong for text, pattern in found.items() if (wrong := faults(pattern)) and text not in KNOWN}
    assert slow == {}


def test_what_is_known_is_still_there():
    assert set(KNOWN) <= set(patterns())


@pytest.mark.parametrize(
    "pattern",
    [
        r"(a+)+$",
        r"^(?:a|b*)*c",
        r"^\s*\s*x",
        r"^.*a.*b",
        r"!\[[^\]]*\]\(",
        r"\s+$",
        r"<img\b[^>]*/>",
        r"(`+).*?\1",
        r"[^\]]*\]",
    ],
)
def test_a_slow_pattern_is_found(pattern: str):
    assert faults(re.compile(pattern))


@pytest.mark.parametrize(
    "pattern",
    [r"^a+$", r"\[[^\[\]]*\]", r"^(?:a*+b)*c", r"^[ \t]*+[ ]x", r"(?<!\s)\s+x", r"a{1,20}b", r"^(?:\(a*\))*$", r"\d+"],
)
def test_a_linear_pattern_is_not(pattern: str):
    assert not faults(re.compile(pattern))

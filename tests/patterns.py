"""Looks into regular expressions for what makes them slow: more than one way to match the same characters.

It reads the tree of a pattern (`re._parser`), as a list of items for each way through its alternatives. An item is a
set of characters with how often it stands there. It finds three things, each of which takes time as the square of a
text, or worse:

- a repeat within a repeat, whose body may be nothing else: `(a+)+`;
- two repeats that share characters, with nothing between them that tells them apart, and something behind that may
  fail: `a*a*b`;
- a repeat in a pattern that is searched for, which may run over further beginnings of the pattern, and then fail:
  `\\[[^]]*\\]` at each `[` of "[[[[".
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, product
from re import _constants as c  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

LONG = 2_000  # repeats up to here are as if there were no bound
MOST_WAYS = 300  # through the alternatives of one pattern
ALPHABET = frozenset(map(chr, range(128))) | frozenset("éß”µ±\u00a0\u2003\u2028\U0001f600")
REPEATS = (c.MAX_REPEAT, c.MIN_REPEAT, c.POSSESSIVE_REPEAT)


@dataclass(frozen=True)
class Item:
    """A part of one way: `is_many` of an unbounded repeat, `is_kept` of one that gives nothing back."""

    chars: frozenset[str]
    is_nullable: bool = False
    is_many: bool = False
    is_kept: bool = False
    is_end: bool = False
    begins: str = ""  # "text" or "line", of what stands only there
    behind: frozenset[str] = ALPHABET  # the characters behind which it may stand


def faults(pattern: re.Pattern[str]) -> list[str]:
    """What is slow in a pattern, in words; of others, nothing."""
    tree = _parser.parse(pattern.pattern, pattern.flags)
    ways = list(islice(_ways(tree, pattern.flags), MOST_WAYS))
    found = dict.fromkeys(_nested(tree, pattern.flags))
    for way in ways:
        found |= dict.fromkeys([*_adjacent(way), *_restarted(way)])
    return list(found)


def _chars(code: Any, value: Any, flags: int) -> frozenset[str]:
    """The characters of the alphabet that a node for one character matches."""
    one = re.compile(_written(code, value), flags & (re.IGNORECASE | re.DOTALL | re.ASCII))
    return frozenset(char for char in ALPHABET if one.fullmatch(char))


def _written(code: Any, value: Any) -> str:
    if code is c.ANY:
        return "."
    if code is c.LITERAL:
        return re.escape(chr(value))
    if code is c.NOT_LITERAL:
        return f"[^{re.escape(chr(value))}]"
    assert code is c.IN
    negated = any(kind is c.NEGATE for kind, _ in value)
    return f"[{'^' if negated else ''}{''.join(_member(*member) for member in value if member[0] is not c.NEGATE)}]"


def _member(kind: Any, value: Any) -> str:
    if kind is c.LITERAL:
        return re.escape(chr(value))
    if kind is c.RANGE:
        return f"{re.escape(chr(value[0]))}-{re.escape(chr(value[1]))}"
    name = str(value).removeprefix("CATEGORY_")
    letter = {"DIGIT": "d", "SPACE": "s", "WORD": "w"}[name.removeprefix("NOT_")]
    return "\\" + (letter.upper() if name.startswith("NOT_") else letter)


def _ways(tree: Any, flags: int) -> Iterator[tuple[Item, ...]]:
    """Each way through the alternatives of a tree, as its items."""
    parts = [list(islice(_part(code, value, flags), MOST_WAYS)) for code, value in tree]
    return (tuple(item for part in parts for item in part) for parts in product(*parts))


def _part(code: Any, value: Any, flags: int) -> Iterator[tuple[Item, ...]]:
    if code in (c.LITERAL, c.NOT_LITERAL, c.ANY, c.IN):
        yield (Item(_chars(code, value, flags)),)
    elif code is c.GROUPREF:
        yield (Item(ALPHABET),)
    elif code in REPEATS:
        yield from _repeat(code, value, flags)
    elif inside := _inside(code, value):
        flags = (flags | value[1]) & ~value[2] if code is c.SUBPATTERN else flags
        for tree in inside:
            yield from _ways(tree, flags)
    else:
        yield from _place(code, value, flags)


def _repeat(code: Any, value: Any, flags: int) -> Iterator[tuple[Item, ...]]:
    least, most, body = value
    ways = list(islice(_ways(body, flags), MOST_WAYS))
    if most <= 1:
        yield ()
        yield from ways
    else:
        chars = frozenset().union(*(item.chars for way in ways for item in way))
        is_nullable = least == 0 or any(all(item.is_nullable for item in way) for way in ways)
        yield (Item(chars, is_nullable, most >= LONG, code is c.POSSESSIVE_REPEAT),)


def _place(code: Any, value: Any, flags: int) -> Iterator[tuple[Item, ...]]:
    """What stands for no character: a beginning, an end, a look behind; \\b and a look ahead say nothing here."""
    here = Item(frozenset(), is_nullable=True)
    if code is c.AT and value in (c.AT_END, c.AT_END_STRING):
        yield (replace(here, is_end=True),)
    elif code is c.AT and value is c.AT_BEGINNING:
        yield (replace(here, begins="line" if flags & re.MULTILINE else "text"),)
    elif code in (c.ASSERT, c.ASSERT_NOT) and value[0] < 0:
        for way in _ways(value[1], flags):
            chars = way[0].chars if len(way) == 1 else ALPHABET if code is c.ASSERT else frozenset()
            yield (replace(here, behind=chars if code is c.ASSERT else ALPHABET - chars),)
    else:
        yield ()


def _nested(tree: Any, flags: int) -> Iterator[str]:
    for code, value in tree:
        if code in (c.MAX_REPEAT, c.MIN_REPEAT) and value[1] >= LONG:
            for way in islice(_ways(value[2], flags), MOST_WAYS):
                for inner in (item for item in way if item.is_many and not item.is_kept):
                    if all(item.is_nullable or item.chars & inner.chars for item in way):
                        yield "a repeat within a repeat, whose body may be nothing else"
        for inside in _inside(code, value):
            yield from _nested(inside, flags)


def _inside(code: Any, value: Any) -> Sequence[Any]:
    if code is c.SUBPATTERN:
        return [value[3]]
    if code is c.BRANCH:
        return list(value[1])
    if code in REPEATS:
        return [value[2]]
    return [value] if code is c.ATOMIC_GROUP else []


def _adjacent(way: Sequence[Item]) -> Iterator[str]:
    for place, first in enumerate(way):
        if not first.is_many or first.is_kept:
            continue
        for other, item in enumerate(way[place + 1 :], place + 1):
            if item.is_many and item.chars & first.chars and _may_fail(way[other + 1 :]):
                yield f"two repeats share characters like {_some(item.chars & first.chars)}"
            if not (item.is_nullable or item.chars & first.chars):
                break


def _may_fail(rest: Sequence[Item]) -> bool:
    return any(item.is_end or not item.is_nullable for item in rest)


def _restarted(way: Sequence[Item]) -> Iterator[str]:
    begins = {item.begins for item in way}
    if "text" in begins:
        return
    place = next((place for place, item in enumerate(way) if item.is_many), len(way))
    if not _may_fail(way[place + 1 :]):
        return
    many, before = way[place], [item for item in way[:place] if item.chars]
    # Where the pattern may begin within what the repeat runs over: behind one of its characters, with one of them.
    behind = frozenset.intersection(many.chars, *(item.behind for item in way[:place]))
    if "line" in begins:
        behind &= {"\n"}
    runs_over = all(one.is_nullable or one.chars & many.chars for one in before)
    if runs_over and behind:
        yield f"searched for, a repeat runs over further beginnings, as behind {_some(behind)}"


def _some(chars: frozenset[str]) -> str:
    return " ".join(repr(char) for char in sorted(chars, key=lambda char: (not char.isprintable(), char))[:3])

"""Whether what was typed is what the author wrote, as a person would compare the two.

What a phone does to characters never counts. What else a person looks past (a full stop at the end, an article in
front) is looked past only as far as it has to be: the answer counts that needs the least of it. So what tells two
answers of one question apart counts in that question.
"""

import re
import unicodedata
from collections.abc import Iterable
from enum import Enum
from functools import lru_cache
from itertools import combinations
from typing import NamedTuple

from quiz.kinds.kind import plain
from quiz.kinds.typed.characters import HYPHENS, LONG_DASHES, plainly_typed
from quiz.kinds.typed.slips import Slip, is_nearly
from quiz.questions import Option

TWO_HYPHENS = re.compile(r"(?<![^\s(='\"])—(?=\w)")  # of the two before --flag, a phone makes one long dash
RUN_OF_HYPHENS = re.compile(r"-+")
UNIT_APART = re.compile(r"(?<![\w.,])([0-9][0-9.,]*) (?=[^\W\d_]|[%°])")
DASH = re.compile(f"[{LONG_DASHES}{HYPHENS}]")
# Words in one, or with a hyphen. A letter alone may be a thing of its own, as in "a - b"; an article is one.
BETWEEN_WORDS = re.compile(
    r"(?<=[^\W\d_]{2})(?<!^an)(?<!^the)[ -](?=[^\W\d_]{2})|(?<=\b[^\W\d_])-(?=[^\W\d_]{4})", re.IGNORECASE
)
CALLED_OUT = re.compile(r"(?<![!?؟])[!?؟]++$")
ARTICLE = re.compile(r"^(?:an?|the) (?=-{0,2}[\w\"'`])", re.IGNORECASE)


class Lets(Enum):
    """Something that a person looks past where it has to be."""

    STOP = "a full stop at the end, or marks of exclamation and question"
    UNIT = "whether a unit stands right behind its number"
    QUOTES = "quotes around it all"
    ARTICLE = "an article in front"
    HYPHENS = "how many hyphens a dash stands for"
    JOINED = "whether two words stand apart, have a hyphen, or are one"


SOME = (frozenset(some) for count in range(len(Lets) + 1) for some in combinations(Lets, count))
# From nothing to all of it. Whether words are one comes last, for it may be another word.
LENIENCIES = tuple(sorted(SOME, key=lambda lets: Lets.JOINED in lets))
NOTHING = LENIENCIES[0]
LOOSEST = frozenset(Lets) - {Lets.HYPHENS, Lets.JOINED}


class Reading(NamedTuple):
    """A text with what is looked past taken away: as it stands, and in small letters."""

    exact: str
    small: str


def is_code(text: str) -> bool:
    """Whether an author set an answer in backticks, or in a fence."""
    return plain(text) != text


def folded(text: str) -> str:
    """A text without what a keyboard did to it, and without backticks around it."""
    text = plainly_typed(text)
    if "—" in text:
        text = TWO_HYPHENS.sub("--", text).replace("—", "-")
    return text.strip("`").strip()


def loosely(text: str) -> str:
    """A text without anything that a person looks past, in small letters: what statistics count as one."""
    return _reading(folded(text), LOOSEST).small


def loosely_in_its_case(text: str) -> str:
    """The same in its own letters, where those count."""
    return _reading(folded(text), LOOSEST).exact


def same_text(options: Iterable[Option], typed: str) -> list[Option]:
    """The expected answers that a text says, with the least that has to be looked past.

    None where that is a right one and a wrong one alike.
    """
    expected = [(option, _expected(option.text), is_code(option.text)) for option in options]
    for number, reading in _ways(typed, options):
        found = [
            (option, there[number])
            for option, there, code in expected
            if (_exactly(reading, there[number]) if code else _in_any_case(reading, there[number]))
        ]
        if found:
            exactly = [option for option, there in found if _exactly(reading, there)]
            for alike in ([option for option, _ in found], exactly):
                if len({option.is_right for option in alike}) == 1:
                    return alike
            return []
    return []


def slip(options: Iterable[Option], typed: str) -> Slip | None:
    """What a text that is none of the answers seems to get wrong about a right one."""
    right = [option for option in options if option.is_right]
    code = [_expected(option.text) for option in right if is_code(option.text)]
    if any(_in_any_case(reading, there[number]) for number, reading in _ways(typed, right) for there in code):
        return Slip.CAPITALS
    return Slip.SPELLING if any(_is_spelled_nearly(plain(option.text), typed) for option in right) else None


def _is_spelled_nearly(right: str, typed: str) -> bool:
    """Whether a letter slipped, also where words are joined in one of the two and apart in the other."""
    words, given = loosely(right), loosely(typed)
    if is_nearly(words, given):
        return True
    if BETWEEN_WORDS.findall(words) == BETWEEN_WORDS.findall(given):
        return False
    return is_nearly(BETWEEN_WORDS.sub("", words), BETWEEN_WORDS.sub("", given))


def reading_of_author(text: str) -> Reading:
    """An expected answer, out of its backticks, without what a keyboard makes of it."""
    return _reading(folded(text), NOTHING)


def _ways(typed: str, options: Iterable[Option]) -> Iterable[tuple[int, Reading]]:
    """The ways to read a text, each with its number. Two hyphens are one only where a keyboard may have joined them."""
    may_join = any(DASH.search(text) for text in (typed, *(option.text for option in options)))
    for number, (lets, reading) in enumerate(zip(LENIENCIES, _readings(typed), strict=True)):
        if may_join or Lets.HYPHENS not in lets:
            yield number, reading


def _exactly(reading: Reading, expected: Iterable[Reading]) -> bool:
    return any(reading.exact == one.exact for one in expected)


def _in_any_case(reading: Reading, expected: Iterable[Reading]) -> bool:
    return any(reading.small == one.small for one in expected)


@lru_cache(maxsize=4096)
def _expected(text: str) -> tuple[tuple[Reading, ...], ...]:
    """The readings of an expected answer, for each leniency: as it is written, and without what is looked past in both.

    Of code nothing is taken away: its last full stop may be what is asked. And its words are never joined.
    """
    base = folded(plain(text))
    if is_code(text):
        return tuple(
            () if Lets.JOINED in lets else (_reading(base, lets & {Lets.UNIT, Lets.HYPHENS}),) for lets in LENIENCIES
        )
    whole = (_reading(base, lets & {Lets.UNIT, Lets.HYPHENS, Lets.JOINED}) for lets in LENIENCIES)
    return tuple(zip(whole, _readings(text), strict=True))


def _readings(text: str) -> tuple[Reading, ...]:
    base = folded(text)
    plainly = _reading(base, NOTHING)
    if all(_without(base, frozenset({let})) == base for let in Lets):
        return (plainly,) * len(LENIENCIES)  # as with nearly every answer: nothing is to be looked past
    return tuple(_reading(base, lets) for lets in LENIENCIES)


def _reading(base: str, lets: frozenset[Lets]) -> Reading:
    exact = _without(base, lets)
    if exact.isascii():
        return Reading(exact, exact.lower())
    # The capitals of the Turkish i and ı are read as those of any i.
    small = exact.casefold().replace("i\u0307", "i").replace("ı", "i")
    return Reading(exact, unicodedata.normalize("NFKC", small))


def _without(text: str, lets: frozenset[Lets]) -> str:
    """A text without what is looked past. Something is always left of it."""
    if not lets:
        return text
    if Lets.HYPHENS in lets:
        text = RUN_OF_HYPHENS.sub("-", text)
    if Lets.UNIT in lets:
        text = UNIT_APART.sub(r"\1", text)
    # Each once: what stands within the quotes, or behind the article, is what was meant.
    before, is_bare, articles = "", False, 0
    while text != before:
        before = text
        if Lets.STOP in lets:
            text = _without_stop(text)
        if Lets.QUOTES in lets and not is_bare:
            bare = _without_quotes(text)
            is_bare, text = bare != text, bare
        if Lets.ARTICLE in lets and not articles:
            text, articles = ARTICLE.subn("", text)
        text = text.strip("`").strip() or text
    return BETWEEN_WORDS.sub("", text) if Lets.JOINED in lets else text


def _without_stop(text: str) -> str:
    """A text without the full stop at its end, or what calls it out. Dots alone, and an ellipsis, are no full stop."""
    said = CALLED_OUT.sub("", text).rstrip()
    if said != text:  # of a number and of a letter, it is the factorial
        return said if sum(map(str.isalpha, said.rpartition(" ")[2])) > 1 else text
    rest = text[:-1].rstrip()
    is_stop = text.endswith((".", "。")) and not rest.endswith(".") and any(char.isalnum() for char in rest)
    return rest if is_stop else text


def _without_quotes(text: str) -> str:
    inner = text[1:-1].strip()
    is_quoted = len(text) > 2 and text[0] == text[-1] and text[0] in "'\"" and inner  # noqa: PLR2004 - two quotes
    # “a” and “b” does not stand in quotes as a whole. An apostrophe within a word is none.
    return inner if is_quoted and not re.search(rf"(?<!\w){text[0]}|{text[0]}(?!\w)", inner) else text

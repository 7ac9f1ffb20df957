"""Answers that are nearly right: a letter slipped, or the capitals of code. They are asked back, and cost no try."""

import re
import unicodedata
from collections.abc import Iterable
from enum import Enum

from quiz.kinds.kind import Unclear

BETWEEN_LETTERS = re.compile(r"(?<=[^\W_])[ '_-]+(?=[^\W_])")
LONGER = 6  # letters of a word in which one may slip
SLIPPING = " -'_."  # what is easily left out or taken for another, beside letters


class Slip(Enum):
    """What seems to be wrong, in words that do not give the answer away."""

    CAPITALS = "Check the capitals"
    SPELLING = "Check the spelling"


def ask_back(slip: Slip | None, text: str, asked_back: Iterable[str]) -> None:
    """Refuse a text in which something slipped, unless it is what was asked back before.

    Raises:
        Unclear: the learner is to look at it once more.
    """
    if slip and text not in asked_back:
        raise Unclear(
            f"{slip.value}: this is nearly right, and was not counted. Sent again unchanged, it counts as wrong."
        )


def is_nearly(right: str, typed: str) -> bool:
    """Whether one letter is wrong, or only accents, and what stands between the words."""
    bones = _bones(right)
    is_same = bones == _bones(typed) and sum(map(str.isalpha, bones)) > 2 and right != typed  # noqa: PLR2004 - "x-1"
    return is_same or _is_one_letter_off(right, typed)


def _bones(text: str) -> str:
    """A text without accents, and without hyphens, apostrophes and spaces between its letters."""
    apart = BETWEEN_LETTERS.sub("", text)
    return "".join(char for char in unicodedata.normalize("NFD", apart) if unicodedata.category(char) != "Mn")


def _is_one_letter_off(right: str, typed: str) -> bool:
    """Whether a letter too many, too few, another one, or two that changed places are all that is wrong.

    It counts in a longer word, and not at its beginning: "synchronous" is no slip for "asynchronous".
    """
    if right == typed or abs(len(right) - len(typed)) > 1:
        return False
    at = next((place for place, pair in enumerate(zip(right, typed, strict=False)) if pair[0] != pair[1]), None)
    at = min(len(right), len(typed)) if at is None else at
    there, here = right[at:], typed[at:]
    if there[1:] == here:
        changed = there[:1]
    elif there == here[1:]:
        changed = here[:1]
    elif there[1:] == here[1:]:
        changed = there[:1] + here[:1]
    elif there[:2] == here[1::-1] and there[2:] == here[2:]:
        changed = there[:2]
    else:
        return False
    if not all(char in SLIPPING or unicodedata.category(char)[0] in "LM" for char in changed):
        return False
    return at > 0 and _is_in_word(right[at - 1]) and _letters_around(right, at) >= LONGER


def _is_in_word(char: str) -> bool:
    return char == "_" or unicodedata.category(char)[0] in "LMN"


def _letters_around(text: str, at: int) -> int:
    """How many letters the word at a place has; between two words, both."""
    first, last = at, at + 1
    while first and _is_in_word(text[first - 1]):
        first -= 1
    while last < len(text) and _is_in_word(text[last]):
        last += 1
    return sum(unicodedata.category(char)[0] == "L" for char in text[first:last])

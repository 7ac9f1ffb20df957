"""Numbers in digits as people write them in one country and another, read exactly. What has two readings has none.

A comma is what a point is elsewhere, so "1.500" and "1,500" say 1500 to some and 1.5 to others. Apostrophes, spaces and
underscores only ever stand between thousands.
"""

import re
import unicodedata
from fractions import Fraction

from quiz.kinds.typed.characters import plainly_typed

DIGITS = 15  # before the point, and after it
EITHER = ".,"  # parts the fraction off in one country, and thousands in another
FRACTION, THOUSANDS = EITHER + "٫", EITHER + "'_ ٬"
MARK = r"[.,'_ ٫٬](?=[0-9])"
NUMBER = rf"[+-]? ?(?:[0-9]|[.,٫](?=[0-9]))(?:[0-9]|{MARK})*(?:[eE][+-]?[0-9]{{1,2}})?"
# One to three digits of which the first is no 0, and three behind a mark that stands there alone.
TWO_READINGS = re.compile(rf"[1-9][0-9]{{0,2}}([{EITHER}])[0-9]{{3}}(?:[' _]|$)")
# What looks like a comma is none in Unicode: one of Arabic, and one that is a quote.
COMMAS = {ord("،"): ",", ord("‚"): ",", ord("٪"): "%"}


class NotANumber(Exception):
    """The text is no quantity. Says what would be one."""


class TwoReadings(NotANumber):
    """The text is one of two numbers. `whole` and `parted` are both in digits that have one reading."""

    def __init__(self, text: str, whole: str, parted: str) -> None:
        super().__init__(f"“{text}” can be read in two ways")
        self.whole = whole
        self.parted = parted


def in_plain_digits(text: str) -> str:
    """A text in one line, with the digits of any script as 0 to 9, and hyphens and quotes as they are on a keyboard.

    Raises:
        NotANumber: there is a raised or circled digit in it, of which NFKC would make a plain one: of 10³ it makes 103.
    """
    if text.isascii():
        return " ".join(text.split())
    if any(char.isdigit() and not char.isdecimal() for char in text):
        raise NotANumber("Write powers of ten in digits: 1000, or 1e3.")
    text = plainly_typed(text.translate(COMMAS)).replace("—", "-").translate(COMMAS)
    return "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in text)


def number_in(text: str) -> Fraction:
    """What a text that NUMBER matches says.

    Raises:
        TwoReadings: it says one number in one country, and another one in another.
        NotANumber: it says none in any.
    """
    number, _, power = text.casefold().partition("e")
    sign, digits = "-" if number.startswith("-") else "", number.lstrip("+- ")
    whole, rest = _whole_and_rest(digits)
    if len(whole) > DIGITS or len(rest) > DIGITS:
        raise NotANumber(f"at most {DIGITS} digits before and after the point are read")
    if rest and not power and (mark := _mark_of_two_readings(digits)):
        raise TwoReadings(text, f"{sign}{whole}{rest}", f"{sign}{unmistakable(whole + '.' + rest, mark)}")
    return Fraction(f"{sign}{whole or '0'}.{rest or '0'}e{power or '0'}")


def unmistakable(digits: str, mark: str = ".") -> str:
    """Digits with a point, so that nobody takes it for one between thousands: 1.5 for 1.500, and 1.2340 for 1.234."""
    whole, _, rest = digits.partition(".")
    rest = rest.rstrip("0")
    written = f"{whole}{mark}{rest}" if rest else whole
    return f"{written}0" if _mark_of_two_readings(written) else written


def decimal(number: Fraction) -> str:
    """A number in digits, with a point.

    Raises:
        NotANumber: it has too many, or no end.
    """
    scaled = abs(number) * 10**DIGITS
    whole, rest = divmod(scaled.numerator, 10**DIGITS) if scaled.denominator == 1 else (0, -1)
    if rest < 0 or whole >= 10**DIGITS:
        raise NotANumber(f"it has more than {DIGITS} digits before or after the point")
    digits = f"{whole}.{rest:0{DIGITS}}".rstrip("0").rstrip(".")
    return f"-{digits}" if number < 0 else digits


def _whole_and_rest(digits: str) -> tuple[str, str]:
    """The digits before and behind what parts the fraction off.

    Raises:
        NotANumber: the marks between them stand as nobody puts them.
    """
    marks = [char for char in digits if not char.isdigit()]
    groups = re.split(r"[^0-9]", digits)
    if not marks:
        return digits, ""
    if marks[0] in FRACTION and all(mark in "' _" for mark in marks[1:]) and _are_thousands_behind(groups[1:]):
        return groups[0], "".join(groups[1:])
    is_last_other = marks[-1] in FRACTION and marks[-1] not in marks[:-1]
    before, rest = (groups[:-1], groups[-1]) if is_last_other else (groups, "")
    between = set(marks[:-1] if is_last_other else marks)
    if len(between) == 1 and between <= set(THOUSANDS) and _are_thousands(before, between.pop()):
        return "".join(before), rest
    raise NotANumber("the marks between its digits stand as nobody puts them: write a number like 1500.5")


def _are_thousands(groups: list[str], mark: str) -> bool:
    first, *more = groups
    if (mark != " " and len(first) > 3) or not first or first.startswith("0"):  # noqa: PLR2004 - thousands
        return False
    # In India a comma stands before the last three, and then before every two.
    in_india = mark == "," and all(len(group) == 2 for group in more[:-1]) and len(first) < 3  # noqa: PLR2004
    return len(more[-1]) == 3 and (in_india or all(len(group) == 3 for group in more))  # noqa: PLR2004


def _are_thousands_behind(groups: list[str]) -> bool:
    """Whether digits behind the point stand in groups of three, the last of which may be shorter."""
    *full, last = groups
    return all(len(group) == 3 for group in full) and (not full or 0 < len(last) <= 3)  # noqa: PLR2004


def _mark_of_two_readings(digits: str) -> str:
    """The mark that may part off a fraction or thousands; empty where the digits around it tell."""
    found = TWO_READINGS.match(digits.lstrip("-"))
    return found[1] if found else ""

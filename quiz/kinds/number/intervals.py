"""Numbers as GIFT writes them ("3:0.5", "1..5") and as a quiz.md does ("3 ± 0.5"). Exact: in fractions."""

import re
from dataclasses import dataclass
from fractions import Fraction

NUMBER = re.compile(r"[+-]?(?:[0-9]{1,15}(?:\.[0-9]{0,15})?|\.[0-9]{1,15})(?:[eE][+-]?[0-9]{1,2})?")
DIGITS = 15  # before the point and after it, as many as quiz/kinds/number/quantities.py reads


class NoInterval(Exception):
    """The text is no number with a tolerance. Says why."""


@dataclass(frozen=True)
class Interval:
    """Numbers from `middle` less `reach` to `middle` and `reach`, both included."""

    middle: Fraction
    reach: Fraction

    def holds(self, number: Fraction) -> bool:
        """Whether a number is within."""
        return abs(number - self.middle) <= self.reach

    def __str__(self) -> str:
        return decimal(self.middle) + (f" ± {decimal(self.reach)}" if self.reach else "")


def interval_of(text: str) -> Interval:
    """What an answer to a question of GIFT's numerical kind says.

    Raises:
        NoInterval: it is no number, or one with more digits than are read here.
    """
    low, is_range, high = text.partition("..")
    if is_range:
        least, most = sorted((_number(low), _number(high)))
        found = Interval((least + most) / 2, (most - least) / 2)
    else:
        middle, _, reach = text.partition(":")
        found = Interval(_number(middle), _number(reach) if reach.strip() else Fraction(0))
    if found.reach < 0:
        raise NoInterval("its tolerance is below 0")
    str(found)  # whether it can be written
    return found


def _number(text: str) -> Fraction:
    text = text.strip()
    if not NUMBER.fullmatch(text):
        raise NoInterval(f"“{text[:40]}” (write digits and a decimal point, like 3.5)")
    return Fraction(text)


def decimal(number: Fraction) -> str:
    """A number in digits.

    Raises:
        NoInterval: it has too many.
    """
    scaled = abs(number) * 10**DIGITS
    whole, rest = divmod(scaled.numerator, 10**DIGITS) if scaled.denominator == 1 else (0, -1)
    if rest < 0 or whole >= 10**DIGITS:
        raise NoInterval(f"it has more than {DIGITS} digits before or after the point")
    digits = f"{whole}.{rest:0{DIGITS}}".rstrip("0").rstrip(".")
    return f"-{digits}" if number < 0 else digits

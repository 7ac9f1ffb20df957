"""Numbers with units and tolerances, as authors write them and as learners type them. Exact: in fractions."""

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from quiz.kinds.number.numerals import NUMBER, NotANumber, TwoReadings, decimal, in_plain_digits, number_in
from quiz.kinds.number.units import factor, factor_of_typed, is_told_in_others, units_beside

# A word or a few: "requests/s", "server threads". No mark that would rather set off the tolerance, or end a sentence.
UNIT = r"[^\W\d_](?:[^\d±,;:+~<>=]{0,18}[^\d\s±,;:+~<>=-])?|%"
TYPED = re.compile(rf"^(?P<number>{NUMBER}) ?(?P<unit>{UNIT})?$")
EXPECTED = re.compile(
    rf"^(?P<number>{NUMBER}) ?(?P<unit>{UNIT})?"
    rf"(?: ?(?:±|\+/-|\+-) ?(?P<tolerance>{NUMBER}) ?(?P<tolerance_unit>{UNIT})?)?$"
)
STOP = re.compile(r"(?<=[^\W_]|%)\.$")


@dataclass(frozen=True)
class Quantity:
    """An expected number: from `value` less `tolerance` to `value` and `tolerance`, both included, in `unit`."""

    value: Fraction
    unit: str
    tolerance: Fraction

    def allows(self, typed: Fraction) -> bool:
        """Whether a number in the same unit is near enough."""
        return abs(typed - self.value) <= self.tolerance

    def into(self, unit: str) -> "Quantity | None":
        """The same in another unit; None when that measures something else."""
        times = factor(self.unit, unit)
        return None if times is None else Quantity(self.value * times, unit, self.tolerance * times)

    @property
    def in_words(self) -> str:
        """The number as a learner reads it, with its unit."""
        return _with(_digits(self.value), self.unit)

    @property
    def reach(self) -> str:
        """From where to where a number is near enough, like "from 2.7 s to 3.3 s"; empty without a tolerance.

        In its own unit where that has an end in digits. A third of an hour has none, but 20 min have.
        """
        if not self.tolerance:
            return ""
        told = (self.into(unit) for unit in units_beside(self.unit))
        exact = next((quantity for quantity in told if quantity and _ends(quantity)), self)
        low, high = exact.value - exact.tolerance, exact.value + exact.tolerance
        return f"from {_with(_digits(low), exact.unit)} to {_with(_digits(high), exact.unit)}"


@lru_cache(maxsize=4096)
def expected(text: str) -> Quantity:
    """What an author wrote: "3 s ± 10 %", "200 ms", "4".

    A tolerance in % is one of the value, unless the value is in % itself: then it is one in percentage points. A
    tolerance without a unit has that of the value.

    Raises:
        NotANumber: it cannot be read as such, or in two ways.
    """
    found = EXPECTED.match(_folded(text))
    if not found:
        raise NotANumber("write a number, its unit and a tolerance, like 3 s ± 10 %")
    unit, own = (found["unit"] or "").strip(), (found["tolerance_unit"] or "").strip()
    value, tolerance = _written(found["number"], unit), _written(found["tolerance"] or "0", own)
    if " " in unit and is_told_in_others(unit.split()[0]):
        raise NotANumber(f"behind the unit {unit.split()[0]} nothing follows but ± and a tolerance")
    if tolerance < 0:
        raise NotANumber("a tolerance is not below 0")
    tolerance_unit = own or unit
    if tolerance_unit == "%" != unit:
        return Quantity(value, unit, abs(value) * tolerance / 100)
    times = factor(tolerance_unit, unit)
    if times is None:
        raise NotANumber(f"the tolerance is in {tolerance_unit}, which is no {unit or 'plain number'}")
    return Quantity(value, unit, tolerance * times)


def _written(number: str, unit: str) -> Fraction:
    """What an author's digits say."""
    try:
        return number_in(number)
    except TwoReadings as two:
        message = f"{two}: write {_with(two.whole, unit)}, or {_with(two.parted.replace(',', '.'), unit)}"
        raise NotANumber(message) from None


def typed(text: str, unit: str, *, is_kept: bool = False) -> Fraction:
    """What a learner typed, in the unit of the question: 3, 3.0, 3,0, "3 s" and "3000 ms" are the same in s.

    Args:
        text: what was typed.
        unit: that of the question.
        is_kept: whether it was taken a while ago. It is read as it was then, when 1.500 was 1.5.

    Raises:
        NotANumber: it is none, could be two, or has another unit. Says so kindly.
    """
    line = " ".join(text.split())
    beside = ", the unit beside it if you like" if unit else ""
    no_number = NotANumber(f"Write a number in digits, like 3 or 3.5{beside}.")
    found = TYPED.match(STOP.sub("", _unquoted(_folded(line))))
    if not found:
        raise no_number
    own = (found["unit"] or "").strip()
    times = factor_of_typed(own or unit, unit)
    if times is None:
        asked = f"The answer is asked for in {unit}" if unit else "The answer is asked for without a unit"
        raise NotANumber(f"{asked}, and “{own}” is something else.")
    try:
        return number_in(found["number"]) * times
    except TwoReadings as two:
        if is_kept:
            return Fraction(two.parted.replace(",", ".")) * times
        raise NotANumber(_asked_back(line, two, own or unit)) from None
    except NotANumber:
        raise no_number from None


def _asked_back(line: str, two: TwoReadings, unit: str) -> str:
    whole, parted = _with(two.whole, unit), _with(two.parted, unit)
    return f"“{line}” can be read in two ways: is that {whole} or {parted}? Write it like one of these."


def _folded(text: str) -> str:
    """One line in plain digits. NFKC makes the sign for micro a Greek letter; in units it is the sign again."""
    return in_plain_digits(text).replace("μ", "µ")


def _unquoted(text: str) -> str:
    is_quoted = len(text) > 2 and text[0] == text[-1] and text[0] in "'\""  # noqa: PLR2004 - two quotes
    return text[1:-1].strip() if is_quoted else text


def _with(digits: str, unit: str) -> str:
    return f"{digits} {unit}" if unit else digits


def _digits(number: Fraction) -> str:
    try:
        return decimal(number)
    except NotANumber:
        return f"{float(number):.10g}"


def _ends(quantity: Quantity) -> bool:
    """Whether its bounds have an end in digits."""
    try:
        return bool(decimal(quantity.value - quantity.tolerance) and decimal(quantity.value + quantity.tolerance))
    except NotANumber:
        return False

"""Numbers with units and tolerances, as authors write them and as learners type them. Exact: in fractions."""

import re
import unicodedata
from dataclasses import dataclass
from fractions import Fraction

# What one of each unit is in the first of its row. Within a row a learner may answer in any unit.
UNITS = (
    {"s": "1", "ms": "1e-3", "µs": "1e-6", "us": "1e-6", "ns": "1e-9", "min": "60", "h": "3600", "d": "86400"},
    {
        "B": "1",
        "kB": "1e3",
        "KB": "1e3",
        "MB": "1e6",
        "GB": "1e9",
        "KiB": "1024",
        "MiB": "1048576",
        "GiB": "1073741824",
    },
)
NUMBER = r"[+-]?[0-9]{1,15}(?:[.,][0-9]{1,15})?(?:[eE][+-]?[0-9]{1,2})?"
# A word or a few: "requests/s", "server threads". No mark that would rather set off the tolerance, or end a sentence.
UNIT = r"[^\W\d_](?:[^\d±,;:+~<>=]{0,18}[^\d\s±,;:+~<>=-])?|%"
GROUPED = re.compile(r"(?<=[0-9]) (?=[0-9]{3}(?:\D|$))")
AMBIGUOUS = re.compile(r"^[+-]?[1-9][0-9]{0,2},[0-9]{3}$")
TYPED = re.compile(rf"^(?P<number>{NUMBER}) ?(?P<unit>{UNIT})?$")
EXPECTED = re.compile(
    rf"^(?P<number>{NUMBER}) ?(?P<unit>{UNIT})?"
    rf"(?: ?(?:±|\+/-|\+-) ?(?P<tolerance>{NUMBER}) ?(?P<tolerance_unit>{UNIT})?)?$"
)


class NotANumber(Exception):
    """The text is no quantity. Says what would be one."""


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
        factor = _factor(self.unit, unit)
        return None if factor is None else Quantity(self.value * factor, unit, self.tolerance * factor)


def expected(text: str) -> Quantity:
    """What an author wrote: "3 s ± 10 %", "200 ms", "4".

    A tolerance in % is one of the value, unless the value is in % itself: then it is one in percentage points. A
    tolerance without a unit has that of the value.

    Raises:
        NotANumber: it cannot be read as such.
    """
    found = EXPECTED.match(_folded(text))
    if not found:
        raise NotANumber("write a number, its unit and a tolerance, like 3 s ± 10 %")
    value, unit = _fraction(found["number"]), (found["unit"] or "").strip()
    tolerance = _fraction(found["tolerance"] or "0")
    tolerance_unit = (found["tolerance_unit"] or "").strip() or unit
    if " " in unit and _row(unit.split()[0]):
        raise NotANumber(f"behind the unit {unit.split()[0]} nothing follows but ± and a tolerance")
    if tolerance < 0:
        raise NotANumber("a tolerance is not below 0")
    if tolerance_unit == "%" != unit:
        return Quantity(value, unit, abs(value) * tolerance / 100)
    factor = _factor(tolerance_unit, unit)
    if factor is None:
        raise NotANumber(f"the tolerance is in {tolerance_unit}, which is no {unit or 'plain number'}")
    return Quantity(value, unit, tolerance * factor)


def typed(text: str, unit: str) -> Fraction:
    """What a learner typed, in the unit of the question: 3, 3.0, 3,0, "3 s" and "3000 ms" are the same in s.

    Raises:
        NotANumber: it is none, could be two, or has another unit. Says so kindly.
    """
    folded = _folded(text)
    found = TYPED.match(folded)
    in_unit = f" {unit}" if unit else ""
    if not found:
        raise NotANumber(
            f"Write a number in digits, like 3 or 3.5{', the unit beside it if you like' if unit else ''}."
        )
    if AMBIGUOUS.match(found["number"]):
        whole, _, rest = found["number"].partition(",")
        message = (
            f"“{found['number']}” can be read in two ways: write {whole}{rest}{in_unit} or {whole}.{rest}{in_unit}."
        )
        raise NotANumber(message)
    factor = _factor((found["unit"] or "").strip() or unit, unit)
    if factor is None:
        asked = f"The answer is asked for in {unit}" if unit else "The answer is asked for without a unit"
        raise NotANumber(f"{asked}, and “{found['unit'].strip()}” is something else.")
    return _fraction(found["number"]) * factor


def _folded(text: str) -> str:
    """One line with single spaces, a plain minus, and no spaces between groups of digits.

    NFKC makes the sign for micro a Greek letter; in units it is the sign again.

    Raises:
        NotANumber: there is a raised or circled digit in it, of which NFKC would make a plain one: of 10³ it makes 103.
    """
    if any(char.isdigit() and not char.isdecimal() for char in text):
        raise NotANumber("Write powers of ten in digits: 1000, or 1e3.")
    plain = unicodedata.normalize("NFKC", text).replace("\u2212", "-").replace("μ", "µ")
    return GROUPED.sub("", " ".join(plain.split()))


def _fraction(text: str) -> Fraction:
    return Fraction(text.replace(",", "."))


def _row(unit: str) -> dict[str, str] | None:
    """What a unit can be told in, if it is one of ours."""
    return next((row for row in UNITS if unit in row), None)


def _factor(unit: str, into: str) -> Fraction | None:
    """What one of a unit is in another one; None when they measure different things."""
    row = _row(unit)
    if row is None:
        return Fraction(1) if unit.casefold() == into.casefold() else None
    return Fraction(row[unit]) / Fraction(row[into]) if into in row else None

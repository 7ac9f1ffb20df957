"""Where a value stands on an axis, and where the axis has its ticks."""

import math
from dataclasses import dataclass

TWO_DIGITS_BELOW = 9.95  # what rounds to 10 is written without a decimal


@dataclass(frozen=True)
class Axis:
    """What one side of a picture tells.

    Attributes:
        label: what its values are, for the table: "due".
        longest: above 0; it has its place in any case, so that the scale does not jump while a run goes on.
        unit: what stands behind each number.
        per_unit: how many of the values make one such unit: 1,000 for times in ms that are written in seconds.
        at_most: into how many pieces ticks may cut it.
    """

    label: str
    longest: float
    unit: str = "ms"
    per_unit: float = 1.0
    at_most: int = 5

    @property
    def ticks(self) -> list[tuple[float, str]]:
        """Round values, from 0 on, and their labels."""
        values = ticks(self.longest, self.at_most)
        return list(zip(values, tick_words(values, self.unit, self.per_unit), strict=True))


PER_CENT = Axis("share", 1, "%", per_unit=0.01, at_most=2)


@dataclass(frozen=True)
class Scale:
    """Linear: a value from 0 to `longest` has its place between `begin` and `end` of a picture that is `width` wide.

    That is in per cent, or in px where the width is known, so that what is said of a value can be put beside it.
    """

    longest: float
    begin: float = 0.0
    end: float = 100.0
    width: float = 100.0

    def at(self, value: float) -> float:
        """The place of a value, in the units of `width`. What lies past an end is put there."""
        return self.begin + (self.end - self.begin) * min(max(value / self.longest, 0.0), 1.0)

    def share(self, length: float) -> float:
        """A place or a length in per cent of the picture."""
        return 100 * length / self.width

    def place(self, value: float) -> str:
        """The place of a value as SVG has it."""
        return per_cent(self.share(self.at(value)))


def per_cent(place: float) -> str:
    """A place or a length as SVG has it: "12.5%"."""
    return f"{round(place, 2):g}%"


def round_step(longest: float, at_most: int) -> float:
    """The smallest of 1, 2 or 5 times a power of ten that cuts `longest` (above 0) into `at_most` pieces or fewer."""
    smallest = longest / at_most
    power = 10.0 ** math.floor(math.log10(smallest))
    return float(next(step for factor in (1, 2, 5, 10) if (step := factor * power) >= smallest * (1 - 1e-9)))


def ticks(longest: float, at_most: int) -> list[float]:
    """Round values from 0 on, up to `longest` and not past it."""
    step = round_step(longest, at_most)
    return [step * number for number in range(math.floor(longest / step * (1 + 1e-9)) + 1)]


def tick_words(values: list[float], unit: str, per_unit: float = 1.0) -> list[str]:
    """The labels of ticks, with as many decimals as their steps need: "0.0 s", "0.5 s"."""
    step = (values[1] if len(values) > 1 else 1.0) / per_unit
    decimals = max(0, -math.floor(math.log10(step) + 1e-9))
    return [f"{value / per_unit:,.{decimals}f} {unit}".rstrip() for value in values]


def number(value: float) -> str:
    """A figure, 0 or more, for people: "3,012", or two digits of what is shorter than that: "7.8", "0.95"."""
    return f"{value:.2g}" if value < TWO_DIGITS_BELOW else f"{math.floor(value + 0.5):,}"

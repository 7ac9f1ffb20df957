"""Where the ticks of an axis stand."""

import math


def round_step(longest: float, at_most: int) -> float:
    """The smallest of 1, 2 or 5 times a power of ten that cuts `longest` (above 0) into `at_most` pieces or fewer."""
    smallest = longest / at_most
    power = 10.0 ** math.floor(math.log10(smallest))
    return float(next(step for factor in (1, 2, 5, 10) if (step := factor * power) >= smallest * (1 - 1e-9)))


def ticks(longest: float, at_most: int) -> list[float]:
    """Round values from 0 on, up to `longest` and not past it."""
    step = round_step(longest, at_most)
    return [step * number for number in range(math.floor(longest / step * (1 + 1e-9)) + 1)]


def in_seconds(milliseconds: float, step: float) -> str:
    """A tick's label, with as many decimals as steps of `step` ms need: "0.5 s"."""
    decimals = max(0, -math.floor(math.log10(step / 1000) + 1e-9))
    return f"{milliseconds / 1000:.{decimals}f} s"

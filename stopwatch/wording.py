"""Measured times as people read them."""

from math import floor

TENTHS_BELOW = 9.95  # ms; what rounds to 10 is written without a decimal


def number(milliseconds: float) -> str:
    """A time in ms without its unit: "3,012", or one decimal below ten.

    `number` in static/js/stopwatch.js writes it in the same way, so that a figure reads the same wherever it stands.
    """
    return f"{milliseconds:.1f}" if milliseconds < TENTHS_BELOW else f"{whole(milliseconds):,}"


def whole(milliseconds: float) -> int:
    """A time in whole ms. A half is rounded up, as browsers do it; Python's own rounding goes to the even number."""
    return floor(milliseconds + 0.5)

"""What figures are measured in, and how their values are written."""

from dataclasses import dataclass
from math import floor


@dataclass(frozen=True)
class Unit:
    """What a figure is measured in.

    Attributes:
        symbol: stands behind a value; empty for a score or a count.
        decimals: of a value.
        below_ten: decimals of a value below ten, where those are more.
        quantity: what is measured in it, as the heading of a column.
    """

    symbol: str
    decimals: int
    below_ten: int | None = None
    quantity: str = "Value"

    def write(self, value: float) -> str:
        """A value without its unit: "3,012", or "8.4" in a unit with one decimal below ten.

        What rounds to 10 is written without that decimal. `number` in static/js/stopwatch.js writes ms in the same way,
        so that a figure reads the same wherever it stands.
        """
        decimals = self.decimals
        if self.below_ten is not None and value < 10 - 0.5 * 10**-self.below_ten:
            decimals = self.below_ten
        return f"{value:,.{decimals}f}" if decimals else f"{whole(value):,}"

    def text(self, value: float) -> str:
        """A value with its unit: "3,012 ms"."""
        return self.behind(self.write(value))

    def behind(self, written: str) -> str:
        """Something that is written already, with the unit behind it."""
        return f"{written} {self.symbol}".strip()

    def exact(self, value: float) -> str:
        """A value as it is kept in a file: with one decimal more than is shown."""
        return f"{value:.{self.decimals + 1}f}"

    @property
    def heading(self) -> str:
        """The heading of a column: "Time, ms"."""
        return f"{self.quantity}, {self.symbol}" if self.symbol else self.quantity

    @property
    def finest(self) -> float:
        """The smallest difference that is shown."""
        return float(10**-self.decimals)


def whole(value: float) -> int:
    """A value without decimals. A half is rounded up, as browsers do it; Python's own rounding goes to the even one."""
    return floor(value + 0.5)


MS = Unit("ms", 0, below_ten=1, quantity="Time")
SCORE = Unit("", 3, quantity="Score")
COUNT = Unit("", 0, quantity="Count")
PER_CENT = Unit("%", 0, quantity="Share")

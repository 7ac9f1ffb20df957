"""Measured times as people read them."""


def number(milliseconds: float) -> str:
    """A time in ms without its unit: "3,012", or one decimal below ten."""
    return f"{milliseconds:,.0f}" if milliseconds >= 10 else f"{milliseconds:.1f}"  # noqa: PLR2004

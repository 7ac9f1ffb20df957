"""Scales and their ticks."""

import pytest

from charts.scale import Scale, number, tick_words, ticks


@pytest.mark.parametrize(
    ("longest", "at_most", "expected"),
    [
        (3046, 4, ["0 s", "1 s", "2 s", "3 s"]),
        (10_050, 6, ["0 s", "2 s", "4 s", "6 s", "8 s", "10 s"]),
        (50, 6, ["0.00 s", "0.01 s", "0.02 s", "0.03 s", "0.04 s", "0.05 s"]),
        (100, 2, ["0.00 s", "0.05 s", "0.10 s"]),
    ],
)
def test_ticks_are_round(longest: float, at_most: int, expected: list[str]) -> None:
    assert tick_words(ticks(longest, at_most), "s", 1000) == expected


def test_a_tick_has_its_unit_if_there_is_one():
    assert tick_words(ticks(3200, 4), "ms") == ["0 ms", "1,000 ms", "2,000 ms", "3,000 ms"]
    assert tick_words(ticks(1, 2), "") == ["0.0", "0.5", "1.0"]


def test_a_scale_puts_what_lies_past_its_ends_there():
    scale = Scale(200, begin=100, end=0)
    assert [scale.place(value) for value in (0, 50, 200, 300, -1)] == ["100%", "75%", "0%", "0%", "100%"]


@pytest.mark.parametrize(
    ("value", "expected"), [(3012.4, "3,012"), (9.96, "10"), (7.84, "7.8"), (0.949, "0.95"), (0, "0")]
)
def test_a_figure_has_as_many_digits_as_tell_something(value: float, expected: str):
    assert number(value) == expected

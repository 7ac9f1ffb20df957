"""The class's histogram: bins and counts, and never anybody's own figure."""

import random

import pytest
from django.template.loader import render_to_string

from lessons.registry import RenderedBlock
from stopwatch import histogram
from stopwatch.histogram import LEAST, Histogram
from stopwatch.measured import Board, Measured

CLASS = [12.0, 14.0, 17.0, 19.0, 19.0, 23.0, 41.0]
KEY = ("celery", "click-to-response")


def counted(found: Histogram | None) -> list[tuple[float, float, int]]:
    assert found
    return [(each.low, each.high, each.count) for each in found.bins]


def html_of(figures: dict[tuple[str, str], list[float]] | None, own: float | None = None) -> str:
    measured = {} if own is None else {"celery": Measured("celery", 3, {"click-to-response": own})}
    block = RenderedBlock("class", "a", "", "", {}, {}, "", place="class-1")
    context = histogram.context(Board(measured), [(*KEY, "free"), ("blocking", KEY[1], "hold")], figures)
    return render_to_string("stopwatch/_class.html", {"block": block, **context})


def test_everybody_is_in_one_bin_of_a_round_width() -> None:
    assert counted(histogram.histogram(CLASS, None)) == [
        (10, 15, 2),
        (15, 20, 3),
        (20, 25, 1),
        (25, 30, 0),
        (30, 35, 0),
        (35, 40, 0),
        (40, 45, 1),
    ]


@pytest.mark.parametrize("seed", range(40))
def test_nobody_is_lost_or_counted_twice_whatever_the_figures(seed: int) -> None:
    draw = random.Random(seed)
    values = [
        draw.choice([draw.uniform(0, 5), draw.uniform(2990, 3100), 0.0, 100.0]) for _ in range(draw.randint(5, 40))
    ]
    own = draw.choice([None, draw.choice(values), draw.uniform(0, 6000)])
    found = histogram.histogram(values, own)
    assert found
    assert found.n == sum(each.count for each in found.bins) == len(values)
    assert 1 <= len(found.bins) <= histogram.BINS
    assert sum(each.is_own for each in found.bins) == (own is not None)


def test_one_odd_figure_does_not_squeeze_everybody_else_into_one_bin() -> None:
    found = histogram.histogram([20, 30, 40, 50, 60, 70, 899_000], own=30)
    assert found is not None
    assert sum(each.count > 0 for each in found.bins) > 3
    assert found.bins[-1].count >= 1
    assert found.bins[-1].range.endswith("and more")
    assert sum(each.count for each in found.bins) == found.n == 7


def test_the_same_figure_of_everybody_is_one_bin() -> None:
    assert [count for _, _, count in counted(histogram.histogram([20.0] * 6, None)) if count] == [6]


def test_fewer_than_five_are_not_shown() -> None:
    assert histogram.histogram(CLASS[: LEAST - 1], None) is None
    html = html_of({KEY: CLASS[:4]})
    assert "The class: 4 so far; shown from 5 on." in html
    assert "<rect" not in html


def test_a_page_that_is_for_everyone_knows_of_no_class() -> None:
    html = html_of(None)
    assert "The class is shown from 5 learners on" in html
    assert "so far" not in html


def test_the_readers_own_bin_is_marked_and_how_many_took_longer_is_said() -> None:
    html = html_of({KEY: CLASS}, own=19.0)
    assert html.count('class="chart-column own"') == 1
    assert "n = 7" in html
    assert "Yours: 19 ms. 2 of the 7 took longer." in html
    assert '15 to 20</th><td><span class="figure">3, with yours</span></td>' in html


def test_a_reader_who_has_not_run_it_is_nowhere() -> None:
    html = html_of({KEY: CLASS})
    assert "yours ▾" not in html
    assert "Yours is marked once you have run it." in html
    assert "style" not in html

"""A panel: what is drawn where."""

from math import inf
from typing import Any

import pytest

from charts.dots import Dots
from charts.lines import Line, height_at_end
from charts.panel import Band, Mark, Panel, draw
from charts.scale import Axis
from charts.shapes import Picture
from tests.charts.drawn import placed, shapes

ACROSS, UP = Axis("due", 4000, "s", per_unit=1000), Axis("latency", 1000)
PANEL = Panel(
    "High",
    "hold",
    [Dots([(0, 1000), (2000, 500)]), Dots([(3000, 250)], "ring"), Dots([(3500, 0)], "square")],
    [Line([(0, 0), (4000, 800)], "theory", is_dashed=True)],
    [Band(1000, 3000, "held")],
    [Mark(900, "recorded: 900 ms")],
    "Of four, three came.",
)


def drawn(panel: Panel = PANEL) -> Picture:
    return draw(panel, "1", "Latency", ACROSS, UP)


def paths(picture: Picture) -> list[tuple[str, str]]:
    return [(shape.attributes["class"], shape.attributes["d"]) for shape in shapes(picture) if shape.tag == "path"]


def test_a_dot_stands_at_its_time_and_as_high_as_its_value():
    assert paths(drawn()) == [
        ("chart-line dashed", "M0 1000L1000 200"),
        ("chart-dots", "M0 0h.1M500 500h.1"),
        ("chart-dots", "M750 750h.1"),  # a ring is a dot with a hole
        ("chart-holes", "M750 750h.1"),
        ("chart-dots square", "M875 1000h.1"),
    ]


def test_a_shape_without_dots_is_not_there():
    assert paths(drawn(Panel("Empty", dots=[Dots([]), Dots([], "ring")], lines=[Line([], "theory")]))) == []


def test_a_line_has_its_words_at_its_end():
    (words,) = [shape.attributes for shape in shapes(drawn()) if shape.text == "theory"]
    assert (words["x"], words["y"], words["text-anchor"]) == ("100%", "20%", "end")


@pytest.mark.parametrize(
    ("begin", "end", "height"),
    [(0, 2000, 400), (3000, 5000, 800), (3000, inf, 800), (4000, 5000, None), (-2, -1, None)],
)
def test_a_line_is_straight_between_its_points_and_not_beside_them(begin: float, end: float, height: float | None):
    assert height_at_end(PANEL.lines[0], begin, end) == height


def test_a_step_of_a_line_is_as_high_as_where_it_leads():
    assert height_at_end(Line([(0, 1), (5, 1), (5, 9), (8, 9)], "a step"), 4, 5) == 9


def test_a_band_is_as_wide_as_it_was_long_and_ends_with_the_axis():
    (band,) = placed(drawn(), "chart-band")
    assert (band["x"], band["width"], band["height"]) == ("25%", "50%", "100%")
    (late,) = placed(drawn(Panel("Late", bands=[Band(3000, 9000, "still on")])), "chart-band")
    assert (late["x"], late["width"]) == ("75%", "25%")


def test_the_words_of_a_mark_stand_below_it_where_there_is_no_room_above():
    high, low = placed(drawn(Panel("", marks=[Mark(900, "high"), Mark(100, "low")])), "chart-note over")
    assert (high["y"], high["dy"]) == ("10%", "16")
    assert (low["y"], low["dy"]) == ("90%", "-6")


def test_words_that_would_stand_upon_others_keep_off_by_a_row():
    low = [Mark(60, "one"), Mark(20, "two"), Mark(300, "elsewhere")]
    ends = [Line([(0, 0), (3900, 10)], "at the end"), Line([(0, 0), (1000, 10)], "far from it")]
    notes = placed(drawn(Panel("", marks=low, lines=ends)), "chart-note over")
    assert [note["dy"] for note in notes] == ["-6", "-22", "-6", "-38", "-6"]


@pytest.mark.parametrize("part", [{"dots": PANEL.dots}, {"lines": PANEL.lines}, {"marks": PANEL.marks}])
def test_the_highest_of_whatever_is_drawn_is_known(part: dict[str, Any]):
    assert Panel("One", **part).highest == {"dots": 1000, "lines": 800, "marks": 900}[next(iter(part))]
    assert Panel("Nothing").highest == 0


def test_both_axes_have_round_ticks_with_their_units():
    words = [shape.text for shape in shapes(drawn()) if shape.attributes["class"] == "chart-tick"]
    assert words == ["0 ms", "200 ms", "400 ms", "600 ms", "800 ms", "1,000 ms", "0 s", "1 s", "2 s", "3 s", "4 s"]


def test_the_last_tick_has_its_room_inside_the_picture():
    *_, before, last = placed(drawn(), "chart-tick")
    assert (before["x"], before["text-anchor"], last["x"], last["text-anchor"]) == ("75%", "middle", "100%", "end")


def test_the_words_of_a_band_stay_inside_the_picture():
    early, late = placed(drawn(Panel("", bands=[Band(0, 500, "first"), Band(3000, 4000, "last")])), "chart-note")
    assert (early["x"], early["text-anchor"], late["x"], late["text-anchor"]) == ("0%", "start", "100%", "end")


def test_words_lie_on_lines_and_dots_on_words():
    names = [{shape.attributes["class"] for shape in layer.shapes} for layer in drawn().layers]
    assert names[1:3] == [{"chart-line dashed"}, {"chart-note", "chart-note over"}]
    assert "chart-dots" in names[3]


def test_what_is_to_be_seen_is_said_with_its_bands_and_its_marks():
    assert drawn().says == "Of four, three came. From 1 to 3 s: held. Marked: recorded: 900 ms."
    assert drawn().title == "Latency: High"

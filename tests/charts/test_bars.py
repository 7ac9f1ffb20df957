"""Bars below each other: what is drawn where, and what is said of it."""

from django.template.loader import render_to_string

from charts.bars import LONGEST, Bar, bar_chart
from charts.scale import PER_CENT, Axis
from charts.shapes import Picture
from tests.charts.drawn import placed, words

BARS = [
    Bar("Read", "32 of 40", "32 of 40 learners", 0.8),
    Bar("q-1", "0.50", "0.50, interval 0.25 to 0.75", 0.5, (0.25, 0.75)),
]


def drawn() -> Picture:
    picture = bar_chart("steps", "How far learners got", BARS, PER_CENT)
    assert picture
    return picture


def test_a_bar_is_as_long_as_its_value_and_a_mark_stands_within_its_reach():
    (bar,), (reach,), (mark,) = (placed(drawn(), name) for name in ("chart-bar", "chart-reach", "chart-at"))
    assert (bar["x"], bar["width"]) == ("0", "80%")
    assert (reach["x1"], mark["cx"], reach["x2"]) == ("25%", "50%", "75%")
    assert reach["y1"] == mark["cy"]


def test_each_row_has_its_label_and_its_figure_below_those_of_the_row_before():
    assert words(drawn(), "chart-label") == ["Read", "q-1"]
    assert words(drawn(), "chart-tick") == ["0 %", "50 %", "100 %", "32 of 40", "0.50"]
    tops = [int(label["y"]) for label in placed(drawn(), "chart-label")]
    assert 0 < tops[0] < int(placed(drawn(), "chart-bar")[0]["y"]) < tops[1] < drawn().height


def test_the_labels_of_the_axis_stay_inside():
    anchors = [tick["text-anchor"] for tick in placed(drawn(), "chart-tick") if tick["y"] == "106"]
    assert anchors == ["start", "middle", "end"]


def test_all_of_it_is_said_in_words_and_a_long_label_only_there_in_whole():
    long = "An option of which there is more to read than fits"
    picture = bar_chart("options", "Options", [Bar(long, "1", "1 learner", 1)], Axis("learners", 1))
    assert picture
    assert picture.says == f"{long}: 1 learner."
    (label,) = words(picture, "chart-label")
    assert len(label) == LONGEST
    assert label.endswith("…")


def test_without_bars_there_is_no_picture():
    assert bar_chart("none", "None", [], PER_CENT) is None


def test_a_picture_that_is_as_high_as_its_rows_says_so():
    html = render_to_string("charts/_picture.html", {"picture": drawn(), "key": "picture"})
    assert f'<svg class="chart-rows" height="{drawn().height}" role="img"' in html
    assert 'id="picture-steps-title"' in html
    assert "style" not in html

"""Spans and moments: what is drawn where, in px where the width is known and else in per cent."""

import pytest

from charts import spans
from charts.scale import Axis, Scale

PX = Scale(4000, begin=200, end=1000, width=1000)
SHARES = Scale(4000, begin=0, end=90)


@pytest.mark.parametrize(("x", "left", "width"), [(PX, "40%", "20%"), (SHARES, "22.5%", "22.5%")])
def test_a_bar_spans_its_moments(x: Scale, left: str, width: str):
    shape = spans.bar("work", x, 1000, 2000, 24, shortest=0.5)
    assert (shape.attributes["x"], shape.attributes["width"]) == (left, width)
    assert (shape.attributes["y"], shape.attributes["height"]) == ("24", "26")


def test_a_bar_that_is_too_short_to_be_seen_is_drawn_longer_and_keeps_its_end_where_that_is_meant():
    longer = spans.bar("work", PX, 1000, 1001, 0, shortest=4)
    kept = spans.bar("held", PX, 1000, 1001, 0, shortest=4, keeps_end=True)
    assert (longer.attributes["x"], longer.attributes["width"]) == ("40%", "0.4%")
    assert (kept.attributes["x"], kept.attributes["width"]) == ("39.62%", "0.4%")


def test_a_bar_never_begins_before_its_axis():
    assert spans.bar("held", PX, 0, 1, 0, shortest=4, keeps_end=True).attributes["x"] == "20%"


def test_a_moment_stands_in_the_middle_of_a_bar_and_an_edge_is_as_high():
    assert spans.moment("response", PX, 2000, 24, 5).attributes["cy"] == "37"
    edge = spans.edge("estimated", PX, 2000, 24).attributes
    assert (edge["x1"], edge["x2"], edge["y1"], edge["y2"]) == ("60%", "60%", "24", "50")
    rule = spans.rule("queue", PX, 0, 4000, 37).attributes
    assert (rule["x1"], rule["x2"], rule["y1"], rule["y2"]) == ("20%", "100%", "37", "37")


def test_a_label_at_an_edge_of_the_picture_begins_or_ends_at_its_tick():
    across = Axis("since the click", 4000, "s", per_unit=1000, at_most=4)
    for x, first, last in ((PX, "middle", "end"), (SHARES, "start", "middle")):
        labels = [shape for shape in spans.grid(x, across, 4, 172) if shape.text]
        assert [shape.text for shape in labels] == ["0 s", "1 s", "2 s", "3 s", "4 s"]
        assert [shape.attributes["text-anchor"] for shape in labels] == [first, *["middle"] * 3, last]
        assert {shape.attributes["y"] for shape in labels} == {"190"}
    assert not [shape for shape in spans.grid(PX, across, 4, 172, is_labelled=False) if shape.text]

"""A chart: panels on the same scales, the table of the same figures, and how the templates write both."""

import re

from django.template.loader import render_to_string

from charts.chart import Chart
from charts.dots import Dots
from charts.lines import Line
from charts.panel import Band, Mark, Panel
from charts.scale import Axis
from charts.shapes import Picture

HIGH = Panel(
    "High",
    "hold",
    [Dots([(0, 4.0), (50, 3000), (1500, 200)]), Dots([(1600, 900)], "ring", "still waiting")],
    [Line([(0, 0), (4000, 800)], "theory")],
    [Band(0, 2000, "held <both>")],
    [Mark(700, "p95 & more")],
)
LOW = Panel("Low", "free", [Dots([(0, 0.0), (4500, 7.84)])])
CHART = Chart("Latency over time", [HIGH, LOW], Axis("due", 4500, "s", per_unit=1000), Axis("latency", 1000))


def ticks(picture: Picture) -> list[tuple[str, str]]:
    frame = picture.layers[0].shapes
    return [(shape.text, shape.attributes["y"]) for shape in frame if shape.attributes["class"] == "chart-tick"]


def test_both_panels_are_drawn_on_the_same_scales():
    high, low = CHART.pictures
    assert ticks(high) == ticks(low)
    assert ("3,000 ms", "4.76%") in ticks(low), "the highest value of all has a little room above it"
    assert low.layers[-1].shapes[0].attributes["d"] == "M0 1000h.1M1000 997.5h.1"


def test_the_table_says_of_each_span_what_the_dots_and_the_lines_say():
    table = CHART.table
    assert table.columns == ["Due", "High", "High: theory", "Low"]
    assert [(row.name, *(f"{cell.text} {cell.unit}".strip() for cell in row.cells)) for row in table.rows] == [
        ("0 s to 1 s", "2: 4 to 3,000 ms", "200 ms", "1: 0 ms"),
        ("1 s to 2 s", "2, 1 still waiting: 200 to 900 ms", "400 ms", "none"),
        ("2 s to 3 s", "none", "600 ms", "none"),
        ("3 s to 4 s", "none", "800 ms", "none"),
        ("4 s to the end", "none", "–", "1: 7.8 ms"),
    ]


def test_an_axis_that_ends_at_a_tick_ends_with_its_last_whole_span():
    chart = Chart("", [Panel("One", dots=[Dots([(5, 1), (7, 2)])])], Axis("due", 5, "s"), Axis("wait", 1))
    assert chart.table.rows[-1].name == "4 s to the end"
    assert chart.table.rows[-1].cells[0].text == "2: 1 to 2"


def test_the_policy_of_the_page_is_kept_and_each_picture_is_named_once():
    html = render_to_string("charts/_chart.html", {"chart": CHART, "key": "a"})
    html += render_to_string("charts/_chart.html", {"chart": CHART, "key": "b"})
    assert "style" not in html
    assert html.count('role="img"') == 4
    ids = re.findall(r'\bid="([^"]+)"', html)
    assert len(ids) == len(set(ids)) == 8
    assert sorted(re.findall(r'aria-(?:labelledby|describedby)="([^"]+)"', html)) == sorted(ids)


def test_words_are_escaped():
    html = render_to_string("charts/_chart.html", {"chart": CHART, "key": "a"})
    assert ">held &lt;both&gt;</text>" in html
    assert ">p95 &amp; more</text>" in html


def test_the_table_has_a_caption_and_heads_of_columns_and_rows():
    html = render_to_string("charts/_table.html", {"table": CHART.table})
    assert '<th scope="col">High: theory</th>' in html
    assert '<th scope="row">4 s to the end</th>' in html
    caption = "Latency over time: how many, and from the least to the most; of a line, where it is at the end"
    assert f"<caption>{caption}</caption>" in html
    assert '<span class="figure">1: 7.8</span> <span class="unit">ms</span>' in html

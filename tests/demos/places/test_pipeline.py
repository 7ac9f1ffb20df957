"""The pipeline's bars: read from one clock, drawn on one scale."""

from django.template.loader import render_to_string

from demos.places import pipeline
from lessons.registry import RenderedBlock
from stopwatch.measured import Board, Measured

FIGURES = {
    "inp": 16.0,
    "request-start": 6.0,
    "first-byte": 3012.0,
    "response-end": 3013.0,
    "click-to-response": 3030.0,
    "held": 3004.0,
}
QUICK = {**FIGURES, "inp": 304.0, "first-byte": 26.0, "response-end": 27.0, "click-to-response": 507.0}


def board(blocking: dict[str, float] | None = FIGURES, celery: dict[str, float] | None = QUICK) -> Board:
    given = {"blocking": blocking, "celery": celery}
    return Board({case: Measured(case, 3, of) for case, of in given.items() if of is not None})


def test_each_stage_is_a_difference_of_two_times_of_the_browser() -> None:
    (response, _), (rendering, _), (interaction, _) = pipeline.bars(board(), 3)
    assert (response.text, rendering.text, interaction.text) == ("3,006 ms", "17 ms", "16 ms")


def test_all_bars_share_one_scale_and_the_shortest_are_said_not_to_be_to_it() -> None:
    drawn = [bar.shapes[1].attributes for stage in pipeline.bars(board(), 3) for bar in stage]
    assert [bar["width"] for bar in drawn] == ["100%", "1%", "1%", "15.97%", "1%", "10.11%"]
    assert ["too-short" not in bar["class"] for bar in drawn] == [True, False, False, True, False, True]


def test_only_the_interaction_has_thresholds() -> None:
    ratings = [[bar.rating for bar in stage] for stage in pipeline.bars(board(), 3)]
    assert ratings == [["", ""], ["", ""], ["good", "needs improvement"]]


def test_a_bound_is_called_one() -> None:
    given = Board({"blocking": Measured("blocking", 3, FIGURES, frozenset({"inp"}))})
    assert pipeline.bars(given, 3)[2][0].text == "≤ 16 ms"


def test_what_the_browser_hides_is_not_measured_and_not_nothing() -> None:
    bar = pipeline.bars(board({"click-to-response": 3030.0}), 3)[0][0]
    assert (bar.text, [shape.tag for shape in bar.shapes]) == ("not measured", ["line"])
    assert pipeline.bars(board(None, None), 3)[0][0].whose == "not run yet"


def test_an_author_may_name_fewer_stages_or_more() -> None:
    assert len(pipeline.bars(board(), 2)) == 2
    assert pipeline.bars(board(), 5)[3:] == [[], []]


def test_the_bottleneck_is_the_one_that_the_author_names() -> None:
    stages = tuple(
        RenderedBlock("stage", "a", title, title, {"state": "bottleneck"} if title == "Two" else {}, {}, "")
        for title in ("One", "Two", "Three")
    )
    block = RenderedBlock("pipeline", "a", "Where", "Where", {}, {}, "", stages)
    html = render_to_string(
        "demos/_pipeline.html", {"block": block, "board": board(), **pipeline.context(block, board())}
    )
    assert html.index("One") < html.index("the bottleneck") < html.index("Three")
    assert "In the request, your click" in html
    assert "style" not in html

"""The timeline: what is drawn where, for every sensible and not so sensible measurement."""

import itertools
import re
from collections.abc import Mapping

import pytest
from django.template.loader import render_to_string

from demos.cases import LANES
from demos.places import timeline
from demos.places.lanes import lane_of
from lessons.registry import RenderedBlock
from stopwatch.measured import Board, Measured
from tests.charts.drawn import placed, shapes

BLOCKING = {
    "inp": 16.0,
    "request-start": 6.0,
    "held": 3004.2,
    "first-byte": 3012.0,
    "response-end": 3013.0,
    "click-to-response": 3030.0,
    "click-to-report": 3030.0,
}
CELERY = {
    "inp": 24.0,
    "request-start": 5.0,
    "held": 3.5,
    "first-byte": 13.0,
    "response-end": 14.0,
    "queue-wait": 4.1,
    "ran": 3003.0,
    "click-to-response": 21.0,
    "click-to-report": 3046.0,
}


def board(
    blocking: Mapping[str, float] | None = BLOCKING,
    celery: Mapping[str, float] | None = CELERY,
    at_most: frozenset[str] = frozenset(),
    recorded: tuple[str, ...] = (),
) -> Board:
    given = {"blocking": blocking, "celery": celery}
    return Board(
        {case: Measured(case, 3, of, at_most, case in recorded) for case, of in given.items() if of is not None}
    )


def without(figures: Mapping[str, float], *names: str) -> dict[str, float]:
    return {name: value for name, value in figures.items() if name not in names}


def share(place: str) -> float:
    """A place in per cent of the picture."""
    return float(place.removesuffix("%"))


def px(place: str) -> float:
    """A place in the picture for wide pages."""
    return share(place) * timeline.WIDTH / 100


def html_of(given: Board) -> str:
    block = RenderedBlock("timeline", "a", "", "", {}, {}, "", place="timeline-1")
    context = {"block": block, "board": given, **timeline.context(block, given)}
    return render_to_string("demos/_timeline.html", context)


def test_the_request_spans_what_the_browser_measured_and_the_server_thread_ends_with_it() -> None:
    lane = lane_of(board(), "blocking")
    assert lane.request
    assert lane.held
    assert (lane.request.start, lane.request.end) == (6, 3012)
    assert lane.held.end == 3012
    assert lane.held.length == pytest.approx(3004.2)
    assert " ".join(lane.bar_words) == "your request waits · 3,006 ms; a server thread with it"


def test_a_thread_that_is_held_for_less_than_the_request_waits_is_named_with_its_own_length() -> None:
    lane = lane_of(board({**BLOCKING, "held": 1000.0}), "blocking")
    assert " ".join(lane.bar_words) == "your request waits · 3,006 ms; a server thread for 1,000 ms of it"


def test_the_work_begins_after_the_answers_first_byte_and_its_wait_in_the_queue() -> None:
    lane = lane_of(board(), "celery")
    assert lane.queue
    assert lane.work
    assert lane.queue.start == pytest.approx(13)
    assert lane.work.start == pytest.approx(17.1)
    assert lane.work.length == pytest.approx(3003)


def test_the_work_is_never_drawn_past_the_report() -> None:
    lane = lane_of(board(celery={**CELERY, "click-to-report": 3010.0}), "celery")
    assert lane.work
    assert lane.work.end == pytest.approx(3010)
    assert lane.work.length == pytest.approx(3003)


def test_no_figure_is_made_of_two_clocks() -> None:
    figures = {f"{value:,.0f}" if value >= 10 else f"{value:.1f}" for value in (*BLOCKING.values(), *CELERY.values())}
    figures.add("3,006")  # the request's wait: two times of the browser's one clock
    for lane in (lane_of(board(), case) for case in LANES):
        assert set(re.findall(r"[\d,.]+(?= ms)", lane.says)) <= figures


def test_a_bound_is_called_one() -> None:
    assert "≤ 4.1 ms" in lane_of(board(at_most=frozenset({"queue-wait"})), "celery").queue_words


def test_a_request_whose_times_the_browser_hides_spans_click_to_response_and_says_at_most() -> None:
    lane = lane_of(board(without(BLOCKING, "request-start", "first-byte", "response-end")), "blocking")
    assert lane.request
    assert lane.is_request_a_bound
    assert (lane.request.start, lane.request.end) == (0, 3030)
    assert "at most 3,030 ms" in " ".join(lane.bar_words)


def test_work_of_unknown_length_is_not_drawn() -> None:
    lane = lane_of(board(celery=without(CELERY, "ran", "queue-wait")), "celery")
    assert lane.work is None
    assert "not measured" in " ".join(lane.bar_words)


ODD = {
    "recorded": board(recorded=LANES),
    "one of each": board(recorded=("blocking",)),
    "blocking only": board(celery=None),
    "celery only": board(blocking=None),
    "nothing": board(None, None),
    "nothing but an answer": board({"click-to-response": 3030.0}, {"click-to-response": 21.0}),
    "no figures at all": board({}, {}),
    "no work": board(
        {**BLOCKING, "held": 0.0, "first-byte": 6.0, "click-to-response": 7.0, "click-to-report": 7.0}, None
    ),
    "ten seconds in the queue": board(celery={**CELERY, "queue-wait": 10_000.0, "click-to-report": 13_050.0}),
    "more than the report": board({**BLOCKING, "held": 99_999.0}, {**CELERY, "ran": 99_999.0}),
}


@pytest.mark.parametrize("given", ODD.values(), ids=ODD)
def test_both_pictures_stay_as_large_as_they_are_and_keep_everything_inside(given: Board) -> None:
    lanes = [lane_of(given, case) for case in LANES]
    for picture, height in ((timeline.wide(lanes), 198), (timeline.narrow(lanes), 268)):
        assert picture.height == height
        for shape in shapes(picture):
            for name, value in shape.attributes.items():
                if name in ("x", "x1", "x2", "cx", "width"):
                    assert 0 <= share(value) <= 100, shape
                if name in ("y", "y1", "y2", "cy"):
                    assert 0 <= float(value) <= height, shape
            if shape.tag == "rect":
                x, width = share(shape.attributes["x"]), share(shape.attributes["width"])
                assert width > 0
                assert x + width <= 100


@pytest.mark.parametrize("given", ODD.values(), ids=ODD)
def test_the_words_of_a_line_do_not_run_into_each_other(given: Board) -> None:
    lanes = [lane_of(given, case) for case in LANES]
    lines: dict[str, list[tuple[float, float]]] = {}
    for shape in shapes(timeline.wide(lanes)):
        if shape.tag == "text" and shape.attributes["class"] == "moment":
            x, length = px(shape.attributes["x"]), len(shape.text) * timeline.LETTER
            from_x = x - length if shape.attributes.get("text-anchor") == "end" else x
            lines.setdefault(shape.attributes["y"], []).append((from_x, from_x + length))
    for spans in lines.values():
        ordered = sorted(spans)
        assert all(before[1] <= after[0] for before, after in itertools.pairwise(ordered))


@pytest.mark.parametrize("given", ODD.values(), ids=ODD)
def test_the_policy_of_the_page_is_kept_and_the_pictures_are_named_once_each(given: Board) -> None:
    html = html_of(given)
    assert "style" not in html
    assert html.count('role="img"') == 2
    ids = re.findall(r'\bid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    for named in re.findall(r'aria-(?:labelledby|describedby)="([^"]+)"', html):
        assert named in ids


def test_every_figure_of_the_table_has_its_unit_its_definition_and_where_it_was_measured() -> None:
    html = html_of(board(recorded=("celery",)))
    assert "In the request (your click)" in html
    assert "In the background (recorded)" in html
    assert '<a href="#figure-queue-wait">Wait in the queue</a>' in html
    assert "by the clock of the broker&#x27;s store" in html
    assert "16 ms</span> <span" in html
    assert "good</span>" in html


def test_what_was_not_measured_is_said_and_never_shown_as_zero() -> None:
    html = html_of(board(without(BLOCKING, "inp"), None))
    assert "not measured" in html
    assert "not run yet" in html
    assert "0.0 ms" not in html


def test_whose_figures_they_are_is_said_and_recorded_ones_lead_to_how_they_were_made() -> None:
    assert "A recorded run" in html_of(board(recorded=LANES))
    mixed = html_of(board(recorded=("blocking",)))
    assert "In the request: recorded; In the background: your click." in mixed
    assert "#recorded-run" in mixed
    assert "your own clicks" in html_of(board())
    assert "#recorded-run" not in html_of(board())


def test_the_dot_of_the_answer_never_lies_on_the_words_of_a_bar() -> None:
    for answer in (21.0, 60.0, 120.0, 700.0):
        lane = lane_of(board(celery={**CELERY, "click-to-response": answer}), "celery")
        picture = timeline.wide([lane, lane])
        (words, *_) = [shape for shape in shapes(picture) if "inside" in shape.attributes["class"]]
        (dot, *_) = placed(picture, "response")
        begins, middle = px(words.attributes["x"]), px(dot["cx"])
        ends = begins + len(words.text) * timeline.LETTER
        assert middle + timeline.DOT < begins or middle - timeline.DOT > ends

"""What stands in the lanes before they are run on a page."""

import uuid

import pytest

from lessons.registry import RenderedBlock, directives
from lessons.rendering import block_html
from stopwatch.measured import Board, Measured
from stopwatch.measurements import keep
from stopwatch.places import _drawn
from tests.stopwatch.conftest import receipt_of

BLOCK = RenderedBlock("demo", "one", "Try", "Try", {"seconds": "3"}, {}, "", mode="try", place="demo-1")
FIGURES = {"click-to-response": 21.4, "held": 1.42, "queue-wait": 5.0, "ran": 3001.0, "click-to-report": 3040.0}
CELERY = Measured("celery", 3.0, FIGURES, frozenset({"queue-wait"}))


def lanes(board: Board, learner: uuid.UUID | None = None) -> list[str]:
    """The text of each lane."""
    return [" ".join(part["inside"].split()) for part in _drawn(BLOCK, board, learner, {})["drawn"]]


def test_before_the_first_run_they_say_so_also_beside_a_recorded_run():
    recorded = Measured("blocking", 3.0, {"held": 3000.2}, is_recorded=True)
    for board in (Board(), Board({"blocking": recorded})):
        for lane in lanes(board):
            assert "Nothing measured here yet." in lane
            assert "3,000" not in lane


def test_a_lane_shows_the_readers_last_run_and_the_other_one_waits():
    blocking, celery = lanes(Board({"celery": CELERY}))
    assert "Nothing measured here yet." in blocking
    assert "<strong>Your last run here</strong>, 3 s of work." in celery
    assert '<span class="figure">1.4</span> <span class="unit">ms</span>' in celery
    assert '<span class="figure">≤ 5.0</span>' in celery
    assert '<span class="figure">3,040</span>' in celery


def test_a_figure_that_was_not_measured_is_said_to_be():
    _, celery = lanes(Board({"celery": Measured("celery", 3.0, {"held": 1.42})}))
    assert "not measured" in celery


@pytest.mark.django_db
def test_a_demo_shows_the_last_run_of_as_much_work_when_another_of_the_lesson_was_run_since():
    learner = uuid.uuid4()
    keep(learner, receipt_of(began=1_000_000.0), CELERY, "one")
    since = Measured("celery", 0.5, {"held": 7.7})
    keep(learner, receipt_of(began=1_000_001.0), since, "one")
    _, celery = lanes(Board({"celery": since}), learner)
    assert '<span class="figure">3,040</span>' in celery
    assert "7.7" not in celery
    _, elsewhere = lanes(Board({"celery": since}), uuid.uuid4())
    assert "Nothing measured here yet." in elsewhere


def test_each_place_has_an_id_of_its_own_and_the_forms_say_where_they_stand():
    assert directives["demo"].template == "demos/_lanes.html"
    html = block_html(BLOCK, {})
    for place in ("demo-1", "demo-1-blocking", "demo-1-celery"):
        assert html.count(f'id="{place}"') == 1
    assert html.count('name="page" value="one/try#demo-1"') == 2
    assert html.count("?page=one/try%23demo-1") == 2

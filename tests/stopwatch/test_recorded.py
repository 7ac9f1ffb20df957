from pathlib import Path

import pytest

from stopwatch import recorded
from stopwatch.measured import Board, Measured

ABOUT = {"date": "2026-11-22", "machine": "2 cores", "browser": "Chromium 156", "versions": "Celery 5.7.0"}
MEASURED = [
    Measured("blocking", 3.0, {"inp": 16.0, "click-to-response": 3006.2}, frozenset({"inp"})),
    Measured("celery", 3.0, {"click-to-response": 15.8}, detail=[{"a": [1, 2.5]}]),
]


def test_what_the_recorder_writes_is_read_as_it_was_measured():
    board, problems = recorded.read(recorded.write(MEASURED, ABOUT), "one")
    assert problems == []
    assert board.get("blocking", "click-to-response") == 3006.2
    assert board.measured["blocking"].at_most == {"inp"}
    assert board.measured["celery"].is_recorded
    assert board.measured["celery"].seconds == 3.0
    assert board.measured["celery"].detail == [{"a": [1, 2.5]}]
    assert board.measured["blocking"].detail is None
    assert board.recorded_label == "2026-11-22, 2 cores, Chromium 156, Celery 5.7.0"


@pytest.mark.usefixtures("made_up")  # of whose code is every *.py
def test_a_change_of_the_measured_code_is_a_warning(settings, tmp_path: Path):
    (tmp_path / "code.py").write_text("one")
    settings.BASE_DIR = tmp_path
    source = recorded.write(MEASURED, ABOUT)
    assert recorded.read(source, "one")[1] == []
    (tmp_path / "code.py").write_text("two")
    (problem,) = recorded.read(source, "one")[1]
    assert problem.warning
    assert "make record" in problem.message


@pytest.mark.parametrize(
    "row",
    [
        "| blocking | 3 | inp |",
        "| unknown | 3 | inp | 16 |",
        "| blocking | 3 | speed | 16 |",
        "| blocking | 3 | inp | fast |",
        "| blocking | 3 | inp | -1 |",
    ],
)
def test_a_row_that_says_nothing_is_an_error_with_its_line(row: str):
    source = recorded.write(MEASURED, ABOUT) + row
    (problem,) = recorded.read(source, "one")[1]
    assert not problem.warning
    assert source.split("\n")[problem.line - 1] == row


def test_a_detail_that_is_no_json_is_an_error_with_its_line():
    source = recorded.write(MEASURED, ABOUT).replace('[{"a":[1,2.5]}]', "[{")
    (problem,) = recorded.read(source, "one")[1]
    assert source.split("\n")[problem.line - 1] == "[{"


def test_a_detail_that_its_picture_cannot_show_is_an_error_with_its_line():
    told = recorded.write([Measured("bystanders", 3.0, {"view-p95": 2900.0}, detail=[])], ABOUT)
    assert recorded.read(told, "one")[1] == []
    for detail in ('{"a":1}', "[1]", '[{"name":"view"}]', '"view"', "7", "NaN"):
        source = told.replace("\n[]\n", f"\n{detail}\n")
        board, (problem,) = recorded.read(source, "one")
        assert source.split("\n")[problem.line - 1] == detail
        assert board.measured["bystanders"].detail is None


def test_a_lesson_without_a_recorded_run_has_an_empty_board():
    assert recorded.board_of({}) == Board()

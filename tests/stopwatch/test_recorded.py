from importlib.metadata import version
from pathlib import Path

import pytest

from stopwatch import digests, recorded
from stopwatch.measured import Measured
from stopwatch.registry import cases

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
    assert board.labels("blocking", "celery") == "2026-11-22, 2 cores, Chromium 156, Celery 5.7.0"


@pytest.mark.usefixtures("made_up")  # of whose code is every *.py
def test_a_change_of_the_measured_code_is_a_warning_about_its_case_alone(settings, tmp_path: Path):
    (tmp_path / "code.py").write_text("one")
    settings.BASE_DIR = tmp_path
    source = recorded.write([*MEASURED, Measured("pools", 3.0, {"memory": 59.4})], ABOUT)
    assert recorded.read(source, "one")[1] == []
    (tmp_path / "code.py").write_text("two")
    (problem,) = recorded.read(source, "one")[1]
    assert problem.warning
    assert "“pools”" in problem.message
    assert "make record" in problem.message
    assert source.split("\n")[problem.line - 1].startswith("| pools |")


def test_another_version_of_what_a_case_runs_on_is_a_warning_about_it(monkeypatch: pytest.MonkeyPatch):
    source = recorded.write(MEASURED, ABOUT)
    monkeypatch.setattr(digests, "_version", lambda package: "9.9" if package == "celery" else version(package))
    (problem,) = recorded.read(source, "one")[1]
    assert "“celery”" in problem.message


def test_a_recorded_run_without_a_digest_of_each_case_is_stale():
    source = recorded.write(MEASURED, ABOUT)
    before = source.replace("versions:", 'code: "6f08e92a91139837"\nversions:').replace("| value |", "| ms |")
    before = "\n".join(line for line in before.split("\n") if not recorded.CODE.match(line))
    board, (problem,) = recorded.read(before, "one")
    assert problem.warning
    assert board.get("blocking", "click-to-response") == 3006.2
    _, problems = recorded.read(before.replace('code: "6f08e92a91139837"\n', ""), "one")
    assert [found.warning for found in problems] == [True, True]


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
    assert not any(recorded.board_of({}).of(name) for name, case in cases.items() if case.scope == "lesson")

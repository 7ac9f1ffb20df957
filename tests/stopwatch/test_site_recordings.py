"""The recorded run of a case of the whole site, which lies beside its code and stands in every lesson."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.core import checks

from stopwatch import site_recordings
from stopwatch.measured import Measured
from stopwatch.recorded import board_of
from stopwatch.registry import Case, cases

ABOUT = {"date": "2026-11-28", "machine": "2 cores", "versions": "celery 5.7.0"}
RUN = Measured("pools", 3.0, {"memory": 59.4}, frozenset({"memory"}), detail=[1, 2])


@pytest.fixture
def case(made_up: Case, tmp_path: Path, settings: Any) -> Iterator[Case]:
    """The made-up case with a place for its recording, in a folder of its own."""
    settings.BASE_DIR = tmp_path
    cases["pools"] = replace(made_up, recording="pools/recorded.json")
    (tmp_path / "pools").mkdir()
    site_recordings.recorded_of.cache_clear()
    yield cases["pools"]
    site_recordings.recorded_of.cache_clear()


def said_of(case: Case) -> list[checks.CheckMessage]:
    return [message for message in site_recordings.stale_recordings() if message.obj == case.recording]


def test_it_is_read_as_it_was_measured_and_stands_in_every_lesson(case: Case):
    site_recordings.write(case, RUN, ABOUT)
    found = board_of({}).of("pools")
    assert found == replace(RUN, is_recorded=True, label="2026-11-28, 2 cores, celery 5.7.0")
    assert said_of(case) == []


def test_without_one_nobody_has_run_it(case: Case):
    assert board_of({}).of("pools") is None
    assert said_of(case) == []


def test_other_code_makes_it_stale_and_it_is_still_shown(case: Case, tmp_path: Path):
    site_recordings.write(case, RUN, ABOUT)
    (tmp_path / "code.py").write_text("changed")
    (message,) = said_of(case)
    assert (message.id, message.level) == ("stopwatch.W001", checks.WARNING)
    assert "make record" in str(message.hint)
    assert board_of({}).get("pools", "memory") == 59.4


@pytest.mark.parametrize(
    "change",
    [
        {"figures": {"speed": 1.0}},
        {"figures": {"memory": "much"}},
        {"figures": None},
        {"at_most": ["speed"]},
        {"date": None, "seconds": "three"},
    ],
)
def test_one_that_cannot_be_shown_is_an_error_and_shown_nowhere(case: Case, tmp_path: Path, change: dict[str, object]):
    site_recordings.write(case, RUN, ABOUT)
    path = tmp_path / case.recording
    path.write_text(json.dumps({**json.loads(path.read_text()), **change}))
    (message,) = said_of(case)
    assert message.id == "stopwatch.E001"
    assert board_of({}).of("pools") is None


@pytest.mark.parametrize("text", ["", "{", "[]", "7"])
def test_one_that_is_no_object_is_an_error(case: Case, tmp_path: Path, text: str):
    (tmp_path / case.recording).write_text(text)
    (message,) = said_of(case)
    assert message.id == "stopwatch.E001"
    assert board_of({}).of("pools") is None


def test_a_detail_that_its_picture_cannot_show_is_an_error(case: Case):
    cases["pools"] = replace(case, can_show=lambda detail: detail is None)
    site_recordings.write(cases["pools"], RUN, ABOUT)
    (message,) = said_of(case)
    assert "not what “pools” tells" in message.msg

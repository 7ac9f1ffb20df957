"""What was kept before a migration, in a database of its own, is there after it."""

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from django.conf import settings

LEARNER = "8f0c1c1c1c1c4c1c8c1c1c1c1c1c1c1c"


def migrate(data_dir: Path, *where: str) -> None:
    """Bring a site's database to a migration, or to all of them, as its `manage.py` does."""
    command = [sys.executable, "manage.py", "migrate", "--verbosity", "0", *where]
    around = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings", "DATA_DIR": str(data_dir)}
    subprocess.run(command, cwd=settings.BASE_DIR, env=around, check=True)


@pytest.fixture
def before(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """A database of SQLite as it was when measurements belonged to no lesson, with one learner in it."""
    migrate(tmp_path, "stopwatch", "0002")
    with closing(sqlite3.connect(tmp_path / "offload.sqlite3")) as database:
        row = [LEARNER, "2026-01-01 09:00:00", "", "0" * 32]
        database.execute("INSERT INTO learners_learner (`key`, since, time_zone, lot) VALUES (?, ?, ?, ?)", row)
        yield database


def keep(database: sqlite3.Connection, case: str, figures: dict[str, float], at_most: list[str]) -> None:
    rows = [LEARNER, f"run of {case}", case, json.dumps(figures), json.dumps(at_most)]
    database.execute(
        "INSERT INTO stopwatch_measurement (learner_id, receipt, `case`, seconds, figures, at_most, began, created)"
        " VALUES (?, ?, ?, 3.0, ?, ?, '2026-01-01 10:00:00', '2026-01-01 10:00:03')",
        rows,
    )


def test_clicks_belong_to_the_lesson_that_had_demos_and_experiments_to_the_site(
    before: sqlite3.Connection, tmp_path: Path
):
    for case in ("blocking", "form", "bystanders"):
        keep(before, case, {"inp": 16.0}, [])
    before.commit()
    migrate(tmp_path)
    rows = before.execute("SELECT `case`, lesson, knobs FROM stopwatch_measurement ORDER BY id").fetchall()
    assert rows == [
        ("blocking", "defining-tasks", "{}"),
        ("form", "defining-tasks", "{}"),
        ("bystanders", "", "{}"),
    ]


def test_figures_that_were_called_after_answers_have_their_new_names(before: sqlite3.Connection, tmp_path: Path):
    keep(before, "celery", {"click-to-answer": 41.5, "ran": 3001.1}, ["click-to-answer"])
    keep(before, "bystanders", {"view-slow-answer": 3009.0, "celery-slow-answer": 43.3, "view-p95": 2771.9}, [])
    before.commit()
    migrate(tmp_path)
    rows = before.execute("SELECT `case`, figures, at_most, seconds FROM stopwatch_measurement ORDER BY id").fetchall()
    assert [(case, json.loads(figures), json.loads(at_most), seconds) for case, figures, at_most, seconds in rows] == [
        ("celery", {"click-to-response": 41.5, "ran": 3001.1}, ["click-to-response"], 3.0),
        (
            "bystanders",
            {"view-slow-response": 3009.0, "celery-slow-response": 43.3, "view-p95": 2771.9},
            [],
            3.0,
        ),
    ]

"""What the unit tests say of merging, accounts, deletion, review, statistics and the studio, said of PostgreSQL."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from config.environment import ROOT

TESTS = [
    "tests/frontdoor/test_any_request.py",
    "tests/learners",
    "tests/quiz/test_merging.py",
    "tests/quiz/test_personal_data.py",
    "tests/progress/test_openings.py",
    "tests/quiz/test_recording.py",
    "tests/review",
    "tests/teach/statistics",
    "tests/teach/test_editing_views.py",
    "tests/teach/test_instructors.py",
    "tests/teach/test_invitations.py",
    "tests/teach/test_personal_data.py",
    "tests/teach/test_saving.py",
    "tests/teach/test_versions.py",
]


@pytest.mark.computes
def test_merging_accounts_deletion_review_statistics_and_the_studio_are_the_same_on_postgresql(
    postgresql: str, tmp_path: Path
):
    # What migrations make of PostgreSQL, the sites on it show.
    # Without the mark a test may not use a database (pytest-django refuses it), so it cannot differ here.
    own = [
        "-m",
        "django_db",
        "--no-migrations",
        "--ds",
        "tests.settings_postgresql",
        "--basetemp",
        str(tmp_path / "own"),
    ]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *own, *TESTS],
        cwd=ROOT,
        env=os.environ | {"TESTS_DATABASE_URL": postgresql},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-1000:]

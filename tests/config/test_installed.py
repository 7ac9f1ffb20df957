"""Started by a Python that lacks what is needed, or interrupted before anything is there: a line, and no traceback."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from config import installed
from config.environment import ROOT

ENTRANCES = (["-m", "config.run"], ["manage.py", "experiment", "saturation"])


def run(arguments: list[str], **environ: str) -> subprocess.CompletedProcess[str]:
    environ = {**os.environ, **environ}
    return subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, env=environ, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("entrance", ENTRANCES)
def test_a_missing_package_is_said_in_one_line_with_what_installs_it(entrance: list[str]):
    done = run(["-S", *entrance])  # without the folder in which packages are
    (line,) = done.stderr.splitlines()
    assert done.returncode == 1
    assert "has no package '" in line
    assert "`make run`" in line


@pytest.mark.parametrize("entrance", ENTRANCES)
def test_ctrl_c_while_packages_are_imported_is_no_traceback(entrance: list[str], tmp_path: Path):
    (tmp_path / "environs.py").write_text("raise KeyboardInterrupt\n")
    done = run(entrance, PYTHONPATH=str(tmp_path))
    assert (done.returncode, done.stderr) == (130, "")


def test_a_module_of_ours_that_is_missing_is_a_fault_and_keeps_its_traceback():
    installed.end_without(ModuleNotFoundError(name="config.nowhere"))


def test_a_python_that_is_too_old_is_said_in_one_line(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    with pytest.raises(SystemExit, match=r"is 3\.9, and 3\.11 is the oldest that will do"):
        installed.check_version()

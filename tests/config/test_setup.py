"""bin/setup in a folder of its own: what it says when it cannot, and that it installs once."""

import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from config.environment import ROOT

Setup = Callable[..., subprocess.CompletedProcess[str]]
INSTALLING = "offload: installing requirements.txt into .venv"


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A project that needs nothing, in a folder whose name has a space."""
    folder = tmp_path / "a checkout"
    (folder / "bin").mkdir(parents=True)
    shutil.copy(ROOT / "bin" / "setup", folder / "bin" / "setup")
    (folder / "requirements.txt").write_text("# nothing\n")
    return folder


@pytest.fixture
def setup(checkout: Path) -> Setup:
    def run(what: str = "run", **environ: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["bin/setup", what],
            cwd=checkout,
            env={**os.environ, "PYTHON": sys.executable, **environ},
            capture_output=True,
            text=True,
            check=False,
        )

    return run


def fake_python(folder: Path, script: str) -> Path:
    folder.mkdir()
    path = folder / "python3"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


def only_line(done: subprocess.CompletedProcess[str]) -> str:
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    return line


def test_what_failed_is_repeated_what_is_there_is_not_and_a_changed_list_is_installed(setup, checkout):
    (checkout / "requirements.txt").write_text("./not-there-1.0-py3-none-any.whl\n")
    failed = setup()
    assert failed.returncode == 1
    assert failed.stderr.splitlines()[-1].startswith("offload: requirements.txt could not be installed")
    assert INSTALLING in setup().stderr

    (checkout / "requirements.txt").write_text("# nothing\n")
    changed = setup()
    assert changed.returncode == 0, changed.stderr
    assert INSTALLING in changed.stderr

    again = setup()
    assert (again.returncode, again.stderr, again.stdout) == (0, "", "")

    # What the tools bring along is not installed once more, unless it is another version, which may replace theirs.
    (checkout / "requirements-dev.txt").write_text("# nothing\n")
    assert "installing requirements-dev.txt" in setup("dev").stderr
    again = setup()
    assert (again.returncode, again.stderr, stamps(checkout)) == (0, "", [".installed-requirements-dev.txt"])
    (checkout / "requirements.txt").write_text("./not-there-1.0-py3-none-any.whl\n")
    assert INSTALLING in setup().stderr
    assert stamps(checkout) == []


def stamps(checkout: Path) -> list[str]:
    return [path.name for path in (checkout / ".venv").glob(".installed-*")]


def test_a_half_made_environment_is_made_anew(setup, checkout):
    (checkout / ".venv" / "bin").mkdir(parents=True)
    (checkout / ".venv" / ".installed-requirements.txt").write_text("all is well")
    done = setup()
    assert done.returncode == 0, done.stderr
    assert "making .venv" in done.stderr
    assert INSTALLING in done.stderr


def test_a_python_that_is_too_old_is_said_in_one_line(setup, tmp_path):
    old = fake_python(tmp_path / "old", 'case "$1" in --version) echo "Python 3.9.2" ;; *) exit 1 ;; esac')
    assert "not a Python 3.11 or later" in only_line(setup(PYTHON=str(old)))

    tools = tmp_path / "old"
    for tool in ("sh", "dirname", "cat", "cksum", "rm"):
        found = shutil.which(tool)
        assert found
        (tools / tool).symlink_to(found)
    line = only_line(setup(PYTHON="", PATH=str(tools)))
    assert "Python 3.11 or later is needed, and here is Python 3.9.2" in line


def test_a_missing_ensurepip_is_said_in_one_line_with_the_package_to_install(setup, tmp_path):
    without = fake_python(
        tmp_path / "without",
        f'case "$2" in *ensurepip*) exit 1 ;; *) exec "{sys.executable}" "$@" ;; esac',
    )
    version = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    assert f"apt install {version}" in only_line(setup(PYTHON=str(without)))

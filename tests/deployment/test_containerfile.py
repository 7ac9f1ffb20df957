"""The image, as far as it can be looked at without containers: what is copied into it runs as it would run there."""

import re
import shutil
import stat
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.environment import ROOT
from config.run.probes import site_says
from tests.running import environ_for
from tests.running_process import RunningProcess, free_port

TEXT = (ROOT / "Containerfile").read_text()
FIRST, SECOND = re.split(r"^FROM ", TEXT, flags=re.MULTILINE)[1:]
COPIED = [source for line in re.findall(r"^COPY (?!--from)(.+) \S+$", FIRST, re.MULTILINE) for source in line.split()]
NOT_IGNORED = {line[1:] for line in (ROOT / ".dockerignore").read_text().split("\n") if line.startswith("!")}


def test_what_it_copies_is_there_and_is_not_ignored():
    for source in COPIED:
        assert (ROOT / source).exists(), source
    assert set(COPIED) == NOT_IGNORED


def test_it_copies_every_room_and_no_test():
    rooms = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["root_packages"]
    assert set(COPIED) >= {*rooms, "content", "static", "templates", "manage.py", "requirements.txt"}
    assert "tests" not in COPIED
    assert "deploy" not in COPIED


def test_its_base_is_pinned_and_it_runs_as_a_user_without_rights():
    bases = re.findall(r"^FROM (\S+)", TEXT, re.MULTILINE)
    assert len(set(bases)) == 1
    assert re.fullmatch(r"python:3\.\d+\.\d+-\w+-\w+", bases[0])
    assert re.findall(r"^USER (\S+)", SECOND, re.MULTILINE) == ["offload"]
    assert "--require-hashes" in FIRST


def test_no_secret_is_set_in_it():
    assert not re.search(r"SECRET|PASSWORD|DATABASE_URL|EMAIL_URL|^ARG", TEXT, re.MULTILINE)


@pytest.fixture
def image(tmp_path: Path) -> Iterator[Path]:
    """What is copied, in a folder that nobody can write."""
    app = tmp_path / "app"
    app.mkdir()
    for source in COPIED:
        if (ROOT / source).is_dir():
            shutil.copytree(ROOT / source, app / source, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / source, app / source)
    for path in [app, *app.rglob("*")]:
        path.chmod(path.stat().st_mode & ~0o222)
    yield app
    for path in [app, *app.rglob("*")]:
        path.chmod(path.stat().st_mode | stat.S_IWUSR)


def as_in_a_container(app: Path, data: Path) -> list[str]:
    """What makes everything read-only but the data and a /tmp of its own, for another user, where a machine has it.

    Elsewhere the folder's own mode is what keeps it as it is, and for root the comparison is what finds out.
    """
    read_only = ["bwrap", "--unshare-user", "--uid", "10001", "--gid", "10001", "--ro-bind", "/", "/"]
    try:
        subprocess.run([*read_only, "true"], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        return []
    packages = str(Path(sys.prefix))
    visible = ["--ro-bind", packages, packages, "--ro-bind", str(app), str(app), "--bind", str(data), str(data)]
    return [*read_only, "--dev", "/dev", "--proc", "/proc", "--tmpfs", "/tmp", *visible]


def found_in(folder: Path) -> set[tuple[str, int]]:
    return {(str(path), path.stat().st_mtime_ns) for path in folder.rglob("*")}


def test_what_it_copies_runs_and_writes_nothing_but_its_data(image: Path, prepared: Path, tmp_path: Path):
    data, port = tmp_path / "data", free_port()
    shutil.copytree(prepared, data)
    environ = environ_for(data, port, SECRET_KEY="k" * 40) | {"PYTHONDONTWRITEBYTECODE": "1"}
    web = RunningProcess(
        "web",
        environ,
        tmp_path / "web.log",
        lambda _: site_says("127.0.0.1", port, "/healthz", "localhost")[0] == 200,
        image,
        command=[*as_in_a_container(image, data), sys.executable, "-m", "config.run", "web"],
    )
    before = found_in(image)
    try:
        web.start()
        for path in (
            "/",
            "/lessons/defining-tasks/performance/",
            "/quiz/defining-tasks/",
            "/learners/account/sign-up/",
        ):
            assert site_says("127.0.0.1", port, path, "localhost")[0] == 200, web.log
        check = [sys.executable, "-m", "config.run", "healthy", "web"]
        assert subprocess.run(check, cwd=image, env=environ, check=False).returncode == 0
        nobody = subprocess.run(check, cwd=image, env=environ | {"PORT": str(free_port())}, check=False)
        assert nobody.returncode == 1
    finally:
        web.kill()
    assert found_in(image) == before
    assert "Traceback" not in web.log

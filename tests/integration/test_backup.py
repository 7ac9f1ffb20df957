"""A backup of a site that runs, and all of it back again where nothing is left."""

import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator, Mapping

import psycopg
import pytest

from config.environment import ROOT
from tests.integration.conftest import ON_POSTGRESQL, copied
from tests.running import QUICK, RunningSite, running_site
from tests.running_process import wait_until
from tests.visitor import HTML, QUIZ, Visitor, a_name

EDITED = "## Restored, once"


def run(environ: Mapping[str, str], *arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "config.backup", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, check=False)


def refused(environ: Mapping[str, str], *arguments: object) -> str:
    """The one line with which it was refused."""
    done = run(environ, *arguments)
    assert done.returncode == 1, done.stdout
    (line,) = done.stderr.strip().split("\n")
    assert line.startswith("offload: ")
    return line


@pytest.fixture(params=["SQLite", pytest.param("PostgreSQL", marks=ON_POSTGRESQL)])
def database(request: pytest.FixtureRequest) -> Iterator[dict[str, str]]:
    if request.param == "SQLite":
        yield {}
    else:
        with copied(request.getfixturevalue("postgresql_server")) as url:
            yield {"DATABASE_URL": url}


def destroy(site: RunningSite) -> None:
    shutil.rmtree(site.data_dir)
    if url := site.environ.get("DATABASE_URL"):
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("DROP SCHEMA public CASCADE")
            connection.execute("CREATE SCHEMA public")


def edit(site: RunningSite) -> None:
    """What an instructor would have written, by a file: it stands on top of what is shipped."""
    own = site.data_dir / "content/defining-tasks/quiz.md"
    own.parent.mkdir(parents=True, exist_ok=True)
    text = (ROOT / "content/defining-tasks/quiz.md").read_text()
    own.write_text(text.replace("## ", f"{EDITED} ", 1))
    shown = EDITED.removeprefix("## ")
    wait_until(lambda: shown in site.get(QUIZ, HTML).text, "the edit is shown")


def test_all_that_is_kept_comes_back_where_nothing_is_left(tmp_path, prepared, database):
    file, name = tmp_path / "backup.zip", a_name()
    with running_site(tmp_path, prepared, with_worker=False, **QUICK, **database) as site:
        edit(site)
        here, stranger = Visitor(site), Visitor(site)
        here.answers()
        assert here.signs_up(name).status == 303
        stranger.answers()
        done = run(site.environ, "save", file)
        assert done.returncode == 0, done.stderr
        before = {"here": here.data, "stranger": stranger.data}
        here.answers()  # after the moment of the backup
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    destroy(site)

    done = run(site.environ, "restore", file)
    assert done.returncode == 0, done.stderr
    site.broker.start()
    site.web.start()
    try:
        assert {"here": here.data, "stranger": stranger.data} == before  # by the cookies that they had
        assert len(here.data["answers"]) == 1
        assert EDITED.removeprefix("## ") in site.get(QUIZ, HTML).text
        there = Visitor(site)
        assert there.signs_in(name).status == 303
        there.answers()  # the numbers of rows go on where they were
        assert Visitor(site).signs_up(a_name()).status == 303
        assert "[ ]" not in site.manage("showmigrations")
    finally:
        site.end()


def test_what_is_there_or_in_use_is_kept_unless_it_is_to_be_replaced(tmp_path, prepared, database):
    file = tmp_path / "backup.zip"
    with running_site(tmp_path, prepared, with_worker=False, **QUICK, **database) as site:
        visitor = Visitor(site)
        visitor.answers()
        before = visitor.data
        assert run(site.environ, "save", file).returncode == 0
        assert "is there already" in refused(site.environ, "save", file)
        edit(site)
        visitor.answers()
        said = refused(site.environ, "restore", file, "--replace")
        assert "in use by another running Offload" in said
        if database:  # which a site on another machine may use
            elsewhere = {"DATA_DIR": str(tmp_path / "other"), "SECRET_KEY": (site.data_dir / "secret-key").read_text()}
            said = refused({**site.environ, **elsewhere}, "restore", file, "--replace")
            assert "stop the web processes and the workers" in said
    assert "add --replace" in refused(site.environ, "restore", file)
    done = run(site.environ, "restore", file, "--replace")
    assert done.returncode == 0, done.stderr

    site.broker.start()
    site.web.start()
    try:
        assert visitor.data == before
        assert EDITED.removeprefix("## ") not in site.get(QUIZ, HTML).text
    finally:
        site.end()
    (aside,) = site.data_dir.glob("before-restore-*")
    assert EDITED in (aside / "content/defining-tasks/quiz.md").read_text()
    assert (aside / "offload.sqlite3").exists() == (not database)


def test_another_key_and_another_database_are_refused_and_change_nothing(tmp_path, prepared):
    (tmp_path / "there").mkdir()
    here, there = RunningSite(tmp_path, prepared, **QUICK), RunningSite(tmp_path / "there", **QUICK)
    assert run(here.environ, "save", tmp_path / "backup.zip").returncode == 0
    said = refused({**there.environ, "SECRET_KEY": "another key, " * 4}, "restore", tmp_path / "backup.zip")
    assert "SECRET_KEY is another" in said
    on_postgresql = {**there.environ, "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none"}
    said = refused(on_postgresql, "restore", tmp_path / "backup.zip")
    assert "The backup is of sqlite, and this site is on postgresql" in said
    assert not (there.data_dir / "offload.sqlite3").exists()


def test_a_site_without_tables_has_nothing_to_back_up(tmp_path):
    (tmp_path / "site").mkdir()
    environ = RunningSite(tmp_path / "site").environ
    assert "nothing to back up" in refused(environ, "save", tmp_path / "backup.zip")
    assert not (tmp_path / "backup.zip").exists()

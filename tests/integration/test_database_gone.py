"""The database's file is taken away, put back, replaced and of an older version while the site runs."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from tests.integration.supervised import Supervised
from tests.running import RunningSite
from tests.running_process import wait_until
from tests.visitor import Visitor, a_name


def signs_up(site: RunningSite) -> int:
    return Visitor(site).signs_up(a_name(), email="").status


def says_of_the_database(site: RunningSite) -> tuple[int, str]:
    answer = site.get("/readyz")
    return answer.status, answer.json()["database"]


def backup_of(path: Path) -> Path:
    """As SQLite's own .backup makes it while the site runs."""
    backup = path.with_name("backup")
    with closing(sqlite3.connect(path)) as database, closing(sqlite3.connect(backup)) as copy:
        database.backup(copy)
    return backup


def test_a_database_that_was_taken_away_is_told_of_and_works_again_when_it_is_put_back(own_site: RunningSite):
    site = own_site
    path = site.data_dir / "offload.sqlite3"
    assert signs_up(site) == 303
    backup = backup_of(path)

    path.unlink()
    status, said = says_of_the_database(site)
    assert (status, "its file is gone" in said) == (503, True)
    wait_until(lambda: signs_up(site) == 503, "what needs it is refused in words", 5)
    assert site.get("/lessons/defining-tasks/").status == 200
    assert Visitor(site).submit("/learners/account/reset/", email="ada@example.org").status == 303
    site.worker.wait_until_logged("offload.sqlite3 is gone")  # it would look for the account
    assert not path.exists()

    shutil.copy(backup, path)
    wait_until(lambda: signs_up(site) == 303, "it works again, without a restart", 5)
    assert says_of_the_database(site) == (200, "ok")

    # And a backup of before an update, whose tables are older than the site.
    with closing(sqlite3.connect(backup)) as database, database:
        database.execute("DELETE FROM django_migrations WHERE app = 'progress' AND name LIKE '0002%'")
    backup.replace(path)
    wait_until(lambda: "of an older version" in says_of_the_database(site)[1], "that is told of", 5)
    site.manage("migrate", "--fake")
    wait_until(lambda: says_of_the_database(site) == (200, "ok"), "and mended", 5)
    assert "Traceback" not in site.web.log_path.read_text()


def test_a_start_without_the_database_of_before_says_that_it_made_a_new_one(supervised: Callable[..., Supervised]):
    site = supervised()
    (site.data_dir / "offload.sqlite3").unlink()
    site.launch()
    assert f"{site.data_dir / 'offload.sqlite3'} was not there, so a new database was made" in site.printed

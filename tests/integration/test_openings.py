"""Openings on the site as it runs: written by themselves, and when the web server stops."""

import contextlib
import sqlite3

from tests.running import RunningSite
from tests.running_process import wait_until

PAGE = "/progress/defining-tasks/performance/"
HTMX = {"HX-Request": "true"}


def opened(site: RunningSite) -> int:
    with contextlib.closing(sqlite3.connect(site.data_dir / "offload.sqlite3")) as database:
        (count,) = database.execute("SELECT COALESCE(SUM(count), 0) FROM progress_opening").fetchone()
        return int(count)


def test_openings_are_written_while_the_site_runs_and_when_it_stops(workerless_site: RunningSite):
    for _ in range(3):
        answer = workerless_site.get(PAGE, HTMX)
        assert (answer.status, answer.headers["Set-Cookie"]) == (204, None)
    wait_until(lambda: opened(workerless_site) == 3, "three openings are written", 15, every=0.2)
    workerless_site.get(PAGE, HTMX)
    workerless_site.web.stop()
    assert opened(workerless_site) == 4

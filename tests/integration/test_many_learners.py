"""Many learners answer at once: nobody is refused, and what was acknowledged is in the database, once.

How fast that goes is measured by `make bench`.
"""

import psycopg
import pytest

from config.databases import SHARED_CONNECTIONS
from tests.many_learners import answer_at_once, recorded_in_postgresql, recorded_in_sqlite, write_course
from tests.running_process import wait_until

LEARNERS, SECONDS = 50, 3


@pytest.mark.alone
def test_every_acknowledged_answer_is_in_sqlite_once(start_site, tmp_path):
    site = start_site(with_worker=False, SEATS=LEARNERS, CONTENT_DIR=write_course(tmp_path / "content"))
    load = answer_at_once(site, LEARNERS, SECONDS)
    assert load.errors == []
    assert len({learner for learner, *_ in load.acknowledged}) == LEARNERS
    assert load.acknowledged == recorded_in_sqlite(site)


@pytest.mark.alone
def test_every_acknowledged_answer_is_in_postgresql_once_and_its_connections_are_shared(
    start_site, tmp_path, postgresql
):
    site = start_site(
        with_worker=False, SEATS=LEARNERS, CONTENT_DIR=write_course(tmp_path / "content"), DATABASE_URL=postgresql
    )
    load = answer_at_once(site, LEARNERS, SECONDS)
    assert load.errors == []
    assert len({learner for learner, *_ in load.acknowledged}) == LEARNERS
    assert load.acknowledged == recorded_in_postgresql(postgresql)
    others = "FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
    with psycopg.connect(postgresql, autocommit=True) as database:  # a transaction sees them as they first were

        def ours() -> int:
            """How many connections the site has. The one that looked for answers just now may still be closing."""
            return len(database.execute(f"SELECT pid {others}").fetchall())

        wait_until(lambda: 1 <= ours() <= SHARED_CONNECTIONS, "the site shares its connections", 5)
        # As the site sees a restart of the database: every connection that lies idle is broken.
        database.execute(f"SELECT pg_terminate_backend(pid) {others}")
    load = answer_at_once(site, LEARNERS, seconds=2)
    assert load.errors == []

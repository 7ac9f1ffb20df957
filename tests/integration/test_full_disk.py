"""DATA_DIR's disk is full: what needs it says so, all else goes on, and nothing has to be started anew."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.integration.supervised import Supervised, descendants
from tests.no_room import ANY_PROCESS, no_room
from tests.running import RunningSite
from tests.running_process import wait_until
from tests.visitor import Visitor, a_name


def run_of_the_background_demo(site: RunningSite) -> None:
    answer = site.post("/demos/celery/", {"seconds": "0"})
    assert answer.status == 202, answer.text
    path = site.path_of(answer.headers["Location"])
    wait_until(lambda: site.state_of(path) == "succeeded", "the run is over")


@pytest.mark.skipif(
    not ANY_PROCESS,
    reason="only Linux bounds what a running process writes; elsewhere the next test shows what the broker writes",
)
def test_a_full_disk_is_told_where_it_is_needed_and_ends_no_process(supervised: Callable[..., Supervised]):
    site = supervised()
    site.launch()
    wait_until(lambda: " ready." in site.printed, "the worker is ready too")
    run_of_the_background_demo(site)
    assert site.popen
    running = descendants(site.popen.pid)
    with no_room([site.popen.pid, *running]):
        refused = Visitor(site).signs_up(a_name(), email="")
        assert (refused.status, refused.headers["Retry-After"]) == (503, "10")
        assert "The disk of this site is full" in refused.text
        for _ in range(3):
            run_of_the_background_demo(site)
        assert site.get("/lessons/defining-tasks/").status == 200
        assert (
            site.get("/demos/blocking/?seconds=1.5").status == 200
        )  # a broker that keeps a file looks at it once a second
        run_of_the_background_demo(site)
    wait_until(lambda: Visitor(site).signs_up(a_name(), email="").status == 303, "what needs the disk works again", 10)
    run_of_the_background_demo(site)
    assert descendants(site.popen.pid) == running
    assert "Traceback" not in site.printed


def test_the_broker_and_the_worker_write_nothing(own_site: RunningSite):
    def files() -> dict[Path, float]:
        of_web = (own_site.data_dir / "web", own_site.data_dir / "metrics")  # which counts what it lets in
        found = (path for path in own_site.data_dir.rglob("*") if path.is_file() and path.parent not in of_web)
        return {path: path.stat().st_mtime for path in found}

    before = files()
    run_of_the_background_demo(own_site)
    assert own_site.broker.stop() == 0
    assert own_site.worker.stop() == 0
    assert files() == before

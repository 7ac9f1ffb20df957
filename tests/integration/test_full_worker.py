"""A queue that is longer than the worker has threads: a run waits for a free thread, and for nothing else."""

from functools import partial

import pytest

from tests.running import RunningSite
from tests.running_process import wait_until

THREADS, RUNS, SECONDS = 4, 40, 0.1


@pytest.mark.alone
def test_a_full_worker_begins_the_next_run_as_soon_as_a_thread_is_free(start_site):
    site = start_site(with_worker=False, SEATS=RUNS // 2)  # two runs may wait for each seat
    site.worker.environ = {**site.worker.environ, "SEATS": str(THREADS)}
    paths = [site.post("/demos/celery/", {"seconds": SECONDS}).headers["Location"] for _ in range(RUNS)]
    site.worker.start()
    for path in paths:
        wait_until(partial(is_in, site, "succeeded", path), f"{path} is done")
    spans = [span_of(site, path) for path in paths]
    busy = sum(finished - started for started, finished in spans) / THREADS
    took = max(finished for _, finished in spans) - min(started for started, _ in spans)
    assert took < 2 * busy, f"the queue took {took:.2f} s, and all threads together needed {busy:.2f} s"


def test_what_a_full_worker_had_not_begun_goes_on_when_a_worker_is_back(start_site):
    site = start_site(SEATS=1)
    for end in (site.worker.stop, site.worker.kill):
        running = site.post("/demos/celery/", {"seconds": 10}).headers["Location"]
        wait_until(partial(is_in, site, "started", running), "the thread is taken")
        waiting = [site.post("/demos/celery/", {"seconds": SECONDS}).headers["Location"] for _ in range(2)]
        end()  # told to stop, it lets go of what runs, and the free thread takes nothing more
        assert [site.state_of(path) for path in waiting] == ["queued", "queued"]
        site.worker.start()
        for path in waiting:
            wait_until(partial(is_in, site, "succeeded", path), f"{path} is done")


def is_in(site: RunningSite, state: str, path: str) -> bool:
    return site.state_of(path) == state


def span_of(site: RunningSite, path: str) -> tuple[float, float]:
    """When a run was begun and done, in seconds by the store's clock."""
    with site.valkey() as valkey:
        found = valkey.hmget(f"offload:run:{path.split('/')[-2]}", "accepted", "started", "finished")
    accepted, started, finished = map(float, found)
    return (accepted + started) / 1e6, (accepted + finished) / 1e6

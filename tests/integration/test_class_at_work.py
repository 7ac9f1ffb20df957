"""A class works through a lesson, as `make load` plays it: all goes well, is counted, and is kept."""

from random import Random

import pytest

from tests.load.classes import write_course
from tests.load.crowd import Browser, Crowd
from tests.load.keeping import kept_in_sqlite, lost, nothing_kept
from tests.load.learners import THINK, Learner
from tests.load.processor import PROC, processor_seconds
from tests.load.script import Ask, Delay, Pause, Script


@pytest.fixture
def hurried(monkeypatch):
    """A class that thinks for a hundredth of the time."""
    for step, seconds in THINK.items():
        monkeypatch.setitem(THINK, step, seconds / 100)


def test_a_class_goes_through_a_lesson_and_what_it_was_told_is_kept(start_site, tmp_path, hurried):
    lessons = write_course(tmp_path / "content")
    site = start_site(SEATS=4, CONTENT_DIR=tmp_path / "content", TRUSTED_PROXIES="127.0.0.1")
    crowd, acknowledged = Crowd(site.port, ramp=0, seconds=60), nothing_kept()
    before = processor_seconds({"web": site.web.pid})
    learners = []
    for number in range(4):
        browser = Browser(f"198.18.0.{number + 1}")
        learners.append(Learner(browser, Random(number), lessons[:2], acknowledged))
        crowd.add(browser, learners[-1].script(), 0.0)
    crowd.run()
    assert crowd.found.errors == {}, crowd.found.said
    assert crowd.found.unfinished == sum(learner.lost_runs for learner in learners) == 0
    kinds = {"home page", "lesson", "lesson, unchanged", "static file", "progress", "predictions", "quiz", "figures"}
    kinds |= {"prediction", "run", "look at a run", "measurement", "answer", "mark", "what is due"}
    assert crowd.found.latencies.keys() == kinds
    assert all(acknowledged.values())
    recorded = kept_in_sqlite(site.data_dir / "offload.sqlite3")
    assert not any(lost(acknowledged, recorded).values())
    recorded["answers"].popitem()
    assert lost(acknowledged, recorded)["answers"] == 1
    if PROC.is_dir():
        assert processor_seconds({"web": site.web.pid})["web"] > before["web"]


def test_what_was_due_and_had_to_wait_counts_from_when_it_was_due(workerless_site):
    def script() -> Script:
        yield [Ask("first", "/demos/blocking/?seconds=1")]
        yield Pause(0.1)  # over, when the response comes
        yield [Ask("late", "/healthz")]
        yield Delay(0.1)
        yield [Ask("in time", "/healthz"), Ask("wrong", "/nowhere/")]

    crowd = Crowd(workerless_site.port, ramp=0, seconds=30)
    crowd.add(Browser("198.18.0.1"), script(), 0.0)
    crowd.run()
    ((late,), (in_time,)) = (crowd.found.latencies[kind] for kind in ("late", "in time"))
    assert late > 0.8 > in_time
    assert crowd.found.errors == {("wrong", 404): 1}

"""What web processes count in common: in a table of one machine, or in the store of several."""

from pathlib import Path

import pytest

from frontdoor import count_table, in_common
from frontdoor.count_table import CountTable
from frontdoor.in_common import AWAY, Away
from frontdoor.rates import Rates, TooMany
from tests.frontdoor.in_common import another_process, having_in_common


def count_twice(folder: Path) -> None:
    rates = Rates("start {rate} runs", learner=3, address=100)
    with having_in_common(folder):
        for _ in range(2):
            rates.count("ada", "192.0.2.1")


def test_what_another_process_counted_counts_here_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(in_common, "monotonic", lambda: 1000.0)
    rates = Rates("start {rate} runs", learner=3, address=100)
    with another_process(lambda: count_twice(tmp_path)):
        pass  # also when it is gone
    with having_in_common(tmp_path):
        rates.count("ada", "192.0.2.1")
        with pytest.raises(TooMany, match="One learner can start 3 runs a minute") as refused:
            rates.count("ada", "192.0.2.1")
        assert refused.value.retry_after == 20  # a minute began at 960 s
        rates.count("grace", "192.0.2.1")
        monkeypatch.setattr(in_common, "monotonic", lambda: 1021.0)
        rates.count("ada", "192.0.2.1")


def test_rates_of_two_names_are_counted_apart_and_so_are_a_learner_and_an_address(tmp_path: Path):
    with having_in_common(tmp_path):
        for name in ("quizzes", "reviews"):
            Rates("send {rate} answers", learner=1, address=1, name=name).count("192.0.2.1", "192.0.2.1")


def test_every_rate_of_the_site_has_a_name_of_its_own():
    from demos.experiments import views as experiments
    from demos.views import rates as runs
    from learners import attempts
    from learners.views import zone_rates
    from progress.views import rates as marks
    from quiz.views import rates as answers
    from review.views import rates as reviews
    from stopwatch.views import rates as measurements
    from teach.editing_views import rates as checks

    found = [experiments.rates, runs, zone_rates, marks, answers, reviews, measurements, checks]
    found += [rates for rates in vars(attempts).values() if isinstance(rates, Rates)]
    assert len({rates.name for rates in found}) == len(found) == 12


def test_who_counted_least_is_given_up_when_there_is_no_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(count_table, "BUCKETS", 1)
    table = CountTable(tmp_path / "counts")
    for _ in range(3):
        table.add(["ada"], until=60.0, now=0.0)
    for number in range(100):
        table.add([f"stranger {number}"], until=60.0, now=0.0)
    assert table.add(["ada"], until=60.0, now=0.0) == [4]


def test_what_was_counted_before_the_machine_was_started_anew_is_forgotten(tmp_path: Path):
    CountTable(tmp_path / "counts").add(["ada"], until=1_000_060.0, now=1_000_000.0)
    assert CountTable(tmp_path / "counts").add(["ada"], until=60.0, now=1.0) == [1]


class Counts:
    """What several machines have in common: another one has counted each key twice."""

    def __init__(self) -> None:
        self.is_away = False
        self.asked = 0

    def count(self, keys: list[str], _window: int) -> tuple[list[int], float]:
        self.asked += 1
        if self.is_away:
            raise Away("refused")
        return [3 for _ in keys], 12.0

    def take(self, name: str, places: int, seconds: float) -> str | None:
        raise NotImplementedError

    def give_back(self, name: str, place: str) -> None:
        raise NotImplementedError


def test_several_machines_count_in_their_store_and_without_it_each_for_its_part(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    now = 1000.0
    monkeypatch.setattr(in_common, "monotonic", lambda: now)
    store = Counts()
    rates = Rates("start {rate} runs", learner=2, address=100)
    with having_in_common(tmp_path, machines=2, store=store):
        with pytest.raises(TooMany, match="2 runs a minute"):
            rates.count("ada", "192.0.2.1")
        store.is_away = True
        rates.count("ada", "192.0.2.1")
        with pytest.raises(TooMany, match="1 runs a minute"):
            rates.count("ada", "192.0.2.1")
        assert store.asked == 2  # it was away a moment ago, and nobody waits for it once more
        store.is_away = False
        now += AWAY + 0.1
        with pytest.raises(TooMany, match="2 runs a minute"):
            rates.count("ada", "192.0.2.1")
        assert store.asked == 3
    assert len(caplog.records) == 1


def test_a_folder_that_cannot_be_shared_leaves_each_process_its_part(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    for name in ("_now", "_processes"):
        monkeypatch.setattr(in_common, name, getattr(in_common, name))
    (tmp_path / "web").write_text("this is no folder")
    in_common.start(tmp_path / "web", processes=2, machines=1)
    assert "each web process counts for itself" in caplog.text
    rates = Rates("start {rate} runs", learner=2, address=100, clock=lambda: 0.0)
    rates.count("ada", "192.0.2.1")
    with pytest.raises(TooMany):
        rates.count("ada", "192.0.2.1")

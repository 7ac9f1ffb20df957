import uuid
from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from stopwatch import measurements
from stopwatch.measured import Measured
from stopwatch.measurements import AlreadyCounted, class_figures, keep, keep_experiment, own_of
from stopwatch.models import Measurement
from stopwatch.registry import Case, register_case
from tests.stopwatch.conftest import receipt_of

pytestmark = pytest.mark.django_db


def measured(case: str = "celery", **figures: float) -> Measured:
    return Measured(case, 3.0, {name.replace("_", "-"): value for name, value in figures.items()}, frozenset({"inp"}))


def test_a_run_counts_once():
    learner, receipt = uuid.uuid4(), receipt_of()
    keep(learner, receipt, measured(inp=16.0), "one")
    with pytest.raises(AlreadyCounted):
        keep(learner, receipt, measured(inp=24.0), "one")
    assert own_of(learner, "one")["celery"].figures == {"inp": 16.0}
    assert own_of(learner, "one")["celery"].at_most == {"inp"}


def test_the_latest_run_of_each_case_is_shown():
    learner = uuid.uuid4()
    keep(learner, receipt_of(began=1_000_000.0), measured(inp=1.0), "one")
    keep(learner, receipt_of(began=1_000_009.0), measured(inp=2.0), "one")
    keep(learner, receipt_of(began=1_000_005.0), measured("blocking", inp=3.0), "one")
    own = own_of(learner, "one")
    assert own["celery"].get("inp") == 2.0
    assert own["blocking"].get("inp") == 3.0
    assert not own["blocking"].is_recorded


def test_only_so_many_measurements_of_a_case_are_kept(monkeypatch):
    monkeypatch.setattr(measurements, "KEPT", 3)
    learner = uuid.uuid4()
    for second in range(6):
        keep(learner, receipt_of(began=1_000_000.0 + second), measured(inp=float(second)), "one")
    assert Measurement.objects.count() == 6, "their receipts are still good, so they have to be known"
    Measurement.objects.update(created=timezone.now() - timedelta(hours=1))
    keep(learner, receipt_of(began=1_000_010.0), measured(inp=10.0), "one")
    assert [one.figures["inp"] for one in Measurement.objects.order_by("began")] == [4.0, 5.0, 10.0]


def test_a_class_has_one_figure_of_each_learner_their_latest():
    for inp in (30.0, 10.0, 20.0):
        learner = uuid.uuid4()
        keep(learner, receipt_of(began=1_000_000.0), measured(inp=99.0), "one")
        keep(learner, receipt_of(began=1_000_001.0), measured(inp=inp), "one")
    keep(uuid.uuid4(), receipt_of(), Measured("celery", 0.5, {"inp": 1.0}), "one")
    keep(uuid.uuid4(), receipt_of(), measured(ttfb=1.0), "one")
    keep(uuid.uuid4(), receipt_of(), measured(inp=1.0), "two")
    assert class_figures("one", "celery", "inp", 3.0) == [10.0, 20.0, 30.0]


def test_a_run_belongs_to_the_lesson_it_was_made_in():
    learner = uuid.uuid4()
    keep(learner, receipt_of(began=1_000_000.0), measured(inp=1.0), "one")
    keep(learner, receipt_of(began=1_000_001.0), measured(inp=2.0), "two")
    keep(learner, receipt_of(began=1_000_002.0), measured(inp=3.0), "")
    keep(learner, receipt_of(began=1_000_003.0), measured("blocking", inp=4.0), "two")
    assert {case: found.get("inp") for case, found in own_of(learner, "one").items()} == {"celery": 1.0}
    assert {case: found.get("inp") for case, found in own_of(learner, "two").items()} == {
        "celery": 2.0,
        "blocking": 4.0,
    }
    assert own_of(learner, "three") == {}


def test_so_many_measurements_are_kept_of_each_lesson(monkeypatch):
    monkeypatch.setattr(measurements, "KEPT", 1)
    learner = uuid.uuid4()
    for lesson in ("one", "two", "two"):
        keep(learner, receipt_of(), measured(inp=1.0), lesson)
        Measurement.objects.update(created=timezone.now() - timedelta(hours=1))
    assert list(Measurement.objects.order_by("pk").values_list("lesson", flat=True)) == ["one", "two"]


def test_only_a_run_with_default_knobs_stands_for_an_experiment_and_that_in_every_lesson(made_up: Case):
    case = replace(made_up, name="knobbed", knobs={"processes": 2, "threads": 4})
    register_case(case)
    learner = uuid.uuid4()
    runs: tuple[dict[str, int], ...] = (
        {},
        {"processes": 2},
        {"processes": 2, "threads": 4},
        {"processes": 3, "threads": 4},
        {"threads": 8},
    )
    for number, knobs in enumerate(runs):
        run = Measured("knobbed", 3.0, {"memory": float(number)}, knobs=knobs)
        keep_experiment(learner, str(number), run, timezone.now())
    for lesson in ("one", "two"):
        found = own_of(learner, lesson)["knobbed"]
        assert (found.get("memory"), found.knobs) == (2.0, {"processes": 2, "threads": 4})
        assert class_figures(lesson, "knobbed", "memory", 3.0) == [2.0]


def test_an_experiment_is_kept_once_for_who_started_it():
    learner = uuid.uuid4()
    for p95 in (2700.0, 1.0):
        keep_experiment(learner, "one", Measured("bystanders", 3.0, {"view-p95": p95}, detail=[p95]), timezone.now())
    own = own_of(learner, "one")["bystanders"]
    assert own.get("view-p95") == 2700.0
    assert own.detail == [2700.0]


def test_nobody_has_measured_what_somebody_else_has():
    keep(uuid.uuid4(), receipt_of(), measured(inp=16.0), "one")
    assert own_of(uuid.uuid4(), "one") == {}

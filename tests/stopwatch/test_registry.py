"""What is registered: each name once, and a case of which nothing else knows is shown wherever figures are."""

import uuid
from dataclasses import replace

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone

from lessons.rendering import compose, render
from lessons.scanning import Block, scan
from stopwatch import recorded, registry
from stopwatch.histogram import context
from stopwatch.measured import Board, Measured
from stopwatch.measurements import keep_experiment
from stopwatch.provenance import provenance_of
from stopwatch.registry import Case, ClaimTest, Figure, OutcomeRule, Verdict, Where, anchor, register_case
from stopwatch.units import SCORE
from teach.statistics import measured
from tests.charts.drawn import words
from tests.stopwatch.conftest import MEMORY

ABOUT = {"date": "2026-11-22", "machine": "2 cores", "browser": "Chromium 156", "versions": "Celery 5.7.0"}
RULE = OutcomeRule("made-up", ("more",), ("pools",), "Run it", (), lambda _: None, lambda _: "")
CLAIM = ClaimTest("made-up", ("pools",), "By looking at it", lambda _: Verdict.TRUE, lambda _: "")


def cases_of(block: Block) -> list[str]:
    return ["pools"]


def test_a_case_cannot_be_registered_twice(made_up: Case):
    with pytest.raises(ImproperlyConfigured, match=r"“pools” is registered twice: .*Pools.*Others"):
        register_case(replace(made_up, title="Others"))
    assert registry.cases["pools"] is made_up


@pytest.mark.usefixtures("made_up")
def test_nothing_else_can_be_registered_twice():
    registry.register_rule(RULE)
    with pytest.raises(ImproperlyConfigured, match=r"“made-up” is registered twice: .*Run it.*Look"):
        registry.register_rule(replace(RULE, how="Look"))
    registry.register_claim_test(CLAIM)
    with pytest.raises(ImproperlyConfigured, match=r"“made-up” is registered twice: .*By looking at it.*Guess"):
        registry.register_claim_test(replace(CLAIM, how="Guess"))
    registry.register_runner("made-up", cases_of)
    with pytest.raises(ImproperlyConfigured, match=r"“made-up” is registered twice: .*cases_of.*<lambda>"):
        registry.register_runner("made-up", lambda _: [])


@pytest.mark.parametrize(
    "figures", [(MEMORY, replace(MEMORY, label="Another")), (MEMORY, replace(MEMORY, name="ram", formerly=("memory",)))]
)
def test_a_case_has_one_figure_of_a_name_now_and_formerly(figures: tuple[Figure, ...]):
    with pytest.raises(ImproperlyConfigured, match=r"“memory” is registered twice"):
        register_case(Case("twice", "Twice", "Twice", figures))
    assert "twice" not in registry.cases


@pytest.mark.parametrize("name", ["Pools", "a b", "", "1st", "a_case", "a-name-of-21-characters"])
def test_a_name_that_content_cannot_write_or_the_database_not_keep_is_refused(name: str):
    with pytest.raises(ImproperlyConfigured):
        register_case(Case(name, "Strange", "Strange", ()))
    assert name not in registry.cases


def test_two_figures_of_one_name_are_explained_in_two_places(made_up: Case):
    same = Case("more-pools", "More pools", "Pools", made_up.figures)
    other = replace(MEMORY, says="How much of it was left.")
    register_case(same)
    register_case(Case("other-pools", "Other pools", "Pools", (other,)))
    assert anchor("pools", MEMORY) == anchor("more-pools", MEMORY) == "memory"
    assert anchor("other-pools", other) == "other-pools-memory"
    html = page("/// definitions\n///")
    assert html.count('id="figure-memory"') == html.count('id="figure-other-pools-memory"') == 1


def page(source: str) -> str:
    return compose(render(scan(source)[0], "one", "why").parts, {})


def test_a_figure_in_another_unit_needs_nothing_but_its_case_on_a_page(made_up: Case):
    board = Board({"pools": Measured("pools", 3.0, {"memory": 59.4})})
    html = page("/// comparison | Pools\n| a |\n| - |\n| [[pools memory]] |\n///\n\n/// definitions\n///")
    assert "not measured" in html
    assert "Pools <span" in html
    assert "In MB, measured by the load generator of the experiment." in html
    assert provenance_of(board, ["pools"]).text.startswith("Measured in the run that you started")
    (shown,) = context(board, [("pools", "memory", "free")], {("pools", "memory"): [40.0, 50, 59.4, 60, 70]})[
        "histograms"
    ]
    assert shown.chart
    assert shown.chart.says == "Yours: 59 MB. 2 of the 5 had more."


def test_a_figure_in_another_unit_needs_nothing_but_its_case_in_a_recorded_run(made_up: Case):
    text = recorded.write([Measured("pools", 3.0, {"memory": 59.41}, frozenset({"memory"}))], ABOUT)
    board, problems = recorded.read(text, "one")
    assert problems == []
    assert board.get("pools", "memory") == 59.4
    assert board.measured["pools"].at_most == {"memory"}


@pytest.mark.django_db
def test_a_figure_in_another_unit_needs_nothing_but_its_case_in_statistics(made_up: Case):
    for number in range(6):
        run = Measured("pools", 3.0, {"memory": 50.0 + number})
        keep_experiment(uuid.uuid4(), str(number), run, timezone.now())
    (found,) = measured.measured("one", ["pools"])
    table, picture = measured.shown(found)
    assert found.title == "Pools: Memory of a worker, 3 s of work"
    assert table.columns[0].heading == "Memory, MB"
    assert table.note == "n = 6. Half of the learners measured at most 53 MB."
    assert picture
    assert words(picture, "chart-label")[0].endswith(" MB")
    registry.register_runner("pools", cases_of)
    (block,) = scan("/// pools\n///")[0]
    assert isinstance(block, Block)
    assert list(registry.cases_run(block)) == ["pools"]


def test_a_score_has_bins_of_its_own_size():
    score = Figure("score", "Score", "A score.", Where.GENERATOR, SCORE)
    register_case(Case("scores", "Scores", "Scores", (score,)))
    try:
        values = [0.011, 0.012, 0.034, 0.05, 0.09]
        (shown,) = context(Board(), [("scores", "score", "free")], {("scores", "score"): values})["histograms"]
        assert shown.chart
        assert len(shown.chart.bins) > 3
    finally:
        del registry.cases["scores"]

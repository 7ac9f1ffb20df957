"""Where readers stop, what they predicted and what they measured."""

from collections import Counter
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from lessons.catalog import catalog
from progress.models import Opening, Reading
from teach.statistics import measured, predicted, readers, tables
from teach.statistics.readers import Step
from tests.charts.drawn import words
from tests.teach.statistics.conftest import SIX, Room, asking

REPORTS = {"click-to-report": 3010.0, "click-to-response": 3010.0, "inp": 16.0}


def taken_of(sets: Sequence[AbstractSet[str]]) -> Counter[tuple[bool, ...]]:
    """Which of these steps somebody took, by how many did, from who took each."""
    everybody = frozenset[str]().union(*sets)
    return Counter(tuple(learner in did for did in sets) for learner in everybody)


def test_each_learner_stops_at_the_last_step_that_they_took():
    found = readers.steps(("one", "two", "three"), taken_of([{"a", "b", "c"}, {"b"}, {"c", "d"}]))
    assert found == [Step("one", 3, 4, 1), Step("two", 1, 3, 1), Step("three", 2, 2, 2)]


@given(st.lists(st.frozensets(st.sampled_from("abcdefgh")), min_size=1, max_size=6))
def test_nobody_is_lost_and_nobody_stops_twice(sets):
    found = readers.steps([str(place) for place in range(len(sets))], taken_of(sets))
    everybody = frozenset().union(*sets)
    assert sum(step.stopped for step in found) == found[0].reached == len(everybody)
    assert [step.did for step in found] == [len(did) for did in sets]
    reached = [step.reached for step in found]
    assert reached == sorted(reached, reverse=True)
    assert all(step.did <= step.reached for step in found)


def test_what_can_be_run_is_told_by_the_blocks_of_the_pages():
    lesson = catalog().course.lessons["defining-tasks"]
    assert readers.cases_run(lesson) == ("blocking", "celery", "form", "link", "fetch", "sync", "bystanders")


@pytest.mark.django_db
def test_the_steps_count_learners_and_no_step_has_to_be_taken(room: Room):
    both, skipped, only_ran, only_read, elsewhere = room.learners(5)
    room.predict(both, "ready", "later")
    room.predict(skipped, "ready", "")
    room.predict(only_read, "ready", "sooner", late=True)
    for learner in (both, only_ran):
        room.measure(learner, "blocking", REPORTS)
    room.measure(elsewhere, "bystanders", {"view-p95": 1.0}, lesson="")
    room.measure(elsewhere, "blocking", REPORTS, lesson="two")
    for name in SIX:
        room.answer(skipped, name, "beta")
    room.answer(both, "a", "alpha", 0.0)
    room.answer(both, "left", ["x"], 1.0)
    room.answer(only_read, "a", "alpha", 0.0, go=0)
    room.keep()
    assert readers.funnel(room.lesson) == [
        Step("Predicted", 1, 3, 0),
        Step("Ran something", 2, 3, 1),
        Step("Began the quiz", 2, 2, 1),
        Step("Answered all of it", 1, 1, 1),
    ]


@pytest.mark.django_db
def test_of_four_learners_it_is_not_told_where_they_stopped(room: Room):
    for count, rows in ((4, 2), (1, 5)):
        for learner in room.learners(count):
            room.answer(learner, "a", "beta")
        room.keep()
        found = readers.funnel(room.lesson)
        assert len(readers.funnel_table(found, 7).rows) == rows
        assert (readers.funnel_picture(found) is None) == (rows == 2)


def test_a_bar_says_who_took_its_step_and_who_got_this_far():
    found = [Step("Predicted", 32, 39, 0), Step("Ran something", 7, 39, 7), Step("Began the quiz", 32, 32, 32)]
    drawn = readers.funnel_picture(found)
    assert drawn
    assert words(drawn, "chart-label") == ["Predicted: 32", "Ran something: 7", "Began the quiz: 32"]
    assert words(drawn, "chart-tick")[3:] == ["39 of 39 got this far", "39 of 39 got this far", "32 of 39 got this far"]
    assert "7 learners took this step, and 39 of 39 took it or a later one" in drawn.says


def test_of_one_learner_no_bar_speaks_as_of_several():
    drawn = readers.funnel_picture([Step("Predicted", 1, 39, 0), Step("Ran something", 39, 39, 39)])
    assert drawn
    assert "Predicted: 1: 1 learner took this step, and 39 of 39" in drawn.says
    assert tables.of_learners(0) == "0 learners"


@pytest.mark.django_db
@pytest.mark.parametrize("count", [3, 30])
def test_more_learners_make_no_more_queries(room: Room, count: int):
    for learner in room.learners(count):
        room.predict(learner, "ready", "later")
        room.measure(learner, "blocking", REPORTS)
        room.measure(learner, "celery", REPORTS)
        room.answer(learner, "a", "beta")
    room.keep()
    with asking(8):
        readers.funnel(room.lesson)
        readers.pages_table(room.lesson, readers.opened("one")[0])
        predicted.predicted(room.lesson.files["predictions.md"])
        measured.measured("one", readers.cases_run(room.lesson))


@pytest.mark.django_db
def test_openings_are_summed_by_page_and_those_of_pages_that_are_gone_stay(room: Room):
    today = timezone.now().date()
    for mode, days, count in (("performance", 0, 3), ("performance", 10, 4), ("performance", 50, 5), ("learn", 1, 6)):
        Opening.objects.create(lesson="one", mode=mode, day=today - timedelta(days=days), count=count)
    Opening.objects.create(lesson="two", mode="performance", day=today, count=99)
    Reading.objects.create(learner_id=room.learner(), lesson="one", mode="performance")
    Reading.objects.create(learner_id=room.learner(), lesson="one", mode="performance", read=False)
    found, since = readers.opened("one")
    assert since == f"{today - timedelta(days=50):%Y-%m-%d}"
    rows = [[cell.text for cell in row] for row in readers.pages_table(room.lesson, found).rows]
    assert rows == [["Performance", "3", "7", "12", "1"], ["Learn", "6", "6", "6", "0"]]


@pytest.mark.django_db
def test_a_prediction_is_held_against_what_its_learner_measured_last(room: Room):
    asked = room.lesson.files["predictions.md"]
    for learner in room.learners(6):
        room.predict(learner, "ready", "sooner")
        room.measure(learner, "blocking", REPORTS)
        room.measure(learner, "celery", {**REPORTS, "click-to-report": 1000.0})
        room.at += timedelta(seconds=1)
        room.measure(learner, "celery", {**REPORTS, "click-to-report": 3600.0})
        room.at += timedelta(seconds=1)
        room.measure(learner, "celery", {**REPORTS, "click-to-report": 1000.0}, lesson="two")
    for learner in room.learners(5):
        room.predict(learner, "ready", "same")
    for learner in room.learners(4):
        room.predict(learner, "ready", "later")
        room.measure(learner, "blocking", REPORTS)
        room.measure(learner, "celery", REPORTS)
    room.predict(room.learner(), "ready", "")
    room.predict(room.learner(), "ready", "later", version="old")
    room.predict(room.learner(), "ready", "later", late=True)
    found = predicted.predicted(asked)["ready"]
    table = predicted.predicted_table(asked.asked[0], found)
    assert [[cell.text for cell in row] for row in table.rows] == [
        ["earlier than that", "6", "40 %", "6", "0", "0", "6"],
        ["at that time", "5", "33 %", "0", "", "", ""],
        ["afterwards", "4", "27 %", "4", "from 5 on", "from 5 on", "from 5 on"],
    ]
    assert table.note == "n = 15 predicted; 1 made no prediction; 1 answered an earlier version."
    assert predicted.predicted_table(asked.asked[1], predicted.Predicted()).rows == []


@pytest.mark.django_db
def test_a_histogram_counts_each_learner_once_and_only_the_same_work(room: Room):
    learners = room.learners(5)
    for place, learner in enumerate(learners):
        room.measure(learner, "blocking", {"click-to-response": 100.0})
        room.measure(learner, "blocking", {"click-to-response": 3000.0 + place})
        room.measure(learner, "blocking", {"click-to-response": 500.0}, seconds=0.5)
    room.measure(room.learner(), "blocking", {"click-to-report": 3000.0})
    room.measure(room.learner(), "form", {"click-to-response": 3000.0})
    room.measure(room.learner(), "blocking", {"click-to-response": 7000.0}, lesson="two")
    found = measured.measured("one", readers.cases_run(room.lesson))
    assert [(each.key, each.seconds, sorted(each.values)) for each in found] == [
        ("blocking-click-to-response", 3.0, [3000.0, 3001.0, 3002.0, 3003.0, 3004.0]),
        ("blocking-click-to-report", 3.0, [3000.0]),
    ]
    table, picture = measured.shown(found[0])
    assert sum(row[1].values[0] for row in table.rows if isinstance(row[1].values[0], int)) == 5
    assert picture
    assert "n = 5" in table.note
    few, nothing = measured.shown(found[1])
    assert (few.rows, nothing) == ([], None)
    assert few.note == "n = 1: shown from 5 on."

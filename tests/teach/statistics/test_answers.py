"""What the database counts, against the same worked out from the raw rows in plain Python."""

from collections import Counter, defaultdict
from datetime import timedelta
from random import Random
from statistics import correlation, fmean, median

import pytest

from quiz.models import Answer
from teach.statistics import answers, items
from tests.teach.statistics.conftest import NOON, SIX, Room, asking

pytestmark = pytest.mark.django_db

GRADES = (0.0, 1 / 3, 0.5, 2 / 3, 1.0)


@pytest.fixture
def filled(room: Room) -> Room:
    """160 learners, who stop where they like, with later attempts and goes, history, two versions, another lesson."""
    chance = Random(7)
    for _ in range(160):
        learner, ability = room.learner(), chance.gauss(0, 1)
        room.at = NOON + timedelta(days=chance.randrange(60))
        for name in SIX[: chance.choice((2, 5, 6, 6, 6))]:
            version = chance.choice(("old", "new"))
            grade = 1.0 if chance.gauss(0, 1) < ability else chance.choice(GRADES[:-1])
            at = room.at + timedelta(seconds=chance.choice((3, 20, 45.4, 599, 601, 4000)))
            room.answer(learner, name, [chance.choice("xyz")], grade, version=version, at=at)
            if grade < 1:
                room.answer(learner, name, ["x"], chance.choice((0.5, 1.0)), version=version, attempt=2)
            if chance.random() < 0.2:
                room.answer(learner, name, ["y"], 1.0, version="new", go=2)
            if chance.random() < 0.2:
                room.answer(learner, name, ["z"], 0.0, version="old", go=0)
        room.rows.append(
            Answer(
                learner_id=learner, lesson="two", question="a", version="old", go=1, attempt=1, given=["x"], grade=0.0,
                correct=False, created=room.at + timedelta(seconds=1),
            )
        )  # fmt: skip
    room.keep()
    return room


def first_rows(question: str | None = None) -> list[Answer]:
    rows = [row for row in Answer.objects.all() if row.lesson == "one" and (row.go, row.attempt) == (1, 1)]
    return [row for row in rows if question in (None, row.question)]


def by_learner() -> dict[object, dict[str, Answer]]:
    found: defaultdict[object, dict[str, Answer]] = defaultdict(dict)
    for row in first_rows():
        found[row.learner_id][row.question] = row
    return found


@pytest.mark.parametrize("version", ["old", "new"])
@pytest.mark.parametrize("name", ["a", "d", "f"])
def test_facility_and_discrimination_are_those_of_the_raw_rows(filled: Room, name: str, version: str):
    joint = answers.joints("one")[name, version]
    grades = [row.grade for row in first_rows(name) if row.version == version]
    found = items.facility(joint)
    assert found
    assert found.n == len(grades)
    assert found.mean == pytest.approx(fmean(grades))
    assert found.right == pytest.approx(grades.count(1.0) / len(grades))
    pairs = [
        (rows[name].grade, fmean(row.grade for other, row in rows.items() if other != name))
        for rows in by_learner().values()
        if name in rows and rows[name].version == version and len(rows) >= 5
    ]
    counted = [(grade, rest / others, count) for (grade, others, rest), count in joint.items() if others >= 4]
    assert sum(count for _, _, count in counted) == len(pairs) > 30
    assert items.correlation(counted) == pytest.approx(correlation(*zip(*pairs, strict=True)), abs=1e-3)


def test_one_question_alone_has_the_same_counts_as_among_all(filled: Room):
    everything = answers.joints("one")
    for name in SIX:
        alone = answers.joints_of("one", name)
        assert alone == {version: joint for (question, version), joint in everything.items() if question == name}
    assert answers.joints_of("one", "nothing") == {}


def test_what_was_given_is_counted_by_version_in_the_order_of_first_use(filled: Room):
    found = answers.taken("one", "b")
    rows = first_rows("b")
    firsts = {version: min(row.created for row in rows if row.version == version) for version in ("old", "new")}
    assert list(found) == sorted(firsts, key=lambda version: firsts[version])
    for version, taken in found.items():
        own = [row for row in rows if row.version == version]
        assert taken.first == firsts[version]
        counts = Counter((str(row.given), row.grade) for row in own)
        assert {(str(given), grade): count for given, grade, count in taken.given} == counts


def test_later_attempts_are_counted_in_learners(filled: Room):
    rows = [row for row in Answer.objects.filter(lesson="one", question="c") if row.go >= 1]
    for version, found in answers.later("one", "c").items():
        own = [row for row in rows if row.version == version]

        def learners(go: int, attempt: int, *grades: float, own: list[Answer] = own) -> int:
            there = [row for row in own if (row.go, row.attempt) == (go, attempt) and row.grade in grades]
            return len({row.learner_id for row in there})

        assert found.again == learners(1, 2, *GRADES)
        assert found.right == learners(1, 2, 1.0)
        assert found.retaken == learners(2, 1, *GRADES)
        assert found.retaken_right == learners(2, 1, 1.0)


def test_the_time_of_an_answer_is_that_since_the_learners_last_one_without_pauses(filled: Room):
    expected: defaultdict[str, list[int]] = defaultdict(list)
    for row in first_rows("e"):
        before = [
            other.created
            for other in Answer.objects.filter(lesson="one", learner=row.learner_id)
            if other.created < row.created
        ]
        between = round((row.created - max(before)).total_seconds()) if before else 601
        if between <= 600:
            expected[row.version].append(between)
    found = answers.seconds("one", "e")
    assert {version: sorted(counts.elements()) for version, counts in found.items()} == {
        version: sorted(values) for version, values in expected.items()
    }
    assert 3 in found["old"]
    assert items.median(found["old"]) == median(expected["old"])


def test_the_first_answer_of_all_has_no_time(room: Room):
    room.choose(room.learners(9), "a")
    assert answers.seconds("one", "a") == {}


@pytest.mark.parametrize("count", [3, 60])
def test_more_answers_make_no_more_queries(room: Room, count: int):
    for name in SIX:
        room.choose(room.learners(count), name)
    with asking(5):
        answers.joints("one")
        answers.joints_of("one", "a")
        answers.taken("one", "a")
        answers.later("one", "a")
        answers.seconds("one", "a")

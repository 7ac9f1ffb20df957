"""What is said of a question, against a published example, an independent correlation, and each of its guards."""

from collections import Counter
from collections.abc import Callable
from random import Random
from statistics import correlation as independent
from statistics import median as independent_median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teach.statistics import items
from teach.statistics.intervals import wilson
from teach.statistics.items import Joint

# 30 departments of a company, seven ratings each: S. Chatterjee and B. Price, Regression Analysis by Example (1977),
# as the data set "attitude" of R.
ATTITUDE = """
43 51 30 39 61 92 45, 63 64 51 54 63 73 47, 71 70 68 69 76 86 48, 61 63 45 47 54 84 35, 81 78 56 66 71 83 47,
43 55 49 44 54 49 34, 58 67 42 56 66 68 35, 71 75 50 55 70 66 41, 72 82 72 67 71 83 31, 67 61 45 47 62 80 41,
64 53 53 58 58 67 34, 67 60 47 39 59 74 41, 69 62 57 42 55 63 25, 68 83 83 45 59 77 35, 77 77 54 72 79 77 46,
81 90 50 72 60 54 36, 74 85 64 69 79 79 63, 65 60 65 75 55 80 60, 65 70 46 57 75 85 46, 50 58 68 54 64 78 52,
50 40 33 34 43 64 33, 64 61 52 62 66 80 41, 53 66 52 50 63 80 37, 40 37 42 58 50 57 49, 63 54 42 48 66 75 33,
66 77 66 63 88 76 72, 78 75 58 74 80 78 49, 48 57 44 45 51 83 38, 85 85 71 71 77 74 55, 82 82 39 59 64 78 39
"""
ROWS = [[int(text) for text in row.split()] for row in ATTITUDE.split(",")]


# W. Revelle, psych: Procedures for Psychological Research (R), the example alpha(attitude): r.drop, each item with the
# sum of the others; and the means and standard deviations of the items, by which the data are known to be these.
@pytest.mark.parametrize(
    ("place", "mean", "expected"),
    [(0, 65, 0.67), (1, 67, 0.74), (2, 53, 0.56), (3, 56, 0.71), (4, 65, 0.79), (5, 75, 0.27), (6, 43, 0.46)],
)
def test_an_item_correlates_with_the_rest_as_in_the_published_example(place, mean, expected):
    assert round(sum(row[place] for row in ROWS) / len(ROWS)) == mean
    pairs = [(row[place], sum(row) - row[place], 1) for row in ROWS]
    assert round(items.correlation(pairs), 2) == expected


Grades = list[list[float]]


def answered(
    learners: int,
    questions: int = 6,
    seed: int = 1,
    key: Callable[[float, Random], bool] = lambda ability, chance: chance.gauss(0, 1) < ability,
) -> Grades:
    """Grades of so many learners, one row each; `key` says whether one with this ability is right."""
    chance = Random(seed)
    abilities = [chance.gauss(0, 1) for _ in range(learners)]
    return [[float(key(ability, chance)) for _ in range(questions)] for ability in abilities]


def joint_of(grades: Grades, place: int = 0) -> Joint:
    return Counter((row[place], len(row) - 1, round(sum(row) - row[place], 4)) for row in grades)


@pytest.mark.parametrize("seed", range(5))
def test_discrimination_agrees_with_an_independent_correlation(seed):
    grades = answered(150, seed=seed)
    found = items.discrimination(joint_of(grades, 2))
    rest = [(sum(row) - row[2]) / 5 for row in grades]
    assert (found.reason, found.n) == ("", 150)
    assert found.correlation == pytest.approx(independent([row[2] for row in grades], rest))
    assert found.interval.low < found.correlation < found.interval.high


def test_the_question_itself_is_no_part_of_the_rest():
    """Of answers that are all by chance, the correlation with the whole score would be about 1 / √6."""
    grades = answered(4000, key=lambda _, chance: chance.random() < 0.5)
    assert abs(items.discrimination(joint_of(grades)).correlation) < 0.05
    assert independent([row[0] for row in grades], [sum(row) for row in grades]) > 0.3


# Four of five learners are right everywhere else; the others have all sorts of scores there.
TIED = [[float(n % 2), *(float(n % 5 > 0 or n % 25 // 5 <= place) for place in range(5))] for n in range(300)]


@pytest.mark.parametrize(
    ("grades", "reason"),
    [
        (answered(300, questions=4), "needs 5 questions"),
        (answered(99), "needs 100 learners"),
        # Who stopped early has no rest score; those who are left are too few.
        ([*answered(99), *answered(500, questions=4)], "needs 100 learners"),
        ([[1.0, *row] for row in answered(300, questions=5)], "differ in their grade"),
        ([[float(n < 9), *row] for n, row in enumerate(answered(300, questions=5))], "differ in their grade"),
        ([[float(n % 2), 1.0, 1.0, 1.0, float(n % 3 > 0), 1.0] for n in range(300)], "2 different scores"),
        (TIED, "the same score"),
    ],
)
def test_where_the_correlation_would_say_nothing_it_is_withheld_with_the_reason(grades, reason):
    assert reason in items.discrimination(joint_of(grades)).reason


def test_two_others_in_ten_tied_scores_are_never_a_rest_score():
    grades = [[float(n % 2), float(n % 4 > 1), 1.0] for n in range(10)] * 100
    assert items.discrimination(joint_of(grades)).reason


def test_facility_is_the_mean_grade_and_the_share_that_was_fully_right():
    found = items.facility({(1.0, 3, 2.0): 6, (0.5, 3, 1.0): 2, (0.0, 3, 1.0): 2})
    assert found
    assert (found.n, found.mean, found.right) == (10, 0.7, 0.6)
    assert (found.interval, found.right_interval) == (wilson(0.7, 10), wilson(0.6, 10))


def test_of_fewer_than_five_learners_there_is_no_facility():
    assert items.facility({(1.0, 3, 2.0): 4}) is None
    assert items.facility({(1.0, 3, 2.0): 5}) is not None
    assert items.facility({}) is None


def flags(joint: Joint) -> list[str]:
    return [flag.name for flag in items.flags(items.facility(joint), items.discrimination(joint))]


def test_a_flag_needs_its_whole_interval_beyond_the_threshold():
    assert flags({(1.0, 0, 0.0): 34}) == []  # Wilson: 0.898 and up
    assert flags({(1.0, 0, 0.0): 35}) == ["too easy"]
    assert flags({(1.0, 0, 0.0): 46, (0.0, 0, 0.0): 4}) == []
    assert flags({(0.0, 0, 0.0): 15}) == []  # up to 0.204
    assert flags({(0.0, 0, 0.0): 16}) == ["too hard"]


def test_a_question_that_the_better_ones_miss_is_flagged():
    grades = [[1.0 - (sum(row) >= 3), *row] for row in answered(200, questions=5)]
    assert flags(joint_of(grades)) == ["negative"]
    assert flags(joint_of(grades[:99])) == []
    by_chance = [[float(n % 2), *row] for n, row in enumerate(answered(200, questions=5))]
    assert flags(joint_of(by_chance)) == []


def test_nobody_takes_a_distractor_is_said_from_73_learners_on():
    assert not items.is_unused(0, 72)
    assert items.is_unused(0, 73)
    assert not items.is_unused(1, 5000)


@given(st.lists(st.integers(0, 600), min_size=5, max_size=40))
def test_the_median_of_counts_is_that_of_the_values(values):
    assert items.median(Counter(values)) == independent_median(values)


def test_four_times_have_no_median():
    assert items.median({10: 4}) is None

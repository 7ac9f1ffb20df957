"""The intervals, against published worked examples and against properties that they must have."""

from math import atanh, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teach.statistics.intervals import Z, difference, fisher, wilson

NUMBERS = st.integers(1, 5000)


# R. G. Newcombe, "Two-sided confidence intervals for the single proportion: comparison of seven methods", Statistics in
# Medicine 17 (1998), 857-872, table I, method 3 (Wilson's score interval without continuity correction).
@pytest.mark.parametrize(
    ("right", "n", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_a_proportion_has_the_interval_of_newcombes_examples(right, n, low, high):
    found = wilson(right / n, n)
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


# R. G. Newcombe, "Interval estimation for the difference between independent proportions: comparison of eleven
# methods", Statistics in Medicine 17 (1998), 873-890, table II, method 10. There it is the first less the second.
@pytest.mark.parametrize(
    ("first", "second", "low", "high"),
    [
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((6, 7), (2, 7), 0.0582, 0.8062),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((0, 10), (0, 20), -0.1611, 0.2775),
        ((0, 10), (0, 10), -0.2775, 0.2775),
        ((10, 10), (0, 20), 0.6791, 1.0),
        ((10, 10), (0, 10), 0.6075, 1.0),
    ],
)
def test_a_difference_has_the_interval_of_newcombes_examples(first, second, low, high):
    found = difference(second[0] / second[1], second[1], first[0] / first[1], first[1])
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


# J. C. Pezzullo, Biostatistics For Dummies, "How precise is an r value?": r = 0.5 of 12 participants has a Fisher z of
# 0.549, with limits of -0.104 and 1.203.
def test_a_correlation_has_the_interval_of_the_textbooks_example():
    found = fisher(0.5, 12)
    assert (round(atanh(found.low), 3), round(atanh(found.high), 3)) == (-0.104, 1.203)


@given(st.integers(0, 400), st.integers(1, 400))
def test_wilsons_interval_holds_just_the_proportions_that_a_score_test_does_not_reject(right, more):
    """Its definition, worked out in another way: by searching for where |p - mean| is Z standard errors of p."""
    n = right + more
    found, mean = wilson(right / n, n), right / n
    for bound, outward in ((found.low, -1), (found.high, 1)):
        for step, is_inside in ((-1e-6, True), (1e-6, False)):
            at = bound + outward * step
            if 0 < at < 1:
                assert (abs(at - mean) <= Z * sqrt(at * (1 - at) / n)) is is_inside


@given(st.lists(st.sampled_from([0, 1 / 3, 0.5, 2 / 3, 1]), min_size=1, max_size=60))
def test_partial_credit_never_has_a_larger_variance_than_the_interval_supposes(grades):
    mean = sum(grades) / len(grades)
    assert sum((grade - mean) ** 2 for grade in grades) / len(grades) <= mean * (1 - mean) + 1e-12
    found = wilson(min(1.0, mean), len(grades))
    assert 0 <= found.low <= mean + 1e-9
    assert mean - 1e-9 <= found.high <= 1


@given(st.floats(0, 1), NUMBERS, st.floats(0, 1), NUMBERS)
def test_the_other_way_round_a_difference_has_the_other_sign(before, n, after, m):
    one, other = difference(before, n, after, m), difference(after, m, before, n)
    assert one.low == pytest.approx(-other.high)
    assert one.low <= after - before + 1e-9
    assert after - before - 1e-9 <= one.high


@given(st.floats(-1, 1), st.integers(4, 5000))
def test_a_correlations_interval_holds_it_and_ends_at_one(r, n):
    found = fisher(r, n)
    assert -1 <= found.low <= r + 1e-9
    assert r - 1e-9 <= found.high <= 1


def test_what_is_no_mean_and_no_correlation_has_no_interval():
    for mean, n in ((0.5, 0), (1.1, 10), (-0.1, 10)):
        with pytest.raises(ValueError, match="no mean"):
            wilson(mean, n)
    for r, n in ((0.5, 3), (1.2, 10)):
        with pytest.raises(ValueError, match="no correlation"):
            fisher(r, n)

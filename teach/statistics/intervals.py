"""Intervals around what was counted, each with the source of its formula. All are for a confidence of 95 %."""

from dataclasses import dataclass
from math import atanh, sqrt, tanh
from statistics import NormalDist

Z = NormalDist().inv_cdf(0.975)  # 1.959964
WHOLE = 1 - 1e-12  # a correlation from here on is a perfect one: its Fisher z would be infinite


@dataclass(frozen=True)
class Interval:
    """A range from `low` to `high`, both included."""

    low: float
    high: float


def wilson(mean: float, n: int) -> Interval:
    """Wilson's score interval for a proportion, or for the mean of n grades from 0 to 1.

    E. B. Wilson, "Probable inference, the law of succession, and statistical inference", Journal of the American
    Statistical Association 22 (1927), 209-212; method 3 of R. G. Newcombe, "Two-sided confidence intervals for the
    single proportion: comparison of seven methods", Statistics in Medicine 17 (1998), 857-872.

    Where there is partial credit, it is the same formula for the mean grade. No spread of values from 0 to 1 with a
    mean of m has a larger variance than m(1 - m), that of right and wrong alone (R. Bhatia and C. Davis, "A better
    bound on the variance", American Mathematical Monthly 107 (2000), 353-357). So the interval is then too wide, if
    anything, and it stays between 0 and 1.

    Raises:
        ValueError: there is nothing to take a mean of, or it is no mean of grades.
    """
    if n < 1 or not 0 <= mean <= 1:
        raise ValueError(f"no mean of grades from 0 to 1: {mean} of {n}")
    square = Z * Z
    middle = (mean + square / (2 * n)) / (1 + square / n)
    half = Z / (1 + square / n) * sqrt(mean * (1 - mean) / n + square / (4 * n * n))
    return Interval(max(0.0, middle - half), min(1.0, middle + half))


def difference(before: float, n_before: int, after: float, n_after: int) -> Interval:
    """Newcombe's hybrid score interval for `after` - `before`: two proportions, or mean grades, of different learners.

    Method 10 of R. G. Newcombe, "Interval estimation for the difference between independent proportions: comparison of
    eleven methods", Statistics in Medicine 17 (1998), 873-890. It is made of the two Wilson intervals.
    """
    old, new = wilson(before, n_before), wilson(after, n_after)
    apart = after - before
    down = sqrt((after - new.low) ** 2 + (old.high - before) ** 2)
    up = sqrt((new.high - after) ** 2 + (before - old.low) ** 2)
    return Interval(max(-1.0, apart - down), min(1.0, apart + up))


def fisher(correlation: float, n: int) -> Interval:
    """Fisher's interval for a correlation of n pairs: atanh(r) is about normal, with a variance of 1 / (n - 3).

    R. A. Fisher, "On the 'probable error' of a coefficient of correlation deduced from a small sample", Metron 1
    (1921), 3-32. It supposes two normal variables. Grades are not, so it is an approximation here, for many learners.

    Raises:
        ValueError: fewer than four pairs, or no correlation.
    """
    if n < 4 or not -1 <= correlation <= 1:  # noqa: PLR2004 - n - 3 must be positive
        raise ValueError(f"no correlation of at least four pairs: {correlation} of {n}")
    if abs(correlation) > WHOLE:
        return Interval(correlation, correlation)
    middle, half = atanh(correlation), Z / sqrt(n - 3)
    return Interval(tanh(middle - half), tanh(middle + half))

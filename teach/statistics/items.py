"""What first attempts say about a question: how hard it is, whether it tells learners apart, what to look at.

Everything here is a function of one table of counts (`Joint`), so that no learner is known to it. What is not supported
by enough answers is withheld, with the reason.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import sqrt

from teach.statistics.intervals import Interval, fisher, wilson

# How many learners have this grade (0 to 1), first answers to so many other questions of the lesson, and this sum of
# grades there.
Joint = Mapping[tuple[float, int, float], int]

LEAST = 5  # learners, before anything but their number is shown of a group, so that nobody's own answer can be read off
LEAST_OTHERS = 4  # other questions in a rest score, so that a quiz needs five
LEAST_LEARNERS = 100  # for a correlation: its interval is then about 0.2 to either side
LEAST_RESTS = 4  # different rest scores
LARGEST_TIE = 0.5  # the share of learners who may have the same rest score
LEAST_APART = 10  # learners whose grade is not the most frequent one

# Moodle calls a question "very easy" from 90 % on (docs.moodle.org, "Quiz report statistics", facility index).
TOO_EASY = 0.90
# Moodle calls it "difficult" up to 20 % (same place).
TOO_HARD = 0.20
# T. M. Haladyna and S. M. Downing, "How many options is enough for a multiple-choice test item?", Educational and
# Psychological Measurement 53 (1993), 999-1010: a distractor that fewer than 5 % choose does not work.
UNUSED = 0.05


NOTHING = Interval(0.0, 0.0)


@dataclass(frozen=True)
class Facility:
    """The facility of a question: how easy it was at the first attempt.

    `mean` is the mean grade, `right` the share of those who were fully right; both from 0 to 1, with their intervals.
    """

    n: int
    mean: float
    interval: Interval
    right: float
    right_interval: Interval


@dataclass(frozen=True)
class Discrimination:
    """The corrected item-rest correlation of n learners, or why it is withheld: then `reason` is not empty."""

    n: int
    correlation: float = 0.0
    interval: Interval = NOTHING
    reason: str = ""


@dataclass(frozen=True)
class Flag:
    """A hint at something to look at: in a word or two, and why."""

    name: str
    says: str


def learners(joint: Joint) -> int:
    """How many learners answered."""
    return sum(joint.values())


def facility(joint: Joint) -> Facility | None:
    """Mean grade and share of right answers, or None for fewer than LEAST learners."""
    n = learners(joint)
    if n < LEAST:
        return None
    mean = min(1.0, sum(grade * count for (grade, _, _), count in joint.items()) / n)
    right = sum(count for (grade, _, _), count in joint.items() if grade == 1) / n
    return Facility(n, mean, wilson(mean, n), right, wilson(right, n))


def discrimination(joint: Joint) -> Discrimination:
    """Whether those who do better elsewhere in the lesson do better here: the corrected item-rest correlation.

    Pearson's correlation of the grade with the mean grade of the *other* questions that the learner answered, first
    attempts only. With the question itself in the score, the correlation would be too high (S. Henrysson, "Correction
    of item-total correlations in item analysis", Psychometrika 28 (1963), 211-218).
    """
    counted = {key: count for key, count in joint.items() if key[1] >= LEAST_OTHERS}
    n = sum(counted.values())
    reason = _too_few(joint, n) or _too_tied(counted, n)
    if reason:
        return Discrimination(n, reason=reason)
    found = correlation([(grade, rest / others, count) for (grade, others, rest), count in counted.items()])
    return Discrimination(n, found, fisher(found, n))


def _too_few(joint: Joint, n: int) -> str:
    if max((others for _, others, _ in joint), default=0) < LEAST_OTHERS:
        return f"needs {LEAST_OTHERS + 1} questions"
    return f"needs {LEAST_LEARNERS} learners with {LEAST_OTHERS} other answers" if n < LEAST_LEARNERS else ""


def _too_tied(counted: Joint, n: int) -> str:
    """Why nothing can be said of grades or rest scores that are nearly all the same."""
    grades: Counter[float] = Counter()
    rests: Counter[float] = Counter()
    for (grade, others, rest), count in counted.items():
        grades[grade] += count
        rests[round(rest / others, 4)] += count
    if n - max(grades.values()) < LEAST_APART:
        return f"fewer than {LEAST_APART} learners differ in their grade"
    if len(rests) < LEAST_RESTS:
        return f"only {len(rests)} different scores on the other questions"
    if max(rests.values()) > LARGEST_TIE * n:
        return f"more than {LARGEST_TIE * 100:g} % have the same score on the other questions"
    return ""


def correlation(pairs: Iterable[tuple[float, float, int]]) -> float:
    """Pearson's correlation of pairs of values, each with how often it is there; neither value may be constant."""
    there = list(pairs)
    n = sum(count for _, _, count in there)
    mean_x = sum(x * count for x, _, count in there) / n
    mean_y = sum(y * count for _, y, count in there) / n
    together = sum((x - mean_x) * (y - mean_y) * count for x, y, count in there)
    spread = sqrt(
        sum((x - mean_x) ** 2 * count for x, _, count in there)
        * sum((y - mean_y) ** 2 * count for _, y, count in there)
    )
    return max(-1.0, min(1.0, together / spread))


def flags(found: Facility | None, apart: Discrimination) -> list[Flag]:
    """What to look at. A flag needs its whole interval on the far side, so small numbers raise none."""
    raised = []
    if found and found.interval.low > TOO_EASY:
        raised.append(Flag("too easy", f"the mean grade is above {TOO_EASY:g}, with all of its interval"))
    if found and found.interval.high < TOO_HARD:
        raised.append(Flag("too hard", f"the mean grade is below {TOO_HARD:g}, with all of its interval"))
    if not apart.reason and apart.interval.high < 0:
        raised.append(
            Flag("negative", "those who do better on the other questions do worse here: is the key right, is it clear?")
        )
    return raised


def is_unused(taken: int, n: int) -> bool:
    """Whether nobody takes a distractor: 0 of n, with n so large that its interval ends below UNUSED (from 73 on)."""
    return taken == 0 and n >= LEAST and wilson(0.0, n).high < UNUSED


def median(counts: Mapping[int, int]) -> float | None:
    """The median of whole numbers by how often each is there; None for fewer than LEAST of them."""
    n = sum(counts.values())
    if n < LEAST:
        return None
    low, high = _at(counts, (n - 1) // 2), _at(counts, n // 2)
    return (low + high) / 2


def _at(counts: Mapping[int, int], place: int) -> int:
    """The value at a place, from 0, in the order of size."""
    for value in sorted(counts):
        place -= counts[value]
        if place < 0:
            return value
    raise IndexError(place)

"""Loses one part in one way while the load goes on, and says what readers saw of it."""

import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from tests.faults.deployment import Deployment
from tests.faults.load import ANSWER, CELERY, KINDS, LESSON, OVER, POLL, Asked, Load
from tests.running_process import wait_until

KILL, STOP, SILENCE = "kill -9", "SIGTERM", "silence"
SILENT = 12.0  # seconds: longer than the lease of a run
BEFORE, AFTER = 1.5, 1.0  # seconds of load before the loss, and after all is well again
PATIENCE = 20.0  # seconds until a part that was started again counts as never coming back
WELL = 2.0  # seconds without a refusal after which all is well
LEASE = 20.0  # seconds in which a run that nobody works on any more has been said to be lost


@dataclass(frozen=True)
class Bounds:
    """What is allowed, in the words of the table's columns."""

    recovery: float  # seconds from the loss, or from the end of a silence, until the last refusal
    longest_refusal: float  # seconds that a reader waited for one
    refused: frozenset[str]  # the kinds of requests that may be refused at all
    lost_runs: bool = False  # whether accepted runs may be said to be lost
    slowest_lesson: float = 5  # seconds
    no_answer: bool = False  # whether readers may find nobody at all


@dataclass
class Loss:
    """What became of one loss."""

    part: str
    way: str
    bounds: Bounds
    asked: list[Asked]
    at: float  # when the part was lost,
    back: float  # and when it was started again, or went on
    runs: Counter[str]
    kept: Counter[int]
    restarted: int
    experiments: str = ""  # what became of the one that was going on, and of the next one
    broken: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.broken = [*self._lost_for_good(), *self._seen_by_readers()]

    @property
    def bad(self) -> list[Asked]:
        """What was refused or came to nothing since the part was lost."""
        return [asked for asked in self.asked if asked.ended > self.at and not asked.is_good]

    @property
    def recovery(self) -> float:
        """Seconds from the loss, or from the end of a silence, until the last one was refused."""
        since = self.back if self.way == SILENCE else self.at
        return max((asked.ended - since for asked in self.bad if asked.ended > since), default=0.0)

    @property
    def slowest(self) -> float:
        """Seconds that the slowest good answer of a lesson took."""
        return max((asked.seconds for asked in self.asked if asked.kind == LESSON and asked.is_good), default=0.0)

    @property
    def slowest_other(self) -> float:
        """The same of everything else that does not wait by itself."""
        others = {CELERY, POLL, ANSWER}
        return max((asked.seconds for asked in self.asked if asked.kind in others and asked.is_good), default=0.0)

    @property
    def longest_refusal(self) -> float:
        return max((asked.seconds for asked in self.bad), default=0.0)

    def seen(self, kind: str) -> str:
        """What readers saw of one kind: how many were answered well, and how the others."""
        of_kind = [asked for asked in self.asked if asked.kind == kind and asked.ended > self.at]
        bad = Counter(asked.status or "no answer" for asked in of_kind if not asked.is_good)
        good = sum(asked.is_good for asked in of_kind)
        return " + ".join([f"{good} good", *(f"{count} × {status}" for status, count in sorted(bad.items(), key=str))])

    def words(self) -> Counter[str]:
        return Counter(f"{asked.status} {asked.words}" for asked in self.bad)

    def _lost_for_good(self) -> Iterable[str]:
        if lost := sum(count for times, count in self.kept.items() if times != 1):
            yield f"{lost} acknowledged answers are not in the database once"
        if never := sum(count for state, count in self.runs.items() if state not in OVER):
            yield f"{never} accepted runs came to no end ({dict(self.runs)})"
        if self.runs["lost"] and not self.bounds.lost_runs:
            yield f"{self.runs['lost']} accepted runs were lost"
        if self.experiments and not self.experiments.endswith("succeeded"):
            yield f"experiments: {self.experiments}"

    def _seen_by_readers(self) -> Iterable[str]:
        allowed = {502, 503, 504} | ({0} if self.bounds.no_answer else set())
        for status in sorted({asked.status for asked in self.bad} - allowed):
            yield f"readers saw {status or 'no answer'}: {[asked for asked in self.bad if asked.status == status][:3]}"
        for kind in KINDS:
            if kind not in self.bounds.refused and any(asked.kind == kind for asked in self.bad):
                yield f"{kind} was refused"
        if self.recovery > self.bounds.recovery:
            yield f"the last refusal came after {self.recovery:.1f} s"
        if self.slowest > self.bounds.slowest_lesson:
            yield f"a lesson took {self.slowest:.1f} s"
        if self.longest_refusal > self.bounds.longest_refusal:
            yield f"a refusal took {self.longest_refusal:.1f} s"


def lose(site: Deployment, part: str, way: str, bounds: Bounds) -> Loss:
    """Lose a part while the load goes on, and wait until all is well again by itself."""
    process = site.parts[part]
    one = _an_experiment(site) if part == "experiments" else ""
    before = site.restarts.count.get(part, 0)
    with Load(site) as load:
        time.sleep(BEFORE)
        at = time.monotonic()
        if way == SILENCE:
            process.pause()
            time.sleep(SILENT)
            process.resume()
        elif way == KILL:
            process.kill()
        else:
            process.ask_to_end()
        back = time.monotonic()

        def is_back() -> bool:
            return way == SILENCE or (site.restarts.count.get(part, 0) > before and process.answers(process))

        while time.monotonic() < back + PATIENCE and not (is_back() and is_well(load)):
            time.sleep(0.1)
        time.sleep(AFTER)
    runs = load.wait_for_runs(LEASE)
    experiments = f"{_end_of(site, one)}, the next one {_end_of(site, _an_experiment(site))}" if one else ""
    restarted = site.restarts.count.get(part, 0) - before
    return Loss(part, way, bounds, load.asked, at, back, runs, load.kept(), restarted, experiments)


def is_well(load: Load) -> bool:
    """Whether each kind of request was answered well in the last moments, and none was refused."""
    since = time.monotonic() - WELL
    lately = [asked for asked in list(load.asked) if asked.ended > since]
    return all(asked.is_good for asked in lately) and {asked.kind for asked in lately} >= set(KINDS) - {POLL}


def _an_experiment(site: Deployment) -> str:
    """Start one; gives its path."""
    answer = site.post("/demos/experiments/saturation/", {})
    assert answer.status == 202, answer.text
    return str(answer.headers["Location"])


def _end_of(site: Deployment, path: str) -> str:
    """Wait until a run of an experiment is over, and give its state."""
    wait_until(lambda: site.state_of(path) in OVER, f"the experiment {path} is over", 60, every=0.3)
    return site.state_of(path)

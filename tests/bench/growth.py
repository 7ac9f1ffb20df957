"""What grows with the lessons, the answers and the queue: each figure with few and with many, and their ratio."""

from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Growth:
    """What took so long with few of something and so long with many, in seconds: each time that it was measured.

    It is met when the median of the many is at most `ratio` times that of the few, or when the slowest of the many took
    at most `seconds`. One of the two is given. `why` says what grows, where something does.
    """

    name: str
    few: list[float]
    many: list[float]
    ratio: float = 0.0
    seconds: float = 0.0
    why: str = ""

    @property
    def grew(self) -> float:
        """How many times as long the many take."""
        return median(self.many) / median(self.few)

    @property
    def is_met(self) -> bool:
        """Whether it is within its bound."""
        return self.grew <= self.ratio if self.ratio else max(self.many) <= self.seconds

    @property
    def row(self) -> str:
        """A row of the table of docs/benchmarks.md."""
        bound = f"{self.ratio:g} × as long" if self.ratio else f"{self.seconds:g} s"
        return " | ".join(
            [
                f"| {self.name}",
                *(f"{median(found) * 1000:,.1f}" for found in (self.few, self.many)),
                f"{max(self.many) * 1000:,.1f}",
                f"{self.grew:.1f}",
                bound,
                f"{'met' if self.is_met else '**not met**'} |",
            ]
        )


def table(title: str, few: str, many: str, found: list[Growth]) -> list[str]:
    """The rows of a table of docs/benchmarks.md, and below it why something grows."""
    return [
        f"| {title} | {few}, ms | {many}, ms | slowest, ms | ratio | at most | |",
        "| --- | ---: | ---: | ---: | ---: | ---: | --- |",
        *(growth.row for growth in found),
        "",
        *(f"{growth.name}: {growth.why}" for growth in found if growth.why),
    ]

"""The check of what an instructor types, for each construct that could make it slow, by the length of the text."""

import os
import tempfile
import time
from dataclasses import dataclass

from tests.costly_texts import CONSTRUCTS, Construct

SIZES = (25, 50, 100, 200)  # KB; the last is the longest text that is taken
BOUND = 1.5  # seconds of processor time, of the longest
RATIO = 2.5  # the seconds of the longest to those of half of it
SHORTEST = 0.05  # seconds, below which no ratio says anything


@dataclass(frozen=True)
class Typed:
    """The seconds of processor time for a construct, by SIZES."""

    name: str
    seconds: list[float]

    @property
    def ratio(self) -> float:
        """That of the longest to half of it; 0 where both take next to nothing."""
        return self.seconds[-1] / self.seconds[-2] if self.seconds[-2] > SHORTEST else 0.0

    @property
    def is_met(self) -> bool:
        """Whether none takes more than the bound, and the longest about twice as long as half of it."""
        return max(self.seconds) <= BOUND and (self.ratio <= RATIO or self.seconds[-1] <= SHORTEST)

    @property
    def row(self) -> str:
        """A row of the table of docs/benchmarks.md."""
        seconds = " | ".join(f"{seconds:.2f}" for seconds in self.seconds)
        ratio = f"{self.ratio:.1f}" if self.ratio else ""
        return f"| {self.name} | {seconds} | {ratio} | {'met' if self.is_met else '**not met**'} |"


def measure() -> list[Typed]:
    """Check every construct in every size, in this process. Takes a minute."""
    _set_up()
    from teach.checking import held_against_content

    def seconds(construct: Construct, size: int) -> float:
        text = construct.text(size * 1000)
        began = time.process_time()
        held_against_content(f"defining-tasks/{construct.filename.replace('learn', 'performance')}", text)
        return time.process_time() - began

    held_against_content("defining-tasks/performance.md", "")  # reads the content
    return [
        Typed(construct.name, [min(seconds(construct, size) for _ in range(2)) for size in SIZES])
        for construct in CONSTRUCTS
    ]


def _set_up() -> None:
    os.environ.setdefault("DATA_DIR", tempfile.mkdtemp(prefix="offload-bench-"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.bench.settings")
    import django

    django.setup()


def report(found: list[Typed]) -> str:
    """The figures as Markdown: of constructs that are refused, or take next to nothing, only how many there are."""
    shown = sorted(
        (typed for typed in found if max(typed.seconds) > SHORTEST or not typed.is_met),
        key=lambda one: -max(one.seconds),
    )
    few = len(found) - len(shown)
    sizes = " | ".join(f"{size} KB, s" for size in SIZES)
    rows = [
        "",
        "The check of a text that an instructor types, one construct over and over (tests/costly_texts.py): the lower",
        f"of two processor times. It takes at most {BOUND:g} s, and at {SIZES[-1]} KB at most {RATIO:g} times as long",
        f"as at {SIZES[-2]} KB. What is too much of one thing is refused at once. {few} of {len(found)}",
        f"constructs take at most {SHORTEST:g} s in each size, and are not shown.",
        "",
        f"| Construct | {sizes} | ratio | |",
        f"| --- |{' ---: |' * len(SIZES)} ---: | --- |",
        *(typed.row for typed in shown),
        "",
    ]
    return "\n".join(rows)


if __name__ == "__main__":
    print(report(measure()))

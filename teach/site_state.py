"""The site as a page shows it: tables, and pictures of what is to be compared."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from math import inf, isinf

from django.conf import settings
from django.urls import get_resolver

from charts.bars import Bar, bar_chart
from charts.scale import Axis
from charts.shapes import Picture
from demos.store import traffic
from demos.store.traffic import Times, Traffic
from frontdoor import metrics
from frontdoor.recent import Recent
from stopwatch.units import MS
from teach.statistics.tables import Cell, Column, Figure, Table, number, text

MOST = 12  # kinds of request in the picture, the slowest of them
LONGEST = 26  # characters of an address beside its time, on a narrow screen
SOON = 10  # seconds, which is the longest run of the demo: whoever waits for longer waits behind several
CONSUMES, CONSUMED_BY_NONE = "consumes the queue", "none consumes the queue"
TYPICAL = (Column("Half within", is_number=True), Column("95 % within", is_number=True))


def now(going: Traffic | None, counted: Recent | None, processes: int) -> Table:
    """Who waits, and what is there to serve them. What needs somebody is said below."""
    rows, needs = [("Web processes", f"{processes:,}")], []
    if counted:
        taken = counted.now.get(("offload_places_taken", (("of", "blocking"),)), 0)
        rows.append(("Places for blocking work", f"{taken:.0f} of {settings.SEATS:,} taken"))
    if going:
        waiting, experiments = (going.workers[queue] for queue in (settings.WAITING_QUEUE, settings.EXPERIMENTS_QUEUE))
        rows.append(("Worker of the demo's runs and of mail", CONSUMES if waiting else CONSUMED_BY_NONE))
        rows.append(("Worker of experiments", CONSUMES if experiments else CONSUMED_BY_NONE))
        rows.append(("Oldest message", f"{going.oldest:,.1f} s" if going.queued else "none"))
        rows.append(("Messages on the queue", f"{going.queued:,} of {settings.QUEUED_RUNS:,}"))
        rows.append(("Experiments in the line", f"{going.in_line:,}"))
        if not waiting:
            needs.append("No run of the demo begins before a worker is back: start one.")
        if not experiments:
            needs.append("No experiment begins before a worker takes their queue: start one.")
        if waiting and going.oldest > SOON:
            needs.append(f"The oldest message waits for more than {SOON} s: the worker is full.")
    return Table(
        "now", "Now", (Column("What"), Column("Now")), [tuple(map(text, row)) for row in rows], " ".join(needs)
    )


def requests(counted: Recent) -> Figure:
    """Requests by their address, the slowest first."""
    found = _times_of_requests(counted)
    listed = sorted(found.items(), key=lambda each: (-within(each[1], 0.95), each[0]))
    numbers = (Column("Requests", is_number=True), *TYPICAL, Column("Processor, each", is_number=True))
    worked = _processor_seconds(counted)
    rows = [
        (*_row(kind, counts, metrics.EDGES[-1]), text(MS.text(worked[kind] / counts.total() * 1000)))
        for kind, counts in listed
    ]
    return Figure(Table("requests", "How long requests took", (Column("Address"), *numbers), rows), _slowest(listed))


@cache
def address_of(kind: str) -> str:
    """The address that requests of a kind were for, like /quiz/<lesson>/. What is no address's name stays as it is."""
    spaces, _, name = kind.rpartition(":")
    before, resolver = "/", get_resolver()
    if spaces in resolver.namespace_dict:
        below, resolver = resolver.namespace_dict[spaces]
        before += below
    patterns = resolver.reverse_dict.getlist(name)
    if not patterns:
        return kind
    # Of each name there is one pattern here: the address with places for what it carries, and their names.
    (pattern, carried) = patterns[0][0][0]
    return f"{before}{pattern % {each: f'<{each}>' for each in carried}}"


def refusals(counted: Recent) -> Table:
    """What was refused, by the bound that it met."""
    grown = {
        dict(labels)["bound"]: round(value)
        for (name, labels), value in counted.counted.items()
        if name == "offload_refusals_total" and value
    }
    rows = [
        (text(bound), number(count)) for bound, count in sorted(grown.items(), key=lambda each: (-each[1], each[0]))
    ]
    return Table("refusals", "What was refused", (Column("Bound"), Column("Times", is_number=True)), rows)


def runs(going: Traffic) -> list[Table]:
    """How runs ended, and how long they waited and ran, since the store has its data."""
    ended = [(text(kind), text(how), number(count)) for (kind, how), count in sorted(going.outcomes.items())]
    columns = (Column("Run"), Column("How it ended"), Column("Runs", is_number=True))
    tables = [
        Table("outcomes", "How runs ended", columns, ended),
        _times_of_runs("waits", "How long runs waited for a worker", going.waits),
        _times_of_runs("run-times", "How long runs took, once begun", going.runs),
    ]
    return [table for table in tables if table.rows]


def _times_of_requests(counted: Recent) -> dict[str, Counter[float]]:
    """For each kind, how many requests took up to each edge, and more than the one below."""
    up_to: dict[str, Counter[float]] = defaultdict(Counter)
    for (name, labels), value in counted.counted.items():
        if name == "offload_request_seconds_bucket":
            of = dict(labels)
            up_to[of["kind"]][float(of["le"])] += round(value)
    edges = [0.0, *metrics.EDGES, inf]
    each = {
        kind: Counter({edge: found[edge] - found[below] for below, edge in pairwise(edges)})
        for kind, found in up_to.items()
    }
    return {kind: counts for kind, counts in each.items() if counts.total()}


def _processor_seconds(counted: Recent) -> dict[str, float]:
    """For each kind, for how long the processor worked for its requests."""
    found: dict[str, float] = defaultdict(float)
    for (name, labels), value in counted.counted.items():
        if name == "offload_request_processor_seconds_total":
            found[dict(labels)["kind"]] += value
    return found


def _times_of_runs(name: str, caption: str, of: dict[str, Times]) -> Table:
    rows = [_row(kind, times.counts, traffic.EDGES[-2]) for kind, times in sorted(of.items())]
    return Table(name, caption, (Column("Run"), Column("Runs", is_number=True), *TYPICAL), rows)


def _row(kind: str, counts: Counter[float], last: float) -> tuple[Cell, ...]:
    typical = (text(_words(within(counts, share), last)) for share in (0.5, 0.95))
    return (text(address_of(kind)), number(counts.total()), *typical)


def within(counts: Counter[float], share: float) -> float:
    """The lowest edge, in seconds, up to which such a share of what was counted lies; infinite above the last one."""
    needed, up_to = share * counts.total(), 0
    for edge, count in sorted(counts.items()):
        up_to += count
        if up_to >= needed:
            return edge
    return inf


def _end_of(address: str) -> str:
    """An address as there is room for it in a picture: its end, which tells it from others that begin like it."""
    return address if len(address) <= LONGEST else f"…{address[1 - LONGEST :]}"


def _words(edge: float, last: float) -> str:
    return f"more than {MS.text(last * 1000)}" if isinf(edge) else MS.text(edge * 1000)


def _slowest(listed: Sequence[tuple[str, Counter[float]]]) -> Picture | None:
    last = metrics.EDGES[-1]
    ends = [(_end_of(address_of(kind)), within(counts, 0.95)) for kind, counts in listed[:MOST]]
    longest = max((min(end, last) for _, end in ends), default=last)
    bars = [
        Bar(kind, _words(end, last), f"95 % took {_words(end, last)} or less", min(end, last) * 1000)
        if not isinf(end)
        else Bar(kind, _words(end, last), f"some took {_words(end, last)}", last * 1000)
        for kind, end in ends
    ]
    title = "95 % of requests within"
    if len(listed) > MOST:
        title += f": the {MOST} slowest of {len(listed)} addresses"
    return bar_chart("requests", title, bars, Axis("95 % within", longest * 1000, at_most=3))

"""How long each stage of a lane took: the server's response, the browser's rendering, the page's reaction to the click.

All of them are read from the browser's one clock, so they may be subtracted from each other and share one scale.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from charts.bars import strip
from charts.shapes import Shape
from demos.cases import COLOURS, LANES
from lessons.registry import RenderedBlock
from stopwatch.definitions import INP
from stopwatch.measured import Board, Measured
from stopwatch.provenance import provenance_of, word
from stopwatch.registry import cases
from stopwatch.units import MS


@dataclass(frozen=True)
class Bar:
    """One stage of one lane.

    Attributes:
        lane: "hold" or "free".
        text: the length with its unit, or why there is none.
        rating: "good", "needs improvement" or "poor" where there are thresholds.
        shapes: the bar, as long as its share of the longest bar of all.
    """

    lane: str
    name: str
    whose: str
    text: str
    rating: str = ""
    shapes: Sequence[Shape] = tuple(strip(None))


def context(block: RenderedBlock, board: Board, *_: object) -> Mapping[str, Any]:
    """The author's stages with the bars of both lanes, all on one scale."""
    return {
        "stages": list(zip(block.children, bars(board, len(block.children)), strict=True)),
        "provenance": provenance_of(board, LANES),
    }


Stage = Callable[[Measured], float | None]  # how long it took in ms, by a lane's figures


def bars(board: Board, count: int) -> list[list[Bar]]:
    """For each of the author's stages, in their order, one bar a lane; none for stages past the third."""
    found = {case: board.of(case) for case in LANES}
    lengths = {(stage, case): stage(run) if run else None for stage in STAGES for case, run in found.items()}
    longest = max([1.0, *(length for length in lengths.values() if length is not None)])
    measured = [
        [_bar(case, run, stage, lengths[stage, case], longest) for case, run in found.items()] for stage in STAGES
    ]
    return [*measured, *([] for _ in range(count))][:count]


def server_response(measured: Measured) -> float | None:
    """From sending the request, or from the click where the browser hides that moment, to the first byte, in ms."""
    first_byte = measured.get("first-byte")
    return None if first_byte is None else first_byte - (measured.get("request-start") or 0)


def rendering(measured: Measured) -> float | None:
    """From the last byte until the response was painted, in ms."""
    response, last_byte = measured.get("click-to-response"), measured.get("response-end")
    return None if response is None or last_byte is None else max(0.0, response - last_byte)


def interaction(measured: Measured) -> float | None:
    """The click's INP in ms."""
    return measured.get("inp")


# In the order in which an author names them.
STAGES: tuple[Stage, ...] = (server_response, rendering, interaction)


def _bar(case: str, measured: Measured | None, stage: Stage, length: float | None, longest: float) -> Bar:
    if measured is None or length is None:
        return Bar(COLOURS[case], cases[case].title, word(measured), "not measured" if measured else "")
    is_inp = stage is interaction
    bound = measured.bound("inp") if is_inp else ""
    return Bar(
        COLOURS[case],
        cases[case].title,
        word(measured),
        bound + MS.text(length),
        INP.rating(length) if is_inp else "",
        strip(100 * length / longest),
    )

"""Requests as dots of a picture: across, when one was due; up, its latency so far."""

from collections.abc import Sequence
from typing import Literal

from charts.dots import Dots
from demos.bench.load import Outcome, Sample

SHAPES: tuple[tuple[Outcome, Literal["dot", "ring", "square"], str], ...] = (
    (Outcome.ANSWERED, "dot", ""),
    (Outcome.WAITING, "ring", "still waiting"),
    (Outcome.FAILED, "square", "failed"),
)


def dots_of(samples: Sequence[Sample]) -> list[Dots]:
    """A shape for each outcome. All values are ms."""
    return [
        Dots([(sample.due_ms, sample.latency_ms) for sample in samples if sample.outcome is outcome], shape, words)
        for outcome, shape, words in SHAPES
    ]

"""The recorded run of an experiment, for whoever has not run it: what stands beside the lesson."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lessons.registry import Files
from stopwatch.recorded import board_of


@dataclass(frozen=True)
class Recorded:
    """Recorded figures, in ms by name, and when, where and with what they were made. Both are empty without any.

    `detail` is what the driver told, for the picture; None without it.
    """

    figures: Mapping[str, float]
    label: str
    detail: Any = None


def recorded_of(experiment: str, files: Files) -> Recorded:
    """What a lesson's files have of an experiment."""
    board = board_of(files)
    found = board.of(experiment)
    return Recorded(found.figures, found.label, found.detail) if found else Recorded({}, "")

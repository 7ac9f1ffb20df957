"""The recorded run of each experiment, for whoever has not run it: recorded.json, which lies beside its code."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FILE = "recorded.json"


@dataclass(frozen=True)
class Recorded:
    """Recorded figures by name, and when, where and with what they were made. Both are empty without any.

    `detail` is what the driver told, for the picture; None without it.
    """

    figures: Mapping[str, float]
    label: str
    detail: Any = None


NOTHING = Recorded({}, "")


@cache
def recorded_of(experiment: str) -> Recorded:
    """What is recorded of an experiment. It is read once: it changes as code does."""
    path = file_of(experiment)
    if not path.exists():
        return NOTHING
    kept = json.loads(path.read_text())
    return Recorded(kept["figures"], f"{kept['date']}, {kept['machine']}, {kept['versions']}", kept["detail"])


def file_of(experiment: str) -> Path:
    """Where the recorded run of an experiment lies."""
    return Path(__file__).parent / experiment / FILE

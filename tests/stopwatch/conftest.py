"""Receipts and boards as the tests need them."""

import time
import uuid
from collections.abc import Callable
from typing import Any

import pytest

from stopwatch.measured import Board, Measured
from stopwatch.receipts import Receipt, owner_mark

ANSWERED = {"click-to-answer": "3010.5", "click-to-report": "3010.5"}


def receipt_of(learner: uuid.UUID | None = None, **changes: Any) -> Receipt:
    """A receipt of three seconds inside a request, which ended just now."""
    held = {"run": uuid.uuid4().hex, "demo": "blocking", "owner": owner_mark(learner), "seconds": 3.0}
    return Receipt(**{**held, "began": time.time() - 3.2, "figures": {"held": 3001.2}, **changes})


@pytest.fixture
def board() -> Callable[..., Board]:
    """Makes a board of the reader's own figures: `board(blocking={"inp": 16.0})`."""

    def make(**figures: dict[str, float]) -> Board:
        return Board({case: Measured(case, 3.0, found) for case, found in figures.items()})

    return make

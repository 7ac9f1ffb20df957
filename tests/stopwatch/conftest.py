"""Receipts and boards as the tests need them."""

import time
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from stopwatch import registry
from stopwatch.measured import Board, Measured
from stopwatch.receipts import Receipt, owner_mark
from stopwatch.registry import Case, Figure, Where, register_case
from stopwatch.units import Unit

ANSWERED = {"click-to-response": "3010.5", "click-to-report": "3010.5"}


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


MEMORY = Figure(
    "memory",
    "Memory of a worker",
    "How much it held in the end.",
    Where.GENERATOR,
    Unit("MB", 0, below_ten=1, quantity="Memory"),
    in_statistics=True,
)


@pytest.fixture
def made_up() -> Iterator[Case]:
    """A case that nothing names, with one figure, in a unit that no other case has; known while a test runs."""
    known = [dict(registry.cases), dict(registry.rules), dict(registry.claim_tests), dict(registry.runners)]
    case = Case(name="pools", title="Pools", group="Pools", figures=(MEMORY,), scope="site", code=("*.py",))
    register_case(case)
    yield case
    for register, before in zip(
        (registry.cases, registry.rules, registry.claim_tests, registry.runners), known, strict=True
    ):
        register.clear()  # type: ignore[attr-defined]
        register.update(before)  # type: ignore[attr-defined]

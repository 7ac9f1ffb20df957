"""Rates on a clock that stands still: in no test does a minute begin between two counts, with which they start anew."""

from functools import partial

import pytest

from frontdoor.rates import Rates


def _now() -> float:
    return 0.0


still_rates = partial(Rates, clock=_now)


def stand_still(monkeypatch: pytest.MonkeyPatch, *rates: Rates, **bounds: int) -> None:
    """Let the site's own rates, which count across tests, start at nothing and stand still.

    `bounds` are other ones, for this test: how often one `learner` may, and one `address`.
    """
    for rate in rates:
        rate._counts.clear()
        monkeypatch.setattr(rate, "_clock", _now)
        for name, bound in bounds.items():
            monkeypatch.setattr(rate, name, bound)

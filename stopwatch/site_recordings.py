"""Recorded runs of cases that belong to the whole site, for whoever has not run them: JSON beside the code of each.

`date`, `machine` and `versions` say when, where and with what it was made; `code` is the digest of what was measured.
"""

import json
import logging
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core import checks

from stopwatch.digests import digest_of
from stopwatch.measured import Measured
from stopwatch.registry import Case, cases

logger = logging.getLogger(__name__)

ABOUT = ("date", "machine", "versions")
AGAIN = "Record it anew: `make record`."


class Unreadable(ValueError):
    """A recording that cannot be shown. The text says why."""


def site_recordings() -> dict[str, Measured]:
    """The recorded run of each case that has one."""
    return {name: found for name in cases if (found := recorded_of(name))}


@cache
def recorded_of(name: str) -> Measured | None:
    """What is recorded of a case, or None. It is read once: it changes as code does."""
    case = cases[name]
    if not _is_there(case):
        return None
    try:
        return read(case)
    except Unreadable as error:
        logger.warning("%s: %s", case.recording, error)
        return None


def read(case: Case) -> Measured:
    """Read the recording of a case.

    Raises:
        Unreadable: it cannot be read, or does not hold what the case can have.
    """
    kept = _kept(case)
    try:
        figures = {_figure(case, name): float(value) for name, value in kept["figures"].items()}
        label = ", ".join(str(kept[name]) for name in ABOUT)
        at_most = frozenset(_figure(case, name) for name in kept.get("at_most", ()))
        seconds, detail = float(kept.get("seconds", 0.0)), kept.get("detail")
    except (LookupError, TypeError, ValueError, AttributeError) as error:
        raise Unreadable(f"this is no recording of “{case.name}”: {error}.") from error
    if not case.can_show(detail):
        raise Unreadable(f"its detail is not what “{case.name}” tells.")
    return Measured(case.name, seconds, figures, at_most, is_recorded=True, detail=detail, label=label)


def write(case: Case, measured: Measured, about: Mapping[str, str]) -> None:
    """Write the recording of a case. `about` has the fields of ABOUT."""
    text = {
        **{name: about[name] for name in ABOUT},
        "code": digest_of(case),
        "seconds": measured.seconds,
        "figures": dict(measured.figures),
        "at_most": sorted(measured.at_most),
        "detail": measured.detail,
    }
    _file(case).write_text(json.dumps(text, separators=(",", ":")) + "\n")
    recorded_of.cache_clear()


def stale_recordings(**_: Any) -> list[checks.CheckMessage]:
    """What `manage.py check --deploy` says of recordings that cannot be read, or that other code was measured for."""
    found: list[checks.CheckMessage] = []
    for case in filter(_is_there, cases.values()):
        try:
            read(case)
        except Unreadable as error:
            found.append(checks.Error(str(error), AGAIN, case.recording, "stopwatch.E001"))
            continue
        if _kept(case).get("code") != digest_of(case):
            says = "The code or the packages that were measured have changed since this was recorded."
            found.append(checks.Warning(says, AGAIN, case.recording, "stopwatch.W001"))
    return found


def _kept(case: Case) -> dict[str, Any]:
    try:
        kept = json.loads(_file(case).read_text())
    except (OSError, ValueError) as error:
        raise Unreadable(f"it cannot be read: {error}.") from error
    if not isinstance(kept, dict):
        raise Unreadable("it is no JSON object.")
    return kept


def _is_there(case: Case) -> bool:
    return bool(case.recording) and _file(case).exists()


def _file(case: Case) -> Path:
    return Path(settings.BASE_DIR) / case.recording


def _figure(case: Case, name: str) -> str:
    figure = case.figure(name)
    if figure is None:
        raise LookupError(f"it never has “{name}”")
    return figure.name

"""What becomes of a driver that misbehaves: real processes, with scripts in the driver's place, and no broker."""

import os
from collections.abc import Callable
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

from demos.bench import runner
from demos.bench.runner import Ended, driver, follow
from demos.runs import Reason
from tests.running_process import wait_until_ended


@pytest.fixture
def run_driver(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], tuple[dict[str, float], Any]]:
    """Runs a script as the driver of a run, to its end."""
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setattr(runner, "STOP_SECONDS", 0.5)

    def run(script: str) -> tuple[dict[str, float], Any]:
        (tmp_path / "misbehaving.py").write_text(dedent(script))
        with driver("one", ["misbehaving"]) as process:
            return follow("one", process)

    return run


def test_a_driver_tells_its_figures_and_what_it_measured_last(run_driver):
    told = """
        for line in ('{"measured": [1]}', '', '{"measured": [1, 2]}', '{"figures": {"p95": 5}}'):
            print(line, flush=True)
        input()
    """
    assert run_driver(told) == ({"p95": 5.0}, [1, 2])


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        ("while True: print('{}', flush=True)", Reason.TOO_LONG),
        ("import time; time.sleep(60)", Reason.TOO_LONG),
        ("while True: print(end='x' * 9999, flush=True)", Reason.WENT_WRONG),
        ("print('{\"measured\": []}')", Reason.WENT_WRONG),
        ("raise SystemExit(3)", Reason.WENT_WRONG),
        ('print(\'{"failed": "too busy"}\', flush=True); input()', Reason.WENT_WRONG),
    ],
    ids=["floods", "says nothing", "line without an end", "tells no figures", "ends at once", "says that it failed"],
)
def test_a_run_whose_driver_misbehaves_ends_with_its_reason(run_driver, monkeypatch, script: str, reason: Reason):
    if reason is Reason.TOO_LONG:
        monkeypatch.setattr(runner, "DEADLINE", 1.0)
    with pytest.raises(Ended) as ended:
        run_driver(script)
    assert ended.value.reason is reason


def test_what_a_driver_started_ends_with_it_also_when_neither_wants_to(run_driver, tmp_path: Path):
    stubborn = f"""
        import os, pathlib, signal
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        child = os.fork()
        if child:
            pathlib.Path({str(tmp_path / "pids")!r}).write_text(f"{{os.getpid()}} {{child}}")
            print('{{"figures": {{}}}}', flush=True)
        signal.pause()
    """
    run_driver(stubborn)
    pids = [int(pid) for pid in (tmp_path / "pids").read_text().split()]
    assert len(pids) == 2
    assert os.getpid() not in pids
    wait_until_ended(pids, "both are gone", 5)

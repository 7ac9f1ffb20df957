"""What the tests of an experiment may ask for besides: to run it for real, with a broker of its own."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from demos.bench import runner
from tests.running import RunningSite


@pytest.fixture(scope="session")
def broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a broker of which these tests know alone."""
    site = RunningSite(tmp_path_factory.mktemp("broker"))
    try:
        site.broker.start()
        yield f"redis+socket://{site.valkey_socket}"
    finally:
        site.end()


@pytest.fixture
def run_for_real(
    broker: str, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., tuple[dict[str, float], Any]]:
    """Runs an experiment by its name and its knobs, and gives its figures and what it measured."""
    settings.REDIS_URL = broker
    monkeypatch.setattr(runner, "tell", lambda *_, **__: None)  # no run stands in the line

    def run(name: str, **knobs: object) -> tuple[dict[str, float], Any]:
        chosen = [f"--{knob}={value}" for knob, value in knobs.items()]
        with runner.driver("of-a-test", ["demos.experiments", name, *chosen]) as process:
            return runner.follow("of-a-test", process)

    return run

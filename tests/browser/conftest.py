"""Which browser the tests drive, and how it is started."""

from typing import Any

import pytest

from tests.browser import chromium


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """pytest-playwright starts the browser with these."""
    path = chromium.find()
    assert path, "there is no browser to test with; `bin/browser` gets one or says how"
    return {**browser_type_launch_args, "executable_path": path, "args": chromium.ARGUMENTS}

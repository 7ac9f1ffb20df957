"""Which browser the tests drive, how it is started, and the reader who sits at it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser

from quiz.questions import Quiz
from quiz.reading import read
from tests.browser import chromium, wide
from tests.browser.reader import Reader
from tests.running import QUICK, RunningSite, running_site


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """pytest-playwright starts the browser with these."""
    path = chromium.find()
    assert path, "there is no browser to test with; `bin/browser` gets one or says how"
    return {**browser_type_launch_args, "executable_path": path, "args": chromium.ARGUMENTS}


@pytest.fixture
def sit_down(browser: Browser, start_site: Callable[..., RunningSite]) -> Iterator[Callable[..., Reader]]:
    """Makes readers: `sit_down(site, java_script_enabled=False, viewport={"width": 360, "height": 800})`.

    After the test, whatever a browser complained of fails it. A site of the test's own stops only when its readers
    have left, which is why `start_site` is asked for here: a page that still asks for something would complain.
    """
    del start_site  # its place in the order of things is all that is needed
    readers: list[Reader] = []

    def make(site: RunningSite, **context: Any) -> Reader:
        readers.append(Reader(browser.new_context(**context), site))
        return readers[-1]

    yield make
    for reader in readers:
        reader.page.context.close()
    assert [said for reader in readers for said in reader.unexpected()] == []


@pytest.fixture
def reader(sit_down: Callable[..., Reader], site: RunningSite) -> Reader:
    """A reader of the shared site."""
    return sit_down(site)


@pytest.fixture(scope="module")
def quiz() -> Quiz:
    """That of the first lesson, as it stands in its file."""
    return read((Path(settings.BASE_DIR) / "content/defining-tasks/quiz.md").read_text(), "defining-tasks")[0]


@pytest.fixture(scope="session")
def wide_site(tmp_path_factory: pytest.TempPathFactory, prepared: Path) -> Iterator[RunningSite]:
    """A site with a course in which everything is too wide. Its tests are one group (`xdist_group`), and start one."""
    folder = tmp_path_factory.mktemp("wide")
    wide.write(folder / "content")
    with running_site(folder, prepared, CONTENT_DIR=folder / "content", with_worker=False, **QUICK) as site:
        yield site

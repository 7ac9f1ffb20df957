"""Small programs in the place of those that the site starts."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from textwrap import dedent
from typing import Any

import pytest

from processes.group import end_group, start


@pytest.fixture
def started() -> Iterator[Callable[..., subprocess.Popen[bytes]]]:
    """Starts Python programs whose output can be read, and ends what is left of them after the test."""

    @contextmanager
    def group(program: str, options: dict[str, Any]) -> Iterator[subprocess.Popen[bytes]]:
        process = start([sys.executable, "-c", dedent(program)], stdout=subprocess.PIPE, **options)
        try:
            yield process
        finally:
            end_group(process)
            for stream in filter(None, (process.stdin, process.stdout)):
                stream.close()

    with ExitStack() as stack:
        yield lambda program, **options: stack.enter_context(group(program, options))

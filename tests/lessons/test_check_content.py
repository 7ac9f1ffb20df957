import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from config.environment import ROOT
from tests.lessons.conftest import PAGE, Tree
from tests.running import environ_for
from tests.running_process import PATIENCE, wait_until


def run(tree: Tree, *arguments: str) -> tuple[int, str]:
    out = StringIO()
    try:
        call_command("check_content", *arguments, root=tree.root, stdout=out)
    except SystemExit as ended:
        return int(ended.code or 0), out.getvalue()
    return 0, out.getvalue()


def test_content_in_order_exits_with_0(tree: Tree):
    assert run(tree) == (0, "content is in order\n")


def test_every_error_is_printed_at_once_with_file_line_and_column(tree: Tree):
    tree.write("one/why.md", PAGE.replace("minutes: 3", "minutes: soon") + "\n/// nonsense\n///\n")
    tree.write("one/learn.md", "no front matter")
    code, printed = run(tree)
    assert code == 1
    assert f"{tree.root}/one/why.md:5:10: “minutes” must be a whole number\n    minutes: soon\n" in printed
    assert f"{tree.root}/one/why.md:14:5: unknown block “nonsense”" in printed
    assert f"{tree.root}/one/learn.md:1:1: the file must begin with front matter" in printed


def test_what_was_good_before_does_not_hide_what_is_wrong_now(tree: Tree):
    tree.catalog()
    tree.write("one/why.md", "broken")
    assert run(tree)[0] == 1


def test_our_own_content_is_in_order():
    call_command("check_content", "--strict", stdout=StringIO())


@pytest.mark.parametrize("field", ["title", "summary", "framework", "minutes", "impact", "affects"])
def test_a_missing_field_is_named(tree: Tree, field: str):
    kept = "\n".join(row for row in PAGE.split("\n") if not row.startswith(f"{field}:"))
    tree.write("one/why.md", kept)
    assert f"the field “{field}” is missing" in run(tree)[1]


class Watching:
    """A terminal in which `check_content --watch` runs."""

    def __init__(self, tree: Tree, log: Path, *arguments: str) -> None:
        self.log = log
        command = [sys.executable, "manage.py", "check_content", "--watch", "--root", str(tree.root), *arguments]
        environ = environ_for(tree.root.parent / "data", port=1)
        with log.open("wb") as out:
            self.process = subprocess.Popen(command, cwd=ROOT, env=environ, stdout=out, stderr=subprocess.STDOUT)

    def states(self) -> list[str]:
        """What it has said so far, from one separator to the next."""
        return self.log.read_text().split("──── ")[1:][1::2]

    def wait_for_states(self, count: int) -> str:
        """The last of so many states."""
        return str(wait_until(lambda: len(self.states()) >= count and self.states()[-1], f"{count} states are printed"))

    def end(self, how: signal.Signals) -> int:
        self.process.send_signal(how)
        return self.process.wait(PATIENCE)


@pytest.fixture
def watch(tree: Tree, tmp_path: Path) -> Iterator[Callable[..., Watching]]:
    with ExitStack() as stack:

        def start(*arguments: str) -> Watching:
            watching = Watching(tree, tmp_path / "printed", *arguments)
            stack.callback(watching.process.wait)
            stack.callback(watching.process.kill)
            return watching

        yield start


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_watching_prints_each_state_once_and_ends_quietly(
    tree: Tree, watch: Callable[..., Watching], how: signal.Signals
):
    watching = watch()
    assert watching.wait_for_states(1) == "content is in order\n"
    tree.write("one/why.md", PAGE + "\n/// nonsense\n///\n")
    broken = watching.wait_for_states(2)
    assert broken.startswith("1 error\n")
    assert f"{tree.root}/one/why.md:14:5: unknown block “nonsense”" in broken
    tree.write("one/why.md", PAGE)
    assert watching.wait_for_states(3) == "content is in order\n"
    assert watching.end(how) == 0
    printed = watching.log.read_text()
    assert len(watching.states()) == 3
    assert "Traceback" not in printed
    assert re.match(r"──── [0-2][0-9]:[0-5][0-9]:[0-5][0-9] UTC ──── content", printed)


def test_watching_counts_warnings_as_errors_when_it_is_strict(tree: Tree, watch: Callable[..., Watching]):
    tree.write("one/why.md", PAGE + "\n```\n```\n")
    assert watch("--strict").wait_for_states(1).startswith("1 error\n")


def test_a_warning_alone_is_counted_as_one(tree: Tree, watch: Callable[..., Watching]):
    tree.write("one/why.md", PAGE + "\n```\n```\n")
    assert watch().wait_for_states(1).startswith("1 warning\n")


def test_watching_runs_no_programs():
    with pytest.raises(CommandError, match="one after the other"):
        call_command("check_content", "--watch", "--run")

"""The supervisor with small programs in place of the site's."""

import signal
import sys
import time

import pytest

from config.run.supervisor import Asked, Died, Program, Supervisor
from tests.running_process import is_alive

FOREVER = "import time; print('up', flush=True); time.sleep(60)"


def python(name: str, code: str, *silenced: str) -> Program:
    return Program(name, [sys.executable, "-S", "-c", code], silenced)


def test_every_line_is_labelled_by_its_process(capfd):
    with Supervisor() as supervisor:
        supervisor.start(
            python("web", "print('one'); print('noise'); print('zwei ä'); print('no end', end='')", "noise")
        )
        with pytest.raises(Died):
            supervisor.run()
        supervisor.stop([["web"]], 1)
    assert capfd.readouterr().out.splitlines() == ["web     | one", "web     | zwei ä", "web     | no end"]


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("pass", "worker ended with exit code 0"),
        ("raise SystemExit(3)", "worker ended with exit code 3"),
        ("import os; os.kill(os.getpid(), 9)", "worker was ended by SIGKILL"),
    ],
)
def test_the_end_of_one_is_noticed_however_it_ends(code, said):
    with Supervisor() as supervisor:
        supervisor.start(python("web", FOREVER))
        supervisor.start(python("worker", code))
        with pytest.raises(Died, match=said):
            supervisor.run()


@pytest.fixture
def terminal():
    """The closing of a terminal is meant for us, also where the tests themselves were started by nohup."""
    before = signal.signal(signal.SIGHUP, signal.SIG_DFL)
    yield
    signal.signal(signal.SIGHUP, before)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_asks_for_the_end(number, terminal):
    with Supervisor() as supervisor:
        supervisor.start(python("web", f"import os; os.kill(os.getppid(), {int(number)}); {FOREVER}"))
        with pytest.raises(Asked):
            supervisor.run()


def test_programs_stop_in_their_order(capfd):
    slow = (
        "import signal, sys, time\n"
        "def stop(*_):\n"
        "    time.sleep(0.3); print('stopped', flush=True); sys.exit()\n"
        "signal.signal(signal.SIGTERM, stop); print('up', flush=True); time.sleep(60)\n"
    )
    with Supervisor() as supervisor:
        for name in ("valkey", "worker"):
            supervisor.start(python(name, slow))
        printed: list[str] = []

        def both_up() -> bool:
            printed.extend(capfd.readouterr().out.splitlines())
            return len(printed) == 2

        assert supervisor.wait_until(both_up, 20)
        supervisor.stop([["worker"], ["valkey"]], 5)
    assert capfd.readouterr().out.splitlines() == ["worker  | stopped", "valkey  | stopped"]


def test_what_does_not_stop_is_killed_with_what_it_started(tmp_path):
    pid_file = tmp_path / "pid"
    deaf = (
        "import pathlib, signal, subprocess, sys, time\n"
        "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        "child = subprocess.Popen([sys.executable, '-S', '-c', 'import time; time.sleep(60)'])\n"
        f"pathlib.Path({str(pid_file)!r}).write_text(str(child.pid)); time.sleep(60)\n"
    )
    with Supervisor() as supervisor:
        supervisor.start(python("web", deaf))
        assert supervisor.wait_until(lambda: pid_file.exists() and pid_file.read_text() != "", 20)
        began = time.monotonic()
        supervisor.stop([["web"]], 0.3)
        assert time.monotonic() - began < 5
        grandchild = int(pid_file.read_text())
        assert supervisor.wait_until(lambda: not is_alive(grandchild), 10)


def test_a_condition_that_does_not_come_true_is_given_up_while_the_programs_go_on():
    with Supervisor() as supervisor:
        supervisor.start(python("web", FOREVER))
        assert not supervisor.wait_until(lambda: False, 0.3)
        assert supervisor.children["web"].popen.poll() is None


def test_much_output_does_not_hurry_the_questions():
    asked = 0

    def question() -> bool:
        nonlocal asked
        asked += 1
        return False

    with Supervisor() as supervisor:
        supervisor.start(python("web", "while True: print('x' * 100)", "x"))
        supervisor.wait_until(question, 0.5)
    assert 1 <= asked <= 8


def test_the_handlers_of_signals_are_as_before():
    before = signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGCHLD)
    with Supervisor():
        assert signal.getsignal(signal.SIGINT) != before[0]
    assert (signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGCHLD)) == before

"""The supervisor with small programs in place of the site's."""

import os
import signal
import sys
import time
from collections.abc import Callable

import pytest

from config.run.child import Program
from config.run.restarts import Restarts
from config.run.supervisor import Asked, Died, Supervisor
from tests.no_room import no_room
from tests.running_process import is_alive, wait_until

FOREVER = "import time; print('up', flush=True); time.sleep(60)"
NEVER = Restarts(pauses=())


def python(name: str, code: str, *silenced: str) -> Program:
    return Program(name, [sys.executable, "-S", "-c", code], silenced)


def test_every_line_is_labelled_by_its_process(capfd):
    with Supervisor() as supervisor:
        supervisor.start(
            python("web", "print('one'); print('noise'); print('zwei ä'); print('no end', end='')", "noise")
        )
        with pytest.raises(Died):
            supervisor.run(NEVER)
        supervisor.stop([["web"]], 1)
    assert capfd.readouterr().out.splitlines() == ["web     | one", "web     | zwei ä", "web     | no end"]


def test_a_line_for_programs_is_left_as_it_is(capfd):
    with Supervisor() as supervisor:
        supervisor.start(python("web", """print('{"level": "INFO", "part": "web"}'); print('for people')"""))
        with pytest.raises(Died):
            supervisor.run(NEVER)
        supervisor.stop([["web"]], 1)
    assert capfd.readouterr().out.splitlines() == ['{"level": "INFO", "part": "web"}', "web     | for people"]


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
            supervisor.run(NEVER)


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
            supervisor.run(NEVER)


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


def counted(tmp_path, then: str) -> tuple[str, Callable[[], int]]:
    """A program that notes each of its starts, and how often it was started."""
    starts = tmp_path / "starts"
    code = f"file = open({str(starts)!r}, 'a'); file.write('.'); file.close(); {then}"
    return code, lambda: len(starts.read_text()) if starts.exists() else 0


def test_one_that_ends_is_started_again_and_the_others_go_on(tmp_path, capfd):
    code, starts = counted(tmp_path, "raise SystemExit(3)")
    with Supervisor() as supervisor:
        supervisor.start(python("web", FOREVER))
        web = supervisor.children["web"].popen
        supervisor.start(python("worker", code))
        with pytest.raises(Died, match=r"worker ended with exit code 3 \(4 ends within 60 s\)"):
            supervisor.run(Restarts(pauses=(0.1, 0.2, 0.4)))
        assert web.poll() is None
    assert starts() == 4
    assert [line for line in capfd.readouterr().out.splitlines() if "offload" in line] == [
        f"offload | worker ended with exit code 3, and is started again in {pause} s" for pause in (0.1, 0.2, 0.4)
    ]


def test_ends_of_long_ago_do_not_count(tmp_path):
    fourth_asks = "import os, signal; len(open({0!r}).read()) < 4 or os.kill(os.getppid(), signal.SIGINT)"
    code, starts = counted(tmp_path, fourth_asks.format(str(tmp_path / "starts")))
    with Supervisor() as supervisor:
        supervisor.start(python("worker", code))
        with pytest.raises(Asked):
            supervisor.run(Restarts(pauses=(0.1,), within=0.05))
    assert starts() == 4


def test_being_asked_during_a_pause_ends_it_at_once(tmp_path, capfd):
    code, starts = counted(tmp_path, "pass")
    asks = f"import os, signal, time; time.sleep(1); os.kill(os.getppid(), signal.SIGINT); {FOREVER}"
    with Supervisor() as supervisor:
        supervisor.start(python("web", asks))
        supervisor.start(python("worker", code))
        with pytest.raises(Asked):
            supervisor.run(Restarts(pauses=(60,)))
        began = time.monotonic()
        supervisor.stop([["web", "worker"]], 1)
        assert time.monotonic() - began < 5
    assert starts() == 1


def test_nothing_that_it_left_behind_is_there_when_it_is_started_again(tmp_path):
    """A web server that was killed leaves a process that holds its port."""
    child = "import time; time.sleep(60)"
    leaves = (
        "import os, pathlib, subprocess, sys\n"
        f"left = subprocess.Popen([sys.executable, '-S', '-c', {child!r}])\n"
        f"with open({str(tmp_path / 'left')!r}, 'a') as file: print(left.pid, file=file)\n"
        "os.kill(os.getpid(), 9)\n"
    )
    with Supervisor() as supervisor:
        supervisor.start(python("web", leaves))
        with pytest.raises(Died, match="web was ended by SIGKILL"):
            supervisor.run(Restarts(pauses=(0.1, 0.1)))
    pids = (tmp_path / "left").read_text().split()
    assert len(pids) == 3
    wait_until(lambda: not any(is_alive(int(pid)) for pid in pids), "they have ended", 5)


def test_one_that_ends_before_all_is_ready_is_not_started_again(tmp_path):
    code, starts = counted(tmp_path, "raise SystemExit(3)")
    with Supervisor() as supervisor:
        supervisor.start(python("worker", code))
        with pytest.raises(Died, match="worker ended with exit code 3"):
            supervisor.wait_until(lambda: False, 20)
    assert starts() == 1


def test_a_log_on_a_full_disk_asks_for_nothing_and_goes_on_when_there_is_room(tmp_path, monkeypatch):
    with (tmp_path / "log").open("w") as log, Supervisor() as supervisor:
        monkeypatch.setattr(sys, "stdout", log)
        supervisor.say("one")
        with no_room(size=(tmp_path / "log").stat().st_size):
            supervisor.say("two")
        supervisor.say("three")
        monkeypatch.undo()
        assert not supervisor.asked
    assert (tmp_path / "log").read_text().splitlines() == ["offload | one", "offload | three"]


def test_a_reader_of_the_log_that_is_gone_asks_for_the_end(monkeypatch):
    reading, writing = os.pipe()
    os.close(reading)
    with open(writing, "w") as log, Supervisor() as supervisor:
        monkeypatch.setattr(sys, "stdout", log)
        supervisor.say("one")
        monkeypatch.undo()
        assert supervisor.asked

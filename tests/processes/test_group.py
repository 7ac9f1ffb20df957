import os
import signal
import subprocess
import sys
import time

import pytest

from config.environment import ROOT
from processes.group import ask_to_end, end_group, signal_group
from tests.running_process import is_alive, wait_until_ended

FOREVER = "import time; print('up', flush=True); time.sleep(60)"
DEAF = f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); {FOREVER}"
WITH_A_CHILD = """
    import os, time
    child = os.fork()
    if child:
        print(child, flush=True)
    time.sleep(60)
"""


def test_what_is_started_leads_a_group_and_has_no_input(started):
    process = started("import os, sys; print(os.getpgrp() == os.getpid() == os.getsid(0), sys.stdin.read() == '')")
    assert process.stdout.read().split() == [b"True", b"True"]
    assert process.wait() == 0


def test_what_is_started_can_stay_in_the_group_of_its_parent(started):
    process = started("import os; print(os.getpgrp())", own_group=False)
    assert int(process.stdout.read()) == os.getpgrp()


def test_the_process_that_was_started_becomes_the_command(started):
    process = started("import os; print(os.getpid())")
    assert int(process.stdout.read()) == process.pid


def test_asking_says_whether_the_process_has_ended(started):
    for program, has_ended in ((FOREVER, True), (DEAF, False)):
        process = started(program)
        process.stdout.readline()
        assert ask_to_end(process, 10 if has_ended else 0.1) is has_ended
        assert (process.poll() == -signal.SIGTERM) is has_ended


@pytest.mark.parametrize("leader_has_ended", [False, True])
def test_a_group_ends_as_a_whole(started, leader_has_ended: bool):
    process = started(WITH_A_CHILD)
    child = int(process.stdout.readline())
    if leader_has_ended:
        process.kill()
        process.wait()
        assert is_alive(child)
    end_group(process, 1)
    assert process.returncode == -signal.SIGKILL
    wait_until_ended([child], "its child has ended", 5)
    end_group(process)  # and once more, when nothing is left of it


def test_a_signal_reaches_the_whole_group(started):
    process = started(WITH_A_CHILD)
    child = int(process.stdout.readline())
    assert signal_group(process, signal.SIGTERM)
    wait_until_ended([process.pid, child], "both have ended", 5)


def test_a_signal_says_when_nothing_is_left_of_a_group(started):
    process = started("")
    process.wait()
    assert not signal_group(process, signal.SIGTERM)


def test_a_group_that_is_killed_is_not_waited_for_beyond_its_seconds(started):
    process = started(WITH_A_CHILD)
    process.stdout.readline()
    began = time.monotonic()
    end_group(process, 0.2)
    assert time.monotonic() - began < 5


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel binds processes to their parent on Linux alone")
def test_what_was_started_ends_with_a_parent_that_is_killed(started):
    parent = started(
        f"""
        import subprocess, sys, time
        sys.path.insert(0, {str(ROOT)!r})
        from processes.group import start
        child = start([sys.executable, "-c", {FOREVER!r}], stdout=subprocess.PIPE)
        child.stdout.readline()
        print(child.pid, flush=True)
        time.sleep(60)
        """
    )
    child = int(parent.stdout.readline())
    assert is_alive(child)
    parent.kill()
    wait_until_ended([child], "the child has ended with its parent", 5)


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel binds processes to their parent on Linux alone")
def test_what_has_lost_its_parent_before_it_began_does_not_begin():
    bound = [sys.executable, str(ROOT / "processes" / "bound_to_parent.py"), "1", sys.executable, "-c", "print('ran')"]
    done = subprocess.run(bound, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.strip() == "offload: the process that started this one has ended"

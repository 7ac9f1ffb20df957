import os
import signal
import subprocess

import pytest

from config.environment import ROOT
from tests.running_process import is_alive, wait_until_ended

BOUND = f"""
    import os, signal, sys, time
    sys.path.insert(0, {str(ROOT)!r})
    from processes.bound_to_input import bound_to_input
    with bound_to_input():
        child = os.fork()
        if not child:
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
            signal.pause()
        try:
            print(child, flush=True)
            time.sleep(60)
        finally:
            os.kill(os.getpid(), signal.SIGTERM)  # to be told again does not interrupt the cleaning up
            print("cleaned up", flush=True)
"""


@pytest.fixture
def bound(started) -> subprocess.Popen[bytes]:
    process: subprocess.Popen[bytes] = started(BOUND, stdin=subprocess.PIPE)
    return process


@pytest.mark.parametrize("how", ["its input closes", "it is told to"])
def test_a_process_cleans_up_and_ends_with_all_that_it_started_when(how: str, bound: subprocess.Popen[bytes]):
    assert bound.stdin
    assert bound.stdout
    child = int(bound.stdout.readline())
    if how == "its input closes":
        bound.stdin.close()
    else:
        bound.terminate()
    assert bound.stdout.read() == b"cleaned up\n"
    assert bound.wait(5) == -signal.SIGKILL
    wait_until_ended([child], "its child has ended", 5)


def test_ctrl_c_and_more_input_leave_it_alone(bound: subprocess.Popen[bytes]):
    assert bound.stdin
    assert bound.stdout
    bound.stdout.readline()
    bound.send_signal(signal.SIGINT)
    os.write(bound.stdin.fileno(), b"more\n")
    with pytest.raises(subprocess.TimeoutExpired):
        bound.wait(0.3)
    assert is_alive(bound.pid)

import signal

from config.environment import ROOT
from tests.running_process import is_alive, wait_until_ended

STARTER = f"""
    import multiprocessing, os, sys, time
    sys.path.insert(0, {str(ROOT)!r})
    from processes.bound_to_starter import end_with_starter

    def work(number):
        end_with_starter()
        os.write(1, b"%d\\n" % os.getpid())  # in one piece, as others write there too
        time.sleep(60)

    end_with_starter()  # of this one, nobody of multiprocessing is the starter
    context = multiprocessing.get_context("fork")
    for number in range(3):
        context.Process(target=work, args=[number]).start()
    time.sleep(60)
"""


def test_what_a_killed_process_started_ends_with_it_each_of_several(started):
    starter = started(STARTER)
    assert starter.stdout
    children = [int(starter.stdout.readline()) for _ in range(3)]
    assert all(is_alive(child) for child in children)
    starter.send_signal(signal.SIGKILL)
    starter.wait()
    wait_until_ended(children, "they have ended", 10)

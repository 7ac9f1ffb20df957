"""Starting and stopping the whole site, as `make run` does: `python -m config.run`, with real processes."""

import os
import re
import signal
import sys
import threading
import time
from collections.abc import Callable
from http import HTTPStatus
from http.client import HTTPException, RemoteDisconnected
from urllib.request import urlopen

import pytest
import redis

from config.own_hosts import facing_address
from tests.integration.supervised import Supervised, descendants, started
from tests.running import prepare
from tests.running_process import wait_until, wait_until_ended
from tests.visitor import PASSWORD, Visitor, a_name


@pytest.mark.alone
def test_ctrl_c_ends_everything_within_5_s_during_a_request_and_a_task_of_9_s(supervised):
    site = supervised()
    site.launch()
    assert f"ready: {site.url}/" in site.printed
    assert site.popen
    broken_off = []

    def ask():
        try:
            site.get("/demos/blocking/?seconds=9")
        except (RemoteDisconnected, ConnectionResetError) as error:
            broken_off.append(error)

    asking = threading.Thread(target=ask)
    asking.start()
    assert site.post("/demos/celery/", {"seconds": "9"}).status == 202
    wait_until(lambda: len(site.get("/readyz").body) > 0, "the site answers beside the request")
    running = descendants(site.popen.pid)
    assert len(running) >= 4  # valkey, granian and its worker, celery

    began = time.monotonic()
    os.killpg(site.popen.pid, signal.SIGINT)  # as a terminal does: the whole foreground group
    code = site.wait(10)
    took = time.monotonic() - began
    asking.join(10)

    assert code == 0
    assert took < 5
    assert len(broken_off) == 1
    wait_until_ended(running, "nothing is left", 1)
    assert "Traceback" not in site.printed


def test_what_an_earlier_version_left_keeps_nothing_from_starting_and_is_removed(supervised):
    """Its append-only file ends in zeros, as a power cut leaves it."""
    site = supervised()
    folder = site.data_dir / "valkey" / "appendonlydir"
    folder.mkdir(parents=True)
    (folder / "appendonly.aof.1.incr.aof").write_bytes(b"*2\r\n$6\r\nSELECT\r\n$1\r\n0\r\n" + b"\0" * 4096)
    (folder / "appendonly.aof.manifest").write_text("file appendonly.aof.1.incr.aof seq 1 type i\nnonsense\n")
    (folder.parent / "dump.rdb").write_bytes(b"REDIS" + b"\0" * 4096)
    (site.data_dir / "dump.rdb").write_bytes(b"REDIS" + b"\0" * 4096)
    site.launch()
    assert site.get("/readyz").status == 200
    assert f"{folder.parent} was removed: an earlier version" in site.printed
    assert not folder.parent.exists()


def web_process(site: Supervised) -> int:
    """The process that serves, which the web server has started; on some systems after one that keeps its books."""
    return descendants(started(site, "granian"))[-1]


def works(site: Supervised) -> bool:
    """Whether all processes do: a run of the background demo needs each of them."""
    try:
        answer = site.post("/demos/celery/", {"seconds": "0"})
        if answer.status != HTTPStatus.ACCEPTED:
            return False
        path = site.path_of(answer.headers["Location"])
        wait_until(lambda: site.state_of(path) not in ("queued", "started"), "the run ends")
        return site.state_of(path) == "succeeded"
    except (OSError, HTTPException):
        return False


def end(site: Supervised, command: str, number: int, said: str) -> None:
    """End a process that the supervisor has started, and see that another one takes its place."""
    assert site.popen
    several = len(descendants(site.popen.pid))
    pid = started(site, command)
    ended = [pid, *descendants(pid)]
    os.kill(pid, number)
    wait_until(lambda: f"{said}, and is started again in 0.5 s" in site.printed, said)
    wait_until_ended(ended, "nothing of it is left", 5)
    wait_until(lambda: works(site), f"it works without the former {command}")
    assert len(descendants(site.popen.pid)) == several


def test_each_process_that_ends_is_started_again_and_nothing_of_it_is_left(supervised):
    site = supervised()
    site.launch()
    assert site.popen
    # The site is ready without its worker, and Celery hears a signal only when it is.
    wait_until(lambda: " ready." in site.printed, "the worker is ready too")
    wait_until(lambda: works(site), "it works")

    end(site, "valkey-server", signal.SIGKILL, "valkey was ended by SIGKILL")
    end(site, "celery", signal.SIGTERM, "worker ended with exit code 0")
    end(site, "granian", signal.SIGKILL, "web was ended by SIGKILL")
    assert site.get("/readyz").json() == {"database": "ok", "broker": "ok", "worker": "ok"}

    # The web server itself starts again what serves.
    serving = web_process(site)
    os.kill(serving, signal.SIGKILL)
    wait_until_ended([serving], "it has ended", 5)
    wait_until(lambda: works(site), "it works without what served")
    assert "web ended" not in site.printed

    # In a pause, too, Ctrl-C ends all.
    running = descendants(site.popen.pid)
    os.kill(started(site, "celery"), signal.SIGKILL)
    wait_until(lambda: "worker was ended by SIGKILL, and is started again in 1 s" in site.printed, "the pause")
    began = time.monotonic()
    site.popen.send_signal(signal.SIGINT)
    assert site.wait(10) == 0
    assert time.monotonic() - began < 5
    wait_until_ended(running, "nothing is left", 1)
    assert "Traceback" not in site.printed


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a process that its parent was killed")
def test_a_supervisor_that_is_killed_outright_leaves_nothing_behind(supervised):
    site = supervised()
    site.launch()
    assert site.popen
    running = descendants(site.popen.pid)
    site.popen.kill()
    wait_until_ended(running, "its processes have ended", 10)


def test_what_serves_ends_with_a_web_server_that_was_killed_and_has_no_supervisor(own_site):
    serving = descendants(own_site.web.pid)
    assert serving
    os.kill(own_site.web.pid, signal.SIGKILL)
    wait_until_ended(serving, "it has ended", 10)


@pytest.mark.parametrize("bind", ["0.0.0.0", "::"])
def test_a_site_for_the_network_prints_an_address_that_others_can_open(supervised, bind):
    site = supervised(BIND=bind)
    site.launch()
    (ready,) = [line for line in site.printed.splitlines() if "ready: " in line]
    urls = [word for word in ready.split() if word.startswith("http://")]
    assert len(urls) == (2 if facing_address() else 1)
    for url in urls:
        with urlopen(url, timeout=5) as answer:
            assert answer.status == 200


def test_what_a_shell_has_set_for_another_project_does_not_matter(supervised):
    site = supervised(
        DJANGO_SETTINGS_MODULE="another.settings",
        CELERY_BROKER_URL="redis://127.0.0.1:1/0",
        CELERY_RESULT_BACKEND="redis://127.0.0.1:1/0",
        CELERY_CONFIG_MODULE="another.celeryconfig",
    )
    site.launch()
    path = site.path_of(site.post("/demos/celery/", {"seconds": "0"}).headers["Location"])
    wait_until(lambda: site.state_of(path) == "succeeded", "the run is over")


def test_a_data_dir_with_a_long_name_works(supervised, tmp_path):
    """Its path is too long for a socket, which is therefore elsewhere."""
    site = supervised(DATA_DIR=tmp_path / ("long" * 25))
    site.launch()
    assert site.get("/readyz").status == 200


def test_another_redis_replaces_the_embedded_one(supervised, own_site):
    site = supervised(REDIS_URL=f"redis+socket://{own_site.valkey_socket}")
    site.launch()
    assert site.get("/readyz").status == 200
    with pytest.raises(redis.ConnectionError), site.valkey() as valkey:
        valkey.ping()
    assert site.popen
    site.popen.send_signal(signal.SIGINT)
    assert site.wait(10) == 0


def test_a_preparation_says_when_all_is_in_place(supervised):
    assert prepare(supervised().environ) == "offload: tables and static files are in place\n"


def test_each_process_can_be_broken_alone_and_comes_back(own_site):
    own_site.broker.kill()
    assert own_site.get("/healthz").status == 200
    assert own_site.get("/readyz").status == 503
    own_site.broker.start()
    own_site.worker.kill()
    own_site.worker.start()
    own_site.web.pause()
    own_site.web.resume()
    assert own_site.get("/readyz").status == 200
    assert own_site.web.stop() == 0
    own_site.web.start()
    assert own_site.get("/readyz").status == 200


def test_the_first_start_prints_a_link_that_makes_an_instructor_once(supervised: Callable[..., Supervised]):
    site = supervised()
    site.launch()
    wait_until(lambda: "first instructor" in site.printed, "the link is printed")
    found = re.search(rf"{site.url}(/teach/invitations/\S+)", site.printed)
    assert found, site.printed
    visitor, name = Visitor(site), a_name()
    done = visitor.submit(found[1], name=name, email="", password=PASSWORD, again=PASSWORD)
    assert f"Welcome, {name}" in visitor.get(done.headers["Location"]).text
    assert Visitor(site).get(found[1]).status == 404

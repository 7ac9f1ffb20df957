"""Starting and stopping the whole site, as `make run` does: `python -m config.run`, with real processes."""

import os
import re
import signal
import sys
import threading
import time
from collections.abc import Callable
from http.client import RemoteDisconnected
from urllib.request import urlopen

import pytest
import redis

from config.environment import facing_address
from tests.integration.supervised import Supervised, descendants, started
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


def test_data_is_kept_over_a_restart(supervised):
    site = supervised()
    site.launch()
    with site.valkey() as valkey:
        valkey.set("offload:kept", "yes")
    started_run = site.post("/demos/celery/", {"seconds": "0"}).headers["Location"]
    assert site.popen
    site.popen.terminate()
    assert site.wait(10) == 0

    site.launch()
    with site.valkey() as valkey:
        assert valkey.get("offload:kept") == b"yes"
    assert site.get(site.path_of(started_run)).status == 200


@pytest.mark.parametrize(
    ("name", "command", "number", "said"),
    [
        ("valkey", "valkey-server", signal.SIGKILL, "valkey was ended by SIGKILL"),
        ("web", "granian", signal.SIGKILL, "web was ended by SIGKILL"),
        ("worker", "celery", signal.SIGTERM, "worker ended with exit code 0"),
    ],
)
def test_one_process_that_ends_stops_the_rest_and_is_named(supervised, name, command, number, said):
    site = supervised()
    site.launch()
    assert site.popen
    # The site is ready without its worker, and Celery hears a signal only when it is.
    wait_until(lambda: " ready." in site.printed, "the worker is ready too")
    running = descendants(site.popen.pid)

    os.kill(started(site, command), number)

    assert site.wait(10) == 1
    assert said in site.printed.splitlines()[-1]
    wait_until_ended(running, "nothing is left", 1)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a process that its parent was killed")
def test_a_supervisor_that_is_killed_outright_leaves_nothing_behind(supervised):
    site = supervised()
    site.launch()
    assert site.popen
    running = descendants(site.popen.pid)
    site.popen.kill()
    wait_until_ended(running, "its processes have ended", 10)


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

"""compose.yaml, as far as it can be looked at without containers. tests/faults/ starts what it says."""

import re
import subprocess
import sys
from dataclasses import fields
from hashlib import sha256

import pytest

from config import databases, environment
from config.environment import ROOT, Environment
from config.queues import QUEUES
from config.run import healthy
from config.run.programs import PROGRAMS
from tests.faults import compose
from tests.running import environ_for

ENV = {
    "PUBLIC_URL": "https://learn.example.org",
    "SECRET_KEY": sha256(b"of a test").hexdigest(),
    "DATABASE_PASSWORD": "a9f3",
}
SERVICES = compose.services(ENV)
OURS = {name: service for name, service in SERVICES.items() if service.image == "offload"}
SAID = compose.read()


def test_it_has_the_parts_that_five_hundred_people_need():
    commands = [" ".join(service.command[3:]) for service in OURS.values()]
    assert sorted(commands) == ["prepare", "web", "web", "worker experiments", "worker waiting", "worker waiting"]
    assert set(SERVICES) - set(OURS) == {"postgres", "valkey", "proxy"}


def test_one_service_builds_the_image_and_the_others_wait_for_it_and_ask_no_registry():
    assert [name for name in SERVICES if "build" in SAID["services"][name]] == ["prepare"]
    for name in OURS:
        assert SAID["services"][name]["pull_policy"] == "never", name
        assert name == "prepare" or "prepare" in SAID["services"][name]["depends_on"], name


def test_each_variable_that_it_sets_is_a_setting_with_a_value_that_can_be_used():
    known = {field.name.upper() for field in fields(Environment)}
    for service in OURS.values():
        assert set(service.environment) <= known, service.name
        found = environment.read(service.environment)
        assert found.is_public
        assert found.redis_url
        assert found.database_url
        assert found.web_machines == 1, "the web containers share a volume"
    assert "64 of all web processes" in compose.FILE.read_text()
    assert databases.ALL_CONNECTIONS == 64


@pytest.mark.parametrize("missing", ENV)
def test_it_does_not_start_without_what_has_to_be_set(missing):
    with pytest.raises(ValueError, match=missing):
        compose.services({name: value for name, value in ENV.items() if name != missing})


def test_each_command_is_one_that_there_is():
    for service in OURS.values():
        assert service.command[:3] == ("python", "-m", "config.run")
        name, *queues = service.command[3:]
        assert name in {*PROGRAMS, "prepare"}
        assert set(queues) <= set(QUEUES)


def test_each_queue_has_a_worker_and_the_experiments_one_of_their_own():
    taken = [service.command[4:] for service in OURS.values() if service.command[3] == "worker"]
    assert {queue for queues in taken for queue in queues} == set(QUEUES)
    assert taken.count(("experiments",)) == 1  # they disturb each other's figures: one goes on at a time, anyway


def test_each_part_that_goes_on_is_looked_at_and_asks_what_it_is():
    for name, said in SAID["services"].items():
        if name in {"prepare", "proxy"}:  # the one ends, and the other answers itself or nobody does
            continue
        asked = said["healthcheck"]["test"]
        assert asked[0] == "CMD"
        if name in OURS:
            part = SERVICES[name].command[-1]
            assert asked[1:] == ["python", "-m", "config.run", "healthy", part]
            assert part in healthy.NAMES


def test_nobody_can_write_more_than_they_have_to():
    for name, said in SAID["services"].items():
        assert said["read_only"] is True, name
        assert said["cap_drop"] == ["ALL"], name
        assert said["security_opt"] == ["no-new-privileges:true"], name
        assert "ports" not in said or name == "proxy", name
    assert all("volumes" not in SAID["services"][name] for name in ("worker-1", "worker-2", "experiments"))
    assert SAID["networks"]["back"]["internal"] is True


def test_what_others_made_is_pinned_by_version_and_all_that_is_named_is_there():
    for name, said in SAID["services"].items():
        if name not in OURS:
            assert re.search(r":\d+\.\d+(\.\d+)?(-\w+)?$", said["image"]), said["image"]
        named = [volume.split(":")[0] for volume in said.get("volumes", [])]
        for volume in named:
            assert (ROOT / volume).exists() if volume.startswith("./") else volume in SAID["volumes"]
        assert set(said["networks"]) <= set(SAID["networks"])
        assert set(said.get("depends_on", ())) <= set(SERVICES)


def test_what_is_secret_comes_from_outside_and_stays_there():
    text = compose.FILE.read_text()
    for name in ("SECRET_KEY", "DATABASE_PASSWORD"):
        assert f"${{{name}" in text
    assert "/.env" in (ROOT / ".gitignore").read_text().split("\n")
    assert (ROOT / ".dockerignore").read_text().split("\n")[1] == "*"


def test_the_proxy_is_the_only_one_that_is_trusted_to_say_who_asks():
    (network,) = SAID["networks"]["front"]["ipam"]["config"]
    assert {service.environment["TRUSTED_PROXIES"] for service in OURS.values()} == {network["subnet"]}
    on_it = {name for name, said in SAID["services"].items() if "front" in said["networks"]}
    assert on_it == {"proxy", "web-1", "web-2"}


def test_djangos_own_look_at_a_deployment_finds_nothing(tmp_path):
    environ = environ_for(tmp_path, 1, **{**OURS["web-1"].environment, "DATA_DIR": str(tmp_path)})
    command = ["manage.py", "check", "--deploy", "--tag", "security", "--fail-level", "WARNING"]
    done = subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=environ, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr

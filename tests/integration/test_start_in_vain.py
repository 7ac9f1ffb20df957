"""What keeps the whole site from starting is said in one line, and the supervisor ends."""

import socket
import subprocess
import sys

import pytest

from config.environment import ROOT
from tests.running import RunningSite


def run_in_vain(site: RunningSite, *part: str) -> str:
    """Start what cannot start: it ends by itself, not with 0, and prints one line, which is returned.

    Without `part` it is the whole site.
    """
    done = subprocess.run(
        [sys.executable, "-m", "config.run", *part],
        cwd=ROOT,
        env=site.environ,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert done.returncode == 1
    assert done.stdout == ""
    (line,) = done.stderr.splitlines()
    assert line.startswith("offload: ")
    return line


def test_a_taken_port_is_said_in_one_line(supervised):
    site = supervised()
    with socket.socket() as other:
        other.bind(("127.0.0.1", site.port))
        other.listen()
        assert f"PORT {site.port} is taken" in run_in_vain(site)


@pytest.mark.parametrize("shares", [False, True], ids=["another program", "a web server of ours"])
def test_a_taken_port_is_said_by_a_web_server_alone_too(supervised, shares: bool):
    """Granian shares its port, so a second one would start beside the first, and take some of its readers."""
    site = supervised()
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, shares)
        other.bind(("127.0.0.1", site.port))
        other.listen()
        assert f"PORT {site.port} is taken" in run_in_vain(site, "web")


def test_an_address_that_this_machine_does_not_have_is_said_in_one_line(supervised):
    assert "BIND is 192.0.2.1" in run_in_vain(supervised(BIND="192.0.2.1"))


def test_a_data_dir_that_cannot_be_written_is_said_in_one_line(supervised, tmp_path):
    (tmp_path / "a-file").write_text("in the way")
    said = run_in_vain(supervised(DATA_DIR=tmp_path / "a-file" / "data"))
    assert "DATA_DIR" in said
    assert "Not a directory" in said


def test_a_data_dir_in_use_is_said_in_one_line(supervised, workerless_site):
    """The processes of `workerless_site` have no supervisor: the broker's socket tells."""
    said = run_in_vain(supervised(DATA_DIR=workerless_site.data_dir))
    assert "is in use by another running Offload" in said


def test_two_starts_in_one_data_dir_are_told_apart_before_anything_answers(supervised):
    site = supervised()
    site.launch()
    said = run_in_vain(supervised(DATA_DIR=site.data_dir, REDIS_URL="redis://127.0.0.1:1"))
    assert "is in use by another running Offload" in said


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ({"REDIS_URL": "redis://:hidden@127.0.0.1:1/0"}, "REDIS_URL redis://127.0.0.1:1/0 does not answer"),
        ({"REDIS_URL": "http://127.0.0.1"}, "REDIS_URL"),
        ({"DATABASE_URL": "postgres://nobody:hidden@127.0.0.1:1/none"}, "DATABASE_URL cannot be used"),
        ({"SEATS": "many"}, "SEATS"),
        ({"PORT": "0"}, "PORT"),
        ({"PUBLIC_URL": "http://[::1"}, "PUBLIC_URL"),
        ({"REDIS_URL": "redis://:hidden@127.0.0.1/0?socket_timeout=abc"}, "REDIS_URL may have no parameters"),
    ],
)
def test_a_wrong_setting_is_said_in_one_line_without_its_password(supervised, setting, said):
    line = run_in_vain(supervised(**setting))
    assert said in line
    assert "hidden" not in line

"""What compose.yaml says, started without containers: both journeys, and one web process that is lost.

`make faults` loses every part in every way, and has PostgreSQL as a part of its own.
"""

import os
import subprocess

import pytest

from config.environment import ROOT
from tests.faults import journeys
from tests.faults.deployment import OLD_BUFFERS, Deployment, caddy, is_old, started
from tests.faults.load import ANSWER, CELERY
from tests.faults.losing import KILL, Bounds, lose
from tests.integration.conftest import ON_POSTGRESQL, copied

pytestmark = ON_POSTGRESQL


@pytest.fixture(scope="module")
def proxy() -> str:
    """The proxy's program. In CI it has to be there; elsewhere who has none hears how to get it."""
    found = caddy()
    if found is None and os.environ.get("CI"):
        pytest.fail("there is no Caddy, and in CI nothing is left out: bin/proxy gets it")
    if found is None:
        pytest.skip("there is no Caddy: bin/proxy gets it")
    return found


@pytest.mark.parametrize("tls", ["", "tls internal"])
def test_the_proxys_file_is_one_that_it_takes(proxy, tmp_path, tls):
    environ = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "PUBLIC_URL": "https://learn.example.org", "TLS": tls}
    if is_old(proxy):
        environ["REQUEST_BUFFERS"] = OLD_BUFFERS
    command = [proxy, "validate", "--adapter", "caddyfile", "--config", "deploy/Caddyfile"]
    done = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, check=False)
    assert "Valid configuration" in done.stdout + done.stderr


def test_both_journeys_go_through_all_of_it_and_a_lost_web_process_costs_no_reader_a_page(
    proxy, tmp_path, prepared, postgresql_server
):
    with copied(postgresql_server) as url, started(Deployment(tmp_path, url), prepared) as site:
        journeys.learner(site)
        journeys.instructor(site)
        assert site.request("GET", "/healthz", headers={"Names_With": "underscores"}).body == b"alive\n"
        chosen = site.get("/no/such/page", {"X-Request-ID": "of-a-reader"})
        assert (chosen.status, chosen.headers["X-Request-ID"] != "of-a-reader") == (404, True)
        bounds = Bounds(recovery=10, longest_refusal=10, refused=frozenset({CELERY, ANSWER}))
        loss = lose(site, "web-1", KILL, bounds)
        assert not loss.broken, loss.broken
        assert loss.restarted == 1
    assert not any("Traceback" in path.read_text() for path in tmp_path.glob("*.log"))

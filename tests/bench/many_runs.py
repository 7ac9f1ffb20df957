"""An empty queue, and one on which 10,000 runs wait: how long it takes to publish one more, and to look at one."""

import tempfile
from pathlib import Path

from tests.bench.client import Connection, build
from tests.bench.growth import Growth, table
from tests.running import RunningSite, running_site

MANY = 10_000
TIMES = 200  # requests of each kind

Found = dict[str, list[float]]


def measure() -> list[Growth]:
    """Measure all of it. Takes half a minute. No worker takes anything; and the bound on what may wait is lifted."""
    settings = {"DJANGO_SETTINGS_MODULE": "tests.bench.settings"}
    with (
        tempfile.TemporaryDirectory() as name,
        running_site(Path(name), None, with_worker=False, **settings) as site,
        Connection(site.port) as connection,
    ):
        publish = build("POST", "/demos/celery/", site.address, body=b"seconds=0")
        connection.ask(publish, 202)  # this makes the web server's own connection to the broker
        _empty(site)
        few = _times(site, connection, publish)
        with site.valkey() as valkey:
            for _ in range(MANY - _waiting(site)):
                connection.ask(publish, 202)
            assert valkey.llen("waiting") == MANY
        many = _times(site, connection, publish)
    return [Growth(each, few[each], many[each], ratio=2.0) for each in few]


def _waiting(site: RunningSite) -> int:
    with site.valkey() as valkey:
        return int(valkey.llen("waiting"))


def _empty(site: RunningSite) -> None:
    with site.valkey() as valkey:
        valkey.delete("waiting")


def _times(site: RunningSite, connection: Connection, publish: bytes) -> Found:
    published = [connection.ask(publish, 202) for _ in range(TIMES)]
    place = next(row[10:] for row in published[-1][1].decode().split("\r\n") if row.lower().startswith("location: "))
    looks = {
        "look at a run that waits (JSON)": {},
        "look at a run that waits (htmx)": {"HX-Request": "true"},
    }
    found: Found = {"publish a run": [seconds for seconds, _, _ in published]}
    for name, headers in looks.items():
        request = build("GET", site.path_of(place), site.address, headers)
        found[name] = [connection.ask(request, 200)[0] for _ in range(TIMES)]
    return found


def report(found: list[Growth]) -> list[str]:
    """The figures as Markdown."""
    return table("Runs that wait", "0", f"{MANY:,}", found)

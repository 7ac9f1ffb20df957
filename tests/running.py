"""A whole site for a test: a real Valkey, a real web server and a real worker, each of which can be broken on its own.

    def test_something(site):                      # shared by the whole run: break nothing
        answer = site.get("/healthz")
        assert answer.status == 200

    def test_a_fault(own_site):                    # this test's alone
        own_site.broker.kill()                     # or .pause(), .resume(), .stop(), .start()
        assert own_site.post("/demos/celery/", {"seconds": "1"}).status == 503

    def test_few_seats(start_site):                # with settings of its own; keywords are environment variables
        site = start_site(SEATS=2)

    def test_of_pages(workerless_site):            # most pages need none, and to start one takes a second
        ...

Every method waits for what it promises, and gives up with the process's log in the error.
"""

import contextlib
import http.client
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from config.data_dir import valkey_socket
from config.environment import ROOT, Environment
from config.machine import web_processes
from config.run.probes import site_says, valkey_answers
from tests.running_process import PATIENCE, RunningProcess, free_port, wait_until

# What makes a site of a test quick where nothing but speed is lost.
QUICK: dict[str, Any] = {"DJANGO_SETTINGS_MODULE": "tests.settings_site"}
# As many web processes as the site has by itself on this machine. What measures how much it takes says so: with the one
# that tests have, it would be measured on one core.
OWN_PROCESSES = web_processes()
# The URLs of databases that have their tables already; SQLite's come with a DATA_DIR that is prepared.
with_tables: set[str] = set()


def environ_for(data_dir: Path, port: int, **overrides: object) -> dict[str, str]:
    """The environment of a site of its own: none of our variables but these."""
    ours = {field.name.upper() for field in fields(Environment)}
    ours |= {"DJANGO_SETTINGS_MODULE", "DJANGO_ALLOW_ASYNC_UNSAFE", "PYTHONWARNINGS"}
    kept = {name: value for name, value in os.environ.items() if name not in ours}
    # A second web process takes a second of one core at each start; who wants two says so.
    own = {"DATA_DIR": str(data_dir), "PORT": str(port), "WEB_PROCESSES": "1"}
    return kept | own | {name: str(x) for name, x in overrides.items()}


def as_sent(
    body: bytes | Mapping[str, object] | None, headers: Mapping[str, str] | None
) -> tuple[bytes | None, dict[str, str]]:
    """The body and the headers of a request: a mapping is sent as a form."""
    sent = {"Accept": "*/*", **(headers or {})}
    if isinstance(body, Mapping):
        sent.setdefault("Content-Type", "application/x-www-form-urlencoded")
        return urlencode(body, doseq=True).encode(), sent
    return body, sent


@dataclass(frozen=True)
class Answer:
    """An HTTP answer, read to its end. `seconds` is from before connecting until the last byte."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes
    seconds: float

    @property
    def text(self) -> str:
        return self.body.decode()

    def json(self) -> Any:
        return json.loads(self.body)


class RunningSite:
    """`broker`, `web` and `worker`, on a folder and a port of their own."""

    root = ROOT  # the folder of the project
    python = sys.executable  # the one that has what the project needs

    def __init__(self, folder: Path, prepared: Path | None = None, **overrides: object) -> None:
        """Keywords are environment variables: `RunningSite(folder, SEATS=2, CONTENT_DIR=...)`.

        `prepared` is a DATA_DIR that has its tables and static files already; a copy of it saves a few seconds.
        """
        self.data_dir = folder / "data"
        self.is_prepared = prepared is not None and overrides.get("DATABASE_URL") in {None, *with_tables}
        if prepared:
            shutil.copytree(prepared, self.data_dir)
        self.data_dir.mkdir(parents=True, exist_ok=True)
        self.port = free_port()
        self.address = f"127.0.0.1:{self.port}"
        self.url = f"http://{self.address}"
        self.environ = environ_for(self.data_dir, self.port, **overrides)
        self.valkey_socket = valkey_socket(self.data_dir)

        self.folder = folder

        def process(name: str, answers: Callable[[RunningProcess], bool]) -> RunningProcess:
            return RunningProcess(name, self.environ, folder / f"{name}.log", answers, self.root, python=self.python)

        self.broker = process("valkey", lambda _: valkey_answers(self.valkey_socket))
        self.web = process("web", lambda _: site_says("127.0.0.1", self.port, "/healthz", self.address)[0] == 200)
        self.worker = process("worker", lambda worker: " ready." in worker.log)
        self.other_workers: list[RunningProcess] = []

    @property
    def processes(self) -> tuple[RunningProcess, ...]:
        return (self.broker, self.web, self.worker, *self.other_workers)

    def worker_of(self, queue: str) -> RunningProcess:
        """One more worker, to be started, that takes one queue alone."""
        log = self.folder / f"worker-{queue}.log"
        made = RunningProcess(f"worker {queue}", self.environ, log, lambda worker: " ready." in worker.log, self.root)
        self.other_workers.append(made)
        return made

    def start(self, *, with_worker: bool = True) -> None:
        """Prepare the folder and start all three, each as soon as it can; or only two, as most pages need no worker."""
        if not self.is_prepared:
            prepare(self.environ, self.root, self.python)
        self.broker.start()
        self.web.start(wait=False)
        if with_worker:
            self.worker.start(wait=False)
        self.web.wait_until_it_answers()
        if with_worker:
            self.worker.wait_until_it_answers()

    def end(self) -> None:
        """End whatever still runs, also what is paused."""
        for process in reversed(self.processes):
            if process.popen is not None:
                process.kill()

    def manage(self, *command: str) -> str:
        """Run one of Django's commands on this site's data, and return what it prints."""
        return _run(["manage.py", *command], self.environ, self.root, self.python)

    def valkey(self) -> redis.Redis:
        """A client of the site's broker, to look at what is there. The caller closes it (it is a context manager)."""
        return redis.Redis(unix_socket_path=str(self.valkey_socket), socket_timeout=2, retry=Retry(NoBackoff(), 0))

    def request(
        self,
        method: str,
        path: str,
        body: bytes | Mapping[str, object] | None = None,
        headers: Mapping[str, str] | None = None,
        *,
        timeout: float = PATIENCE,
    ) -> Answer:
        """Send one request on a connection of its own, as curl does. A mapping is sent as a form. Follows no redirect.

        Raises:
            OSError, http.client.HTTPException: there was no answer, or not within `timeout` seconds.
        """
        body, sent = as_sent(body, headers)
        began = time.monotonic()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            with contextlib.suppress(BrokenPipeError):  # refused before all of it was sent: the answer says why
                connection.request(method, path, body, sent)
            answer = connection.getresponse()
            return Answer(answer.status, answer.headers, answer.read(), time.monotonic() - began)
        finally:
            connection.close()

    def get(self, path: str, headers: Mapping[str, str] | None = None, **more: Any) -> Answer:
        return self.request("GET", path, headers=headers, **more)

    def post(
        self, path: str, form: Mapping[str, object], headers: Mapping[str, str] | None = None, **more: Any
    ) -> Answer:
        return self.request("POST", path, form, headers, **more)

    def state_of(self, run: str) -> str | None:
        """The state of a run by its path, or None while the broker does not say it in time."""
        state: str | None = self.get(run).json().get("state")
        return state

    def hold_a_place(self, seconds: float) -> Answer:
        """Take a place of the bulkhead for so long. Whoever looks whether there is none left takes one for a moment."""
        path = f"/demos/blocking/?seconds={seconds}"
        answer: Answer = wait_until(
            lambda: None if (found := self.get(path)).status == 503 else found, "a place", every=0.1
        )
        return answer

    def has_no_place(self) -> Answer | None:
        """The refusal, when every place of the bulkhead is taken."""
        answer = self.get("/demos/blocking/?seconds=0")
        return answer if answer.status == 503 else None

    def path_of(self, location: str) -> str:
        """The path of a Location header, for the next request."""
        parts = urlsplit(location)
        return f"{parts.path}?{parts.query}" if parts.query else parts.path


def prepare(environ: Mapping[str, str], root: Path = ROOT, python: str = sys.executable) -> str:
    """Make the tables and collect the static files, as every start does, and return what that prints."""
    return _run(["-m", "config.run", "prepare"], environ, root, python)


def _run(arguments: list[str], environ: Mapping[str, str], root: Path = ROOT, python: str = sys.executable) -> str:
    done = subprocess.run(
        [python, *arguments],
        cwd=root,
        env=environ,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{arguments} ended with {done.returncode}:\n{done.stdout}{done.stderr}"
    return done.stdout


def running_site(
    folder: Path, prepared: Path | None = None, *, with_worker: bool = True, **overrides: object
) -> contextlib.AbstractContextManager[RunningSite]:
    """A site that has started, and has ended afterwards, whatever happens in between."""
    return running(RunningSite(folder, prepared, **overrides), with_worker=with_worker)


@contextlib.contextmanager
def running(site: RunningSite, *, with_worker: bool = True) -> Iterator[RunningSite]:
    """The same of a site that was made."""
    try:
        site.start(with_worker=with_worker)
        yield site
    finally:
        site.end()

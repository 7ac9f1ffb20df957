"""The studio on the site as it runs: its first link, several web processes, other programs, a site that is killed."""

import copy
import re
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path
from statistics import median
from threading import Event, Thread

import pytest

from config.run.probes import site_says
from tests.running import RunningSite
from tests.running_process import RunningProcess, free_port, wait_until
from tests.visitor import HTML, QUIZ, Visitor

EDIT = "/teach/edit/defining-tasks/quiz.md"
ADD = "/teach/lessons/defining-tasks/question/"


def become_instructor(site: RunningSite) -> Visitor:
    visitor = Visitor(site)
    visitor.becomes_instructor()
    return visitor


def text_in(page: str) -> str:
    found = re.search(r'<textarea id="text"[^>]*>\n(.*?)</textarea>', page, re.DOTALL)
    assert found, page
    return unescape(found[1])


def save(visitor: Visitor, old: str, new: str) -> None:
    text = text_in(visitor.get(EDIT).text)
    assert old in text
    sent = visitor.submit(EDIT, text=text.replace(old, new, 1), do="save", why="A test")
    assert sent.status == 303, sent.text


@pytest.fixture
def second_web(workerless_site: RunningSite, tmp_path: Path) -> Iterator[RunningSite]:
    """The same site by another web process of its own, as behind a load balancer."""
    other = copy.copy(workerless_site)
    other.port = free_port()
    other.address = f"127.0.0.1:{other.port}"
    other.url = f"http://{other.address}"
    other.environ = workerless_site.environ | {"PORT": str(other.port)}
    other.web = RunningProcess(
        "web",
        other.environ,
        tmp_path / "second-web.log",
        lambda _: site_says("127.0.0.1", other.port, "/healthz", other.address)[0] == 200,
    )
    other.web.start()
    yield other
    other.web.kill()


def test_what_one_web_server_saves_another_one_shows_with_the_next_request(
    workerless_site: RunningSite, second_web: RunningSite
):
    ada = become_instructor(workerless_site)
    save(ada, "## A view calls", "## A view awaits")
    assert "A view awaits" in second_web.get(QUIZ, HTML).text
    assert "A view awaits" in workerless_site.get(QUIZ, HTML).text


def test_two_web_processes_let_nobody_overwrite_what_they_have_not_seen(
    workerless_site: RunningSite, second_web: RunningSite
):
    here, there = become_instructor(workerless_site), become_instructor(second_web)
    text, hidden = text_in(there.get(EDIT).text), there.hidden(EDIT)
    save(here, "## A view calls", "## A view awaits")
    mine = text.replace("## A view calls", "## A view runs", 1)
    refused = there.send(EDIT, {**hidden, "text": mine, "do": "save", "why": ""})
    assert refused.status == 409
    assert "A view awaits" in refused.text
    assert "A view runs" in refused.text
    assert "A view runs" in text_in(there.get(EDIT).text)  # kept as a draft


def test_what_was_saved_is_there_after_a_kill(workerless_site: RunningSite):
    ada = become_instructor(workerless_site)
    save(ada, "## A view calls", "## A view awaits")
    workerless_site.web.kill()
    workerless_site.web.start()
    assert "A view awaits" in workerless_site.get(QUIZ, HTML).text
    assert "A test" in ada.get("/teach/versions/defining-tasks/quiz.md").text


def test_a_file_that_another_program_writes_is_seen_in_the_studio_at_once(workerless_site: RunningSite):
    ada = become_instructor(workerless_site)
    save(ada, "## A view calls", "## A view awaits")
    written = workerless_site.data_dir / "content/defining-tasks/quiz.md"
    written.write_text(written.read_text().replace("A view awaits", "A view waits for"))
    assert "A view waits for" in ada.get(EDIT).text


def test_a_slow_or_large_text_is_bounded(site: RunningSite):
    ada = become_instructor(site)
    hidden = ada.hidden(EDIT)
    assert ada.send(EDIT, {**hidden, "text": "x" * 300_000, "do": "save"}).status == 422
    assert ada.send(EDIT, {**hidden, "text": "x" * 1_300_000, "do": "save"}).status == 413


@pytest.mark.parametrize(
    "path", ["..%2f..%2fsecret-key", "%2e%2e/secret-key", "defining-tasks%00/quiz.md", "course.toml/"]
)
def test_no_spelling_of_a_path_leads_out(path: str, site: RunningSite):
    assert become_instructor(site).get(f"/teach/edit/{path}").status == 404


def test_without_its_broker_the_studio_works(start_site: Callable[..., RunningSite]):
    site = start_site(with_worker=False)
    ada = become_instructor(site)
    site.broker.kill()
    save(ada, "## A view calls", "## A view awaits")
    assert "A view awaits" in site.get(QUIZ, HTML).text


def test_readers_wait_for_no_text_that_an_instructor_has_checked(workerless_site: RunningSite):
    ada, lesson = become_instructor(workerless_site), "/lessons/defining-tasks/performance/"
    edit = "/teach/edit/defining-tasks/performance.md"
    text = text_in(ada.get(edit).text)
    costly = text + "\n" + ("*_" * 4_900 + "\n\n") * ((120_000 - len(text)) // 9_802)

    def seconds(times: int) -> list[float]:
        return sorted(workerless_site.get(lesson).seconds for _ in range(times))

    def check_until(over: Event, done: list[int]) -> None:
        while not over.is_set():
            done.append(ada.submit(edit, text=costly, do="check").status)

    seconds(5)
    alone = seconds(40)
    over = Event()
    done: list[int] = []
    beside = Thread(target=check_until, args=(over, done))
    beside.start()
    wait_until(lambda: done, "a first check is done", 20)
    among = seconds(40)
    over.set()
    beside.join()
    assert set(done) == {303}
    assert median(among) < median(alone) + 0.1

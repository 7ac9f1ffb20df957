"""The way of a learner and that of an instructor through the whole deployment, as browsers without JavaScript go it."""

import re
from html import unescape
from typing import cast

from tests.faults.deployment import WEBS, Deployment
from tests.running import RunningSite
from tests.running_process import wait_until
from tests.visitor import HTML, PASSWORD, QUIZ, Visitor, a_name

EDIT = "/teach/edit/defining-tasks/quiz.md"
SHOWN_WITHIN = 2.0  # seconds, with a margin: every web process shows within one what another one saved


def visitor(site: Deployment) -> Visitor:
    """A browser before the proxy."""
    return Visitor(cast(RunningSite, site))


def learner(site: Deployment) -> None:
    """Reads a lesson, runs both demos, answers a question, makes an account, and is known in another browser."""
    assert "Set-Cookie" not in site.get("/lessons/defining-tasks/performance/").headers
    assert site.get("/demos/blocking/?seconds=0.2").json()["receipt"]
    run = site.post("/demos/celery/", {"seconds": 0.2}).headers["Location"]
    wait_until(lambda: site.state_of(run) == "succeeded", "the run is done")

    here, name = visitor(site), a_name()
    here.answers()
    signed_up = here.signs_up(name)
    assert signed_up.status == 303, signed_up.text
    assert "; Secure" in signed_up.headers["Set-Cookie"]
    there = visitor(site)
    assert there.signs_in(name).status == 303
    assert there.data["learner"] == here.data["learner"]
    assert len(there.data["answers"]) == 1


def instructor(site: Deployment) -> None:
    """The first one is made by a command and invites another, whose edit each web process shows."""
    first, name = visitor(site), a_name()
    assert first.signs_up(name).status == 303
    site.manage("manage.py", "make_instructor", name)
    page = first.submit("/teach/instructors/").text
    found = re.search(r"https://[^\s\"<]+(/teach/invitations/[\w-]+/)", page)
    assert found, page

    second = visitor(site)
    let_in = second.submit(found[1], name=a_name(), password=PASSWORD, again=PASSWORD)
    assert let_in.status == 303, let_in.text
    text = _text_in(second.get(EDIT).text)
    mark = a_name()
    changed = re.sub(r"^## [^{\n]*", f"## {mark} ", text, count=1, flags=re.MULTILINE)
    saved = second.submit(EDIT, text=changed, do="save", why="A test")
    assert saved.status == 303, saved.text
    for web in WEBS:
        wait_until(lambda: mark in site.web_says(web, QUIZ, HTML).text, f"{web} shows it", SHOWN_WITHIN)  # noqa: B023


def _text_in(page: str) -> str:
    found = re.search(r'<textarea id="text"[^>]*>\n(.*?)</textarea>', page, re.DOTALL)
    assert found, page
    return unescape(found[1])

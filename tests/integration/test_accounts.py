"""Accounts, merging and deletion on the site as it runs, on both databases, and with many requests at once."""

import re
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from typing import Any

import pytest

from tests.running import RunningSite
from tests.running_process import wait_until
from tests.visitor import HTML, PASSWORD, QUIZ, SIGN_IN, Visitor, a_name

DELETE = "/learners/my-data/delete/"


def firsts(data: Mapping[str, Any]) -> list[str]:
    return [row["question"] for row in data["answers"] if (row["go"], row["attempt"]) == (1, 1)]


def places(data: Mapping[str, Any]) -> list[list[object]]:
    return [[row[key] for key in ("question", "go", "attempt", "answered")] for row in data["answers"]]


def test_what_was_done_in_two_browsers_comes_together_and_is_deleted_for_good(either_site: RunningSite):
    name = a_name()
    here, there = Visitor(either_site), Visitor(either_site)
    here.answers()
    assert here.signs_up(name).status == 303
    there.answers()
    own = there.data["answers"]
    assert there.signs_in(name).headers["Location"] == "/learners/account/?joined"

    joined = there.data
    assert joined["learner"] == here.data["learner"]
    assert len(joined["answers"]) == 2
    assert len(firsts(joined)) == 1
    assert joined["answers"][0]["answered"] < own[0]["answered"]
    assert (joined["answers"][0]["go"], joined["answers"][0]["attempt"]) == (1, 1)
    assert joined["account"]["name"] == name
    assert len(joined["account"]["sessions_end"]) == 2

    asked = there.get(DELETE)
    assert "Answers to questions: 2" in asked.text
    done = there.submit(DELETE)
    assert done.status == 303
    assert "Answers to questions: 2" in there.get(done.headers["Location"]).text
    assert set(there.cookies) <= {"offload_form"}
    assert here.data["learner"] is None
    assert here.data["account"] is None
    assert Visitor(either_site).signs_in(name).status == 422


def test_a_double_click_on_sign_in_merges_once(either_site: RunningSite):
    name = a_name()
    Visitor(either_site).signs_up(name)
    there = Visitor(either_site)
    there.answers()
    there.answers()
    before = there.data
    form = {**there.hidden(SIGN_IN), "name": name, "password": PASSWORD, "join": "on"}
    tabs = [there.twin() for _ in range(6)]
    with ThreadPoolExecutor(6) as many:
        done = list(many.map(lambda tab: tab.send(SIGN_IN, form).status, tabs))
    assert done == [303] * 6
    for tab in tabs:
        assert places(tab.data) == places(before)


def test_answers_that_arrive_while_two_are_merged_or_deleted_break_nothing(either_site: RunningSite):
    """Each is either kept for somebody or refused in words. None is half there."""
    for way in ("merged", "deleted"):
        name = a_name()
        Visitor(either_site).signs_up(name)
        there = Visitor(either_site)
        there.answers()
        token = there.hidden(SIGN_IN if way == "merged" else DELETE)
        credentials = {"name": name, "password": PASSWORD, "join": "on"} if way == "merged" else {}
        answer = there.answer_form()
        with ThreadPoolExecutor(9) as many:
            ending = many.submit(there.twin().send, SIGN_IN if way == "merged" else DELETE, {**token, **credentials})
            answers = [many.submit(there.twin().send, f"{QUIZ}answer/", answer) for _ in range(8)]
        assert ending.result().status == 303
        assert {one.result().status for one in answers} <= {303, 409, 422}
    assert "Traceback" not in either_site.web.log


def test_two_deletions_at_once_delete_once(either_site: RunningSite):
    there = Visitor(either_site)
    there.answers()
    there.signs_up(a_name())
    token = there.hidden(DELETE)
    with ThreadPoolExecutor(4) as many:
        done = list(many.map(lambda tab: tab.send(DELETE, token).status, [there.twin() for _ in range(4)]))
    # Whoever comes late is no longer signed in; the token of the form is as good as before.
    assert set(done) <= {303}
    assert there.data["learner"] is None
    assert "Traceback" not in either_site.web.log


def test_a_new_password_comes_by_mail_and_signs_all_others_out(either_site: RunningSite):
    name = a_name()
    here = Visitor(either_site)
    here.answers()
    here.signs_up(name, email=f"{name}@example.org")
    before = here.data
    lost = Visitor(either_site)
    assert lost.submit("/learners/account/reset/", email=f"{name}@example.org").status == 303
    mail = re.compile(rf"Account {name}:\s+http://\S+?(/learners/account/reset/\w+/[\w-]+/)")
    link = wait_until(lambda: mail.search(either_site.worker.log), "a link")
    new = "quite another password"
    assert lost.submit(link.group(1), password=new, again=new).status == 303
    assert here.data["learner"] is None
    assert lost.signs_in(name).status == 422
    assert lost.signs_in(name, new).status == 303
    assert lost.data["answers"] == before["answers"]
    assert lost.data["learner"] != before["learner"]
    assert lost.data["since"] == before["since"]


def test_asking_for_a_mail_without_a_broker_is_refused_in_words(own_site: RunningSite):
    lost = Visitor(own_site)
    own_site.broker.kill()
    answer = lost.submit("/learners/account/reset/", email="ada@example.org")
    assert answer.status == 503
    assert "Nothing was sent" in answer.text
    assert answer.seconds < 2
    own_site.broker.start()
    # Each time for another address: of one, three mails an hour can be asked for.
    addresses = (f"b{number}@example.org" for number in count())
    wait_until(lambda: lost.submit("/learners/account/reset/", email=next(addresses)).status == 303, "mail again")


@pytest.mark.parametrize("path", ["/", "/lessons/defining-tasks/", "/learners/my-data/", "/learners/account/", QUIZ])
def test_reading_sets_no_cookie(site: RunningSite, path: str):
    answer = site.get(path, HTML)
    assert answer.status == 200
    assert "Set-Cookie" not in answer.headers

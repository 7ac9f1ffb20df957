"""The editor: drafts, checks, saving, and two who edit one file."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from threading import Event

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from learners.models import Account
from lessons.catalog import catalog
from lessons.writing import digest_now
from teach import drafts
from teach.editing_views import rates
from teach.models import Draft, Revision, SentPage
from tests.teach.conftest import QUIZ, Content, Person

pytestmark = pytest.mark.django_db

EDIT = "/teach/edit/one/quiz.md"
BROKEN = "## No id\n"
FRAGMENT = {"hx-request": "true"}


def base_of(path: str = "one/quiz.md") -> str:
    return digest_now(catalog(), path)


def form(text: str, do: str = "check", base: str | None = None, why: str = "") -> dict[str, str]:
    return {"text": text, "do": do, "base": base_of() if base is None else base, "why": why}


def test_the_editor_shows_the_file_and_that_it_is_fine(content: Content, instructor: Person):
    answer = instructor.client.get(EDIT)
    assert "Who runs the task?" in answer.content.decode()
    assert "Nothing to complain of" in answer.content.decode()
    assert "frame-src 'self'" in answer["Content-Security-Policy"]
    assert "no-store" in answer["Cache-Control"]


def test_what_is_typed_is_kept_as_a_draft_and_checked(content: Content, instructor: Person):
    answer = instructor.client.post(EDIT, form(BROKEN), headers=FRAGMENT)
    html = answer.content.decode()
    assert answer.status_code == 200
    assert 'data-errors="' in html
    assert 'data-line="1"' in html
    assert "needs an id" in html
    assert content.text("one/quiz.md") == QUIZ
    assert BROKEN.strip() in instructor.client.get(EDIT).content.decode()


def test_a_draft_is_for_its_writer_alone(content: Content, instructor: Person, sign_in: Callable[..., Person]):
    instructor.client.post(EDIT, form(QUIZ + "\nmine"), headers=FRAGMENT)
    assert "mine" not in sign_in().client.get(EDIT).content.decode()


def test_a_text_that_is_the_file_again_is_no_draft(content: Content, instructor: Person):
    instructor.client.post(EDIT, form(BROKEN), headers=FRAGMENT)
    instructor.client.post(EDIT, form(QUIZ), headers=FRAGMENT)
    assert drafts.draft_of(instructor.account, "one/quiz.md") is None


def test_saving_leads_back_to_the_editor_which_says_so(content: Content, instructor: Person):
    answer = instructor.client.post(EDIT, form(QUIZ.replace("\n", "\r\n") + "\r\n", "save", why="A line"), follow=True)
    assert answer.redirect_chain == [(f"{EDIT}?saved", 303)]
    assert "Learners see it from now on" in answer.content.decode()
    assert (content.own / "one/quiz.md").read_bytes() == (QUIZ + "\n").encode()


def test_saving_with_errors_is_refused_and_loses_nothing(content: Content, instructor: Person):
    answer = instructor.client.post(EDIT, form(BROKEN, "save"))
    assert answer.status_code == 422
    assert "kept as a draft" in answer.content.decode()
    assert BROKEN.strip() in answer.content.decode()
    assert not content.own.exists()


def test_two_who_edit_one_file_lose_nothing(content: Content, instructor: Person, sign_in: Callable[..., Person]):
    other, base = sign_in("grace"), base_of()
    mine, theirs = QUIZ.replace("A worker", "My worker"), QUIZ.replace("A worker", "Their worker")
    other.client.post(EDIT, form(theirs, "save", base, why="Their reason"))
    told = instructor.client.post(EDIT, form(mine, base=base), headers=FRAGMENT).content.decode()
    assert "grace saved this file after you opened it" in told

    answer = instructor.client.post(EDIT, form(mine, "save", base))
    html = answer.content.decode()
    assert answer.status_code == 409
    for words in ("Their worker", "My worker", "grace", "Their reason"):
        assert words in html
    assert "Their worker" in content.text("one/quiz.md")

    instructor.client.post(EDIT, form(mine, "go on", base_of()))
    saved = instructor.client.post(EDIT, form(mine, "save", base_of()))
    assert saved.status_code == 303
    assert "My worker" in content.text("one/quiz.md")
    versions = instructor.client.get("/teach/versions/one/quiz.md").content.decode()
    assert "Their reason" in versions


def test_a_page_that_was_opened_before_somebody_saved_cannot_overwrite_by_its_draft(
    content: Content, instructor: Person, sign_in: Callable[..., Person]
):
    before = base_of()
    sign_in().client.post(EDIT, form(QUIZ + "\n", "save"))
    instructor.client.post(EDIT, form(QUIZ + "\n\n", base=before), headers=FRAGMENT)
    assert instructor.client.post(EDIT, form(QUIZ + "\n\n", "save", before)).status_code == 409


def test_going_on_with_ones_own_text_overwrites_nobody_who_saved_since(
    content: Content, instructor: Person, sign_in: Callable[..., Person]
):
    base = base_of()
    sign_in().client.post(EDIT, form(QUIZ.replace("A worker", "The second"), "save"))
    told = instructor.client.post(EDIT, form(QUIZ + "\n", "save", base)).content.decode()
    shown = re.search(r'name="base" value="(\w+)"', told)
    assert shown
    sign_in().client.post(EDIT, form(QUIZ.replace("A worker", "The third"), "save"))

    instructor.client.post(EDIT, form(QUIZ + "\n", "go on", shown[1]))
    mine = drafts.draft_of(instructor.account, "one/quiz.md")
    assert mine
    answer = instructor.client.post(EDIT, form(mine.text, "save", mine.base))
    assert answer.status_code == 409
    assert "The third" in answer.content.decode()


def test_a_file_with_other_line_ends_is_no_draft_as_soon_as_it_is_checked(content: Content, instructor: Person):
    (content.shipped / "one/quiz.md").write_bytes(QUIZ.replace("\n", "\r\n").encode())
    instructor.client.post(EDIT, form(QUIZ.replace("\n", "\r\n")), headers=FRAGMENT)
    assert drafts.draft_of(instructor.account, "one/quiz.md") is None


def test_what_no_column_holds_is_left_out_of_the_other_fields(content: Content, instructor: Person):
    instructor.client.post(EDIT, form("x", base="a\0b"))
    instructor.client.post(EDIT, form(QUIZ + "\n", "save", why="be\0cause"))
    assert Revision.objects.get(account=instructor.account).why == "because"


def test_discarding_leads_to_the_file_as_it_is(content: Content, instructor: Person):
    instructor.client.post(EDIT, form(BROKEN), headers=FRAGMENT)
    answer = instructor.client.post(EDIT, form(BROKEN, "discard"), follow=True)
    assert "Who runs the task?" in answer.content.decode()
    assert drafts.draft_of(instructor.account, "one/quiz.md") is None


def test_a_new_file_begins_with_a_text_that_is_in_order(content: Content, instructor: Person):
    html = instructor.client.get("/teach/edit/one/why.md").content.decode()
    assert "title: &quot;Shipped&quot;" in html
    assert 'data-errors="0"' in html  # fmt: skip


@pytest.mark.parametrize(
    "path",
    [
        "../settings.py",
        "one/../../config/settings.py",
        "one/learn.py",
        "two/learn.md",
        "one/x.md",
        ".git/config",
        "one",
    ],
)
def test_no_other_address_leads_to_a_file(path: str, content: Content, instructor: Person):
    assert instructor.client.get(f"/teach/edit/{path}").status_code == 404
    assert instructor.client.post(f"/teach/edit/{path}", form("x", "save", "")).status_code == 404
    assert instructor.client.get(f"/teach/preview/{path}").status_code == 404
    assert instructor.client.get(f"/teach/versions/{path}").status_code == 404


def test_a_measured_run_is_shown_and_not_edited(content: Content, instructor: Person):
    (content.shipped / "one/recorded.md").write_text("---\nx: 1\n---\n")
    html = instructor.client.get("/teach/edit/one/recorded.md").content.decode()
    assert "make record" in html
    assert "<textarea" not in html
    instructor.client.post("/teach/edit/one/recorded.md", form("faked", "save", ""))
    assert "faked" not in content.text("one/recorded.md")


def test_every_address_of_the_studio_is_nothing_to_others(content: Content, sign_in: Callable[..., Person]):
    others = sign_in(instructor=False)
    for path in (
        "", "edit/one/quiz.md", "preview/one/quiz.md", "versions/one/quiz.md", "shipped/one/quiz.md", "versions/1/",
        "changes.zip", "lessons/new/", "lessons/one/question/", "instructors/",
    ):  # fmt: skip
        assert others.client.get(f"/teach/{path}").status_code == 404, path
    for path in (
        "rehearse/answer/one/quiz.md",
        "lessons/one/retire/",
        "lessons/one/bring-back/",
        "lessons/one/picture/",
    ):
        assert others.client.post(f"/teach/{path}").status_code == 404, path


def test_a_form_of_the_editor_needs_its_token(content: Content, instructor: Person):
    instructor.client.handler.enforce_csrf_checks = True
    assert instructor.client.post(EDIT, form(QUIZ + "\n", "save")).status_code == 403
    assert content.text("one/quiz.md") == QUIZ


def test_an_edit_by_another_program_is_seen_at_once(content: Content, instructor: Person):
    content.own.joinpath("one").mkdir(parents=True)
    content.own.joinpath("one/quiz.md").write_text(QUIZ.replace("A worker", "Somebody else's words"))
    assert "Somebody else" in instructor.client.get(EDIT).content.decode()
    assert "changed here" in instructor.client.get("/teach/").content.decode()


def test_a_program_in_a_question_is_not_run_and_its_key_is_told_to_be_unchecked(
    content: Content, instructor: Person, tmp_path: Path
):
    mark = tmp_path / "was-run"
    program = f"```python\nopen({str(mark)!r}, 'w').close()\nprint(1)\n```\n"
    text = f"## What is printed? {{#printed}}\n\n{program}\n- [>]\n  ```text\n  1\n  ```\n  > Yes.\n"
    answer = instructor.client.post(EDIT, form(text), headers=FRAGMENT)
    assert "Unchecked: the key of 1 question" in answer.content.decode()
    assert instructor.client.post(EDIT, form(text, "save")).status_code == 303
    assert instructor.client.get("/teach/preview/one/quiz.md").status_code == 200
    assert not mark.exists()


def test_two_windows_of_one_instructor_take_nothing_from_each_other(content: Content, instructor: Person):
    old, new = "0" * 16, "1" * 16
    instructor.client.post(EDIT, form(QUIZ + "\nfrom the new window") | {"page": new}, headers=FRAGMENT)
    told = instructor.client.post(EDIT, form(QUIZ + "\nfrom the old one") | {"page": old}, headers=FRAGMENT)
    assert told.status_code == 409
    assert "another window" in told.content.decode()
    for do in ("save", "check", "discard"):
        both = instructor.client.post(EDIT, form(QUIZ + "\nfrom the old one", do, why="Because") | {"page": old})
        assert both.status_code == 409
        for words in ("from the new window", "from the old one", "Because"):
            assert words in both.content.decode()
    assert "from the new window" in drafts.text_now(instructor.account, "one/quiz.md")
    assert instructor.client.post(EDIT, form("x", "leave") | {"page": old})["Location"] == EDIT
    instructor.client.post(EDIT, form(QUIZ + "\nfrom the old one", "go on") | {"page": old})
    assert "from the old one" in drafts.text_now(instructor.account, "one/quiz.md")


def test_a_window_goes_on_with_the_draft_that_it_was_opened_with(content: Content, instructor: Person):
    instructor.client.post(EDIT, form(QUIZ + "\none") | {"page": "0" * 16}, headers=FRAGMENT)
    html = instructor.client.get(EDIT).content.decode()
    hidden = dict(re.findall(r'<input type="hidden" name="(base|page|seen)" value="([^"]*)"', html))
    assert instructor.client.post(EDIT, form(QUIZ + "\ntwo") | hidden, headers=FRAGMENT).status_code == 200
    assert "two" in drafts.text_now(instructor.account, "one/quiz.md")


def test_a_question_that_was_added_is_not_lost_to_an_older_window(content: Content, instructor: Person):
    drafts.keep(instructor.account, "one/quiz.md", QUIZ + "\nwith a question added", base_of())
    told = instructor.client.post(EDIT, form(QUIZ + "\ntyped") | {"page": "0" * 16}, headers=FRAGMENT)
    assert told.status_code == 409
    assert "with a question added" in drafts.text_now(instructor.account, "one/quiz.md")


SAVED, OLDER = QUIZ.replace("A worker", "A worker process"), QUIZ.replace("A worker", "A worker pro")
LATE = [SAVED, OLDER, BROKEN]
LATE_NAMES = ["the text that was saved", "an older one", "an older one with an error"]


def of_page(text: str, do: str = "check", base: str | None = None) -> dict[str, str]:
    return form(text, do, base) | {"page": "0" * 16}


def saves_again(person: Person) -> None:
    """Nothing is left of what was typed before: the next page has the file, and saving from it is no conflict."""
    html = person.client.get(EDIT).content.decode()
    assert "This is your draft" not in html
    hidden = dict(re.findall(r'<input type="hidden" name="(base|page|seen)" value="([^"]*)"', html))
    assert person.client.post(EDIT, form(SAVED + "\n", "save") | hidden).status_code == 303


@pytest.mark.parametrize("text", LATE, ids=LATE_NAMES)
def test_a_check_that_comes_after_the_page_was_saved_is_no_draft(text: str, content: Content, instructor: Person):
    base = base_of()
    assert instructor.client.post(EDIT, of_page(SAVED, "save", base)).status_code == 303
    told = instructor.client.post(EDIT, of_page(text, base=base), headers=FRAGMENT)
    assert told.status_code == 409
    assert "data-unkept" in told.content.decode()
    saves_again(instructor)


@pytest.mark.parametrize("text", LATE, ids=LATE_NAMES)
def test_a_check_that_comes_before_the_page_is_saved_leaves_no_draft(text: str, content: Content, instructor: Person):
    base = base_of()
    assert instructor.client.post(EDIT, of_page(text, base=base), headers=FRAGMENT).status_code == 200
    assert instructor.client.post(EDIT, of_page(SAVED, "save", base)).status_code == 303
    saves_again(instructor)


@pytest.mark.parametrize("is_first", [True, False], ids=["the check first", "the save first"])
@pytest.mark.django_db(transaction=True)
def test_a_check_and_a_save_of_one_page_at_once_leave_no_draft(
    is_first: bool, content: Content, instructor: Person, monkeypatch: pytest.MonkeyPatch
):
    """Each is held where it has looked whether the other one was there, until that one is done or waits for it."""
    base, keeps, held, other = base_of(), drafts.keep, Event(), Event()

    def keep(account: Account, path: str, text: str, *rest: str) -> Draft:
        if (text == OLDER) == is_first and not held.is_set():
            held.set()
            other.wait(0.5)  # for ever, as it should be, while this one is alone
        return keeps(account, path, text, *rest)

    def send(text: str, do: str, headers: dict[str, str]) -> int:
        try:
            client = Client(headers={"accept": "text/html"})
            client.cookies = instructor.client.cookies
            return client.post(EDIT, of_page(text, do, base), headers=headers).status_code
        finally:
            connection.close()

    monkeypatch.setattr(drafts, "keep", keep)
    sent = [(OLDER, "check", FRAGMENT), (SAVED, "save", {})]
    first, second = sent if is_first else sent[::-1]
    with ThreadPoolExecutor(2) as pool:
        before = pool.submit(send, *first)
        assert held.wait(10)
        after = pool.submit(send, *second)
        after.add_done_callback(lambda _: other.set())
        told = [before.result(), after.result()]
    assert told == ([200, 303] if is_first else [303, 409])
    saves_again(instructor)


def test_a_check_that_comes_after_the_page_was_refused_or_discarded_changes_no_draft(
    content: Content, instructor: Person, sign_in: Callable[..., Person]
):
    instructor.client.post(EDIT, of_page(BROKEN + "\nall of it", "save"))
    assert instructor.client.post(EDIT, of_page(BROKEN), headers=FRAGMENT).status_code == 409
    assert "all of it" in drafts.text_now(instructor.account, "one/quiz.md")
    instructor.client.post(EDIT, of_page(BROKEN, "discard"))
    assert instructor.client.post(EDIT, of_page(BROKEN), headers=FRAGMENT).status_code == 409
    assert drafts.draft_of(instructor.account, "one/quiz.md") is None
    other = sign_in()
    assert (
        other.client.post(EDIT, of_page(BROKEN), headers=FRAGMENT).status_code == 200
    )  # a page of that name is theirs


def test_a_text_that_is_the_file_is_no_draft_whatever_it_began_from(content: Content, instructor: Person):
    instructor.client.post(EDIT, of_page(QUIZ + "\nnew"), headers=FRAGMENT)
    instructor.client.post(EDIT, of_page(QUIZ, base="0" * 64), headers=FRAGMENT)
    assert drafts.draft_of(instructor.account, "one/quiz.md") is None


def test_who_stays_on_a_page_that_was_sent_goes_on_by_its_button(content: Content, instructor: Person):
    base = base_of()
    instructor.client.post(EDIT, of_page(SAVED, "save", base))
    instructor.client.post(EDIT, of_page(QUIZ + "\ntyped since", base=base))
    assert "typed since" in drafts.text_now(instructor.account, "one/quiz.md")


def test_a_page_that_was_sent_is_forgotten_when_nothing_can_be_under_way_from_it(content: Content, instructor: Person):
    instructor.client.post(EDIT, of_page(QUIZ))
    SentPage.objects.update(sent=timezone.now() - timedelta(days=2))
    instructor.client.post(EDIT, form(QUIZ) | {"page": "1" * 16})
    assert [sent.page for sent in SentPage.objects.all()] == ["1" * 16]


def test_a_text_that_is_too_large_is_given_back(content: Content, instructor: Person):
    answer = instructor.client.post(EDIT, form("begin " + "x" * 205_000, "save"))
    assert answer.status_code == 422
    assert "begin xxx" in answer.content.decode()


def test_a_text_that_comes_too_often_is_kept_all_the_same(
    content: Content, instructor: Person, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(rates, "learner", 0)
    assert instructor.client.post(EDIT, form(QUIZ + "\nkept"), headers=FRAGMENT).status_code == 429
    assert "kept" in drafts.text_now(instructor.account, "one/quiz.md")
    answer = instructor.client.post(EDIT, form(QUIZ + "\nkept too", "save"))
    assert answer.status_code == 429
    assert "kept too" in answer.content.decode()


def test_why_is_not_lost_in_a_conflict(content: Content, instructor: Person, sign_in: Callable[..., Person]):
    before = base_of()
    sign_in().client.post(EDIT, form(QUIZ + "\n", "save"))
    answer = instructor.client.post(EDIT, form(QUIZ + "\n\n", "save", before, "My reason"))
    assert 'value="My reason"' in answer.content.decode()
    gone_on = instructor.client.post(EDIT, form(QUIZ + "\n\n", "go on", base_of(), "My reason"), follow=True)
    assert 'value="My reason"' in gone_on.content.decode()


@pytest.mark.parametrize(
    "path", ["edit/one/quiz.md", "lessons/one/retire/", "rehearse/over/one/quiz.md", "changes.zip"]
)
def test_to_others_there_is_nothing_whatever_they_send(
    path: str, content: Content, sign_in: Callable[..., Person], instructor: Person
):
    others = sign_in(instructor=False)
    for client in (others.client, Client(headers={"accept": "text/html"})):
        client.handler.enforce_csrf_checks = True
        for method in ("get", "post", "put", "delete"):
            assert getattr(client, method)(f"/teach/{path}").status_code == 404, method
    instructor.client.handler.enforce_csrf_checks = True
    assert instructor.client.post("/teach/lessons/one/retire/").status_code == 403

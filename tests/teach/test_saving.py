"""Saving: what is in order, over what was seen, with what was there before kept."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from django.db import connection

from lessons import pages
from lessons.catalog import catalog, course
from lessons.writing import digest_now
from teach import drafts, history
from teach.models import Draft, Revision
from teach.saving import HasErrors, NotSaved, Overtaken, save, take_back
from tests.teach.conftest import QUIZ, Content, Person

pytestmark = pytest.mark.django_db


def base_of(path: str) -> str:
    return digest_now(catalog(), path)


def written_outside(content: Content, raw: bytes) -> None:
    (content.own / "one").mkdir(parents=True)
    (content.own / "one/quiz.md").write_bytes(raw)
    catalog().refresh()


def test_what_is_saved_is_shown_at_once(content: Content, instructor: Person):
    text = content.text("one/learn.md").replace("Shipped", "Mine")
    save(instructor.account, "one/learn.md", text, base=base_of("one/learn.md"), why="Better")
    assert course().lessons["one"].title == "Mine"
    assert b"Mine" in pages.prepared().modes["one", "learn"].variants["identity"].body


def test_who_when_and_why_are_kept_and_so_is_what_was_there_before(content: Content, instructor: Person):
    save(instructor.account, "one/quiz.md", QUIZ + "\n", base=base_of("one/quiz.md"), why="One more line")
    newest, before = history.versions_of("one/quiz.md")
    assert (newest.account, newest.why, newest.text) == (instructor.account, "One more line", QUIZ + "\n")
    assert (before.account, before.why, before.text) == (None, "As it was shipped", QUIZ)


def test_what_was_written_outside_is_kept_before_it_is_overwritten(content: Content, instructor: Person):
    save(instructor.account, "one/quiz.md", QUIZ + "\n", base=base_of("one/quiz.md"), why="")
    (content.own / "one/quiz.md").write_text(QUIZ.replace("A worker", "A worker process"))
    save(instructor.account, "one/quiz.md", QUIZ + "\n\n", base=base_of("one/quiz.md"), why="")
    assert "A worker process" in history.versions_of("one/quiz.md")[1].text
    assert history.versions_of("one/quiz.md")[1].why == "Written outside the studio"


def test_a_text_with_an_error_is_not_saved(content: Content, instructor: Person):
    with pytest.raises(HasErrors) as refusal:
        save(instructor.account, "one/quiz.md", "## No id\n", base=base_of("one/quiz.md"), why="")
    assert refusal.value.found.errors[0].problem.line == 1
    assert content.text("one/quiz.md") == QUIZ
    assert not Revision.objects.exists()


def test_a_warning_keeps_nothing_from_being_saved(content: Content, instructor: Person):
    text = QUIZ.replace("  > feedback-web\n", "")
    save(instructor.account, "one/quiz.md", text, base=base_of("one/quiz.md"), why="")
    assert content.text("one/quiz.md") == text


def test_what_would_break_another_file_is_not_saved(content: Content, instructor: Person):
    text = content.text("course.toml").replace('"one"', '"one", "two"')
    with pytest.raises(HasErrors, match="errors in it"):
        save(instructor.account, "course.toml", text, base=base_of("course.toml"), why="")


def test_what_somebody_else_saved_meanwhile_stays(content: Content, instructor: Person, sign_in: Callable[..., Person]):
    other, base = sign_in(), base_of("one/quiz.md")
    save(other.account, "one/quiz.md", QUIZ + "\n", base=base, why="Theirs")
    with pytest.raises(Overtaken):
        save(instructor.account, "one/quiz.md", QUIZ + "\n\n", base=base, why="Mine")
    assert content.text("one/quiz.md") == QUIZ + "\n"
    assert [version.why for version in history.versions_of("one/quiz.md")] == ["Theirs", "As it was shipped"]


def test_a_file_that_cannot_be_written_leaves_no_version(content: Content, instructor: Person):
    content.own.mkdir()
    (content.own / "one").write_text("in the way")
    with pytest.raises(OSError, match=r"exists|directory"):
        save(instructor.account, "one/quiz.md", QUIZ + "\n", base=base_of("one/quiz.md"), why="")
    assert [version.text for version in history.versions_of("one/quiz.md")] == [QUIZ]


def test_what_was_there_is_remembered_whatever_stops_a_save_half_way(
    content: Content, instructor: Person, monkeypatch: pytest.MonkeyPatch
):
    written_outside(content, QUIZ.replace("A worker", "Outside").encode())

    def stopped(*_args: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(history, "remember", stopped)
    with pytest.raises(KeyboardInterrupt):
        save(instructor.account, "one/quiz.md", QUIZ + "\n", base=base_of("one/quiz.md"), why="")
    assert "Outside" in history.versions_of("one/quiz.md")[0].text


def test_what_cannot_be_read_is_not_overwritten(content: Content, instructor: Person):
    latin = QUIZ.replace("A worker", "Un café").encode("latin-1")
    written_outside(content, latin)
    with pytest.raises(NotSaved, match="not UTF-8"):
        save(instructor.account, "one/quiz.md", QUIZ + "\n", base=base_of("one/quiz.md"), why="")
    assert (content.own / "one/quiz.md").read_bytes() == latin


def test_a_second_click_on_save_is_no_conflict_with_oneself(content: Content, instructor: Person):
    base = base_of("one/quiz.md")
    for _click in range(2):
        save(instructor.account, "one/quiz.md", QUIZ + "\n", base=base, why="")
    assert drafts.draft_of(instructor.account, "one/quiz.md") is None
    assert len(history.versions_of("one/quiz.md")) == 2


def test_nothing_is_saved_through_a_link_and_that_is_said(content: Content, instructor: Person, tmp_path: Path):
    content.own.mkdir()
    (tmp_path / "out").mkdir()
    (content.own / "one").symlink_to(tmp_path / "out")
    with pytest.raises(NotSaved, match="a link"):
        save(instructor.account, "one/quiz.md", QUIZ + "\n", base=base_of("one/quiz.md"), why="")
    assert not list((tmp_path / "out").iterdir())


def test_who_went_back_to_the_shipped_version_is_remembered_and_their_draft_stays(content: Content, instructor: Person):
    save(instructor.account, "one/quiz.md", QUIZ + "\n", base=base_of("one/quiz.md"), why="")
    drafts.keep(instructor.account, "one/quiz.md", "not saved yet", "")
    take_back(instructor.account, "one/quiz.md", base=base_of("one/quiz.md"), why="Removed")
    newest = history.versions_of("one/quiz.md")[0]
    assert (newest.account, newest.why, newest.text) == (instructor.account, "Back to the shipped version", QUIZ)
    assert drafts.text_now(instructor.account, "one/quiz.md") == "not saved yet"


@pytest.mark.parametrize("text", ["a\0b", "x" * 300_000], ids=["NUL", "too large"])
def test_what_is_no_text_for_a_file_is_refused_in_words(text: str, content: Content, instructor: Person):
    with pytest.raises(NotSaved):
        save(instructor.account, "one/quiz.md", text, base=base_of("one/quiz.md"), why="")


def test_the_shipped_version_comes_back_and_the_own_one_is_kept(content: Content, instructor: Person):
    save(instructor.account, "one/quiz.md", QUIZ + "\n", base=base_of("one/quiz.md"), why="")
    take_back(instructor.account, "one/quiz.md", base=base_of("one/quiz.md"), why="Removed")
    assert content.text("one/quiz.md") == QUIZ
    assert QUIZ + "\n" in [version.text for version in history.versions_of("one/quiz.md")]


def test_a_file_that_a_page_needs_is_not_removed(content: Content, instructor: Person):
    (content.shipped / "one/quiz.md").unlink()
    catalog().refresh()
    save(instructor.account, "one/quiz.md", QUIZ, base="", why="")
    with pytest.raises(HasErrors) as refusal:
        take_back(instructor.account, "one/quiz.md", base=base_of("one/quiz.md"), why="")
    assert "needs the file quiz.md" in refusal.value.found.errors[0].problem.message
    assert content.text("one/quiz.md") == QUIZ


def test_saving_drops_the_draft(content: Content, instructor: Person):
    drafts.keep(instructor.account, "one/quiz.md", QUIZ + "\n", "")
    save(instructor.account, "one/quiz.md", QUIZ + "\n", base=base_of("one/quiz.md"), why="")
    assert drafts.draft_of(instructor.account, "one/quiz.md") is None


def test_saving_drops_no_draft_of_another_text(content: Content, instructor: Person):
    drafts.keep(instructor.account, "one/quiz.md", QUIZ + "\ntyped meanwhile", "")
    save(instructor.account, "one/quiz.md", QUIZ + "\n", base=base_of("one/quiz.md"), why="")
    assert "typed meanwhile" in drafts.text_now(instructor.account, "one/quiz.md")


def test_versions_stay_when_their_writer_deletes_the_account(content: Content, instructor: Person):
    save(instructor.account, "one/quiz.md", QUIZ + "\n", base=base_of("one/quiz.md"), why="")
    drafts.keep(instructor.account, "one/quiz.md", "a draft", "")
    instructor.account.delete()
    assert history.versions_of("one/quiz.md")[0].account is None
    assert not Draft.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_what_two_save_at_once_is_not_taken_for_written_outside(content: Content, sign_in: Callable[..., Person]):
    base, start = base_of("one/quiz.md"), Barrier(4)

    def saved(person: Person, text: str) -> bool:
        start.wait()
        try:
            save(person.account, "one/quiz.md", text, base=base, why="Mine")
        except Overtaken:
            return False
        finally:
            connection.close()
        return True

    people = [sign_in() for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        won = list(pool.map(saved, people, [QUIZ + "\n" * number for number in range(1, 5)]))
    assert sum(won) == 1
    if connection.vendor == "sqlite":  # PostgreSQL lets several look at once, and each may remember what it finds
        assert [version.why for version in history.versions_of("one/quiz.md")] == ["Mine", "As it was shipped"]

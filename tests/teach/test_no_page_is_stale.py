"""What readers get after a change: the new page, whoever made the change, and wherever, and however it was noticed."""

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event
from time import monotonic

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from lessons import pages, watching
from lessons.catalog import Catalog, catalog
from lessons.writing import digest_now, remove
from lessons.writing import write as save
from tests.teach.conftest import PAGE, Content, Person
from tests.teach.test_editing_views import base_of, form

pytestmark = pytest.mark.django_db

Look = Callable[[Person], None]
LESSON, PICTURE = "/lessons/one/", "/lessons/one/bars.svg"
SHOWS = PAGE.replace("Prose.", "Prose.\n\n![Two bars](bars.svg)")
NEW = SHOWS.replace("Prose", "New")


def svg(width: int) -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="7"></svg>'.encode()


def get(path: str) -> tuple[int, str]:
    answer = Client().get(path)
    return answer.status_code, answer.content.decode()


def watcher(_: Person) -> None:
    watching.look()


def studio(instructor: Person) -> None:
    assert instructor.client.get("/teach/").status_code == 200


def another_look(_: Person) -> None:
    """Something else of this process looks first, and the watcher in its half second after it."""
    catalog().refresh()
    watching.look()


LOOKS = pytest.mark.parametrize("look", [watcher, studio, another_look])


def write(path: Path, raw: bytes) -> None:
    path.write_bytes(raw)


OUTSIDE: dict[str, tuple[Callable[[Path], object], str, str]] = {
    "a page is edited": (lambda root: write(root / "one/learn.md", NEW.encode()), LESSON, "New."),
    "a picture is put": (lambda root: write(root / "one/other.svg", svg(3)), "/lessons/one/other.svg", 'width="3"'),
    "a picture is replaced": (lambda root: write(root / "one/bars.svg", svg(91)), LESSON, 'width="91"'),
    "a picture that is replaced is served": (lambda root: write(root / "one/bars.svg", svg(91)), PICTURE, 'width="91"'),
    "the course is edited": (
        lambda root: write(root / "course.toml", b'title = "Another title"\nlessons = ["one"]\n'), "/", "Another title",
    ),
}  # fmt: skip


@pytest.fixture
def shown(content: Content) -> Content:
    """A lesson with a picture, which readers have had before them."""
    write(content.shipped / "one/learn.md", SHOWS.encode())
    write(content.shipped / "one/bars.svg", svg(10))
    watching.look()
    for path in (LESSON, PICTURE, "/"):
        assert get(path)[0] == 200
    assert 'width="10"' in get(LESSON)[1]
    return content


@LOOKS
@pytest.mark.parametrize("change", OUTSIDE)
def test_a_change_from_outside_is_shown(look: Look, change: str, shown: Content, instructor: Person):
    make, path, expected = OUTSIDE[change]
    assert expected not in get(path)[1]
    make(shown.shipped)
    look(instructor)
    status, html = get(path)
    assert status == 200
    assert expected in html


@LOOKS
def test_a_picture_that_was_removed_outside_is_gone(look: Look, shown: Content, instructor: Person):
    (shown.shipped / "one/bars.svg").unlink()
    look(instructor)
    assert get(PICTURE)[0] == 404
    assert "bars.svg" not in get(LESSON)[1]
    assert "Two bars" in get(LESSON)[1]


def put(instructor: Person, name: str, body: bytes) -> None:
    sent = {"picture": SimpleUploadedFile(name, body), "replace": "on"}
    assert instructor.client.post("/teach/lessons/one/picture/", sent).status_code == 303


def test_a_picture_of_the_studio_is_there_at_once(shown: Content, instructor: Person):
    assert get("/lessons/one/new.svg")[0] == 404
    put(instructor, "new.svg", svg(3))
    assert get("/lessons/one/new.svg") == (200, svg(3).decode())
    put(instructor, "new.svg", svg(4))
    assert get("/lessons/one/new.svg") == (200, svg(4).decode())


def test_a_picture_that_the_studio_replaced_or_took_back_is_there_at_once(shown: Content, instructor: Person):
    put(instructor, "bars.svg", svg(91))
    assert get(PICTURE) == (200, svg(91).decode())
    assert 'width="91"' in get(LESSON)[1]
    base = base_of("one/bars.svg")
    assert instructor.client.post("/teach/shipped/one/bars.svg", {"base": base}).status_code == 303
    assert get(PICTURE) == (200, svg(10).decode())
    assert 'width="10"' in get(LESSON)[1]


def test_a_page_and_the_course_of_the_studio_are_there_at_once(shown: Content, instructor: Person):
    for path, text, at, expected in (
        ("one/learn.md", NEW, LESSON, "New."),
        ("course.toml", 'title = "Another title"\nlessons = ["one"]\n', "/", "Another title"),
    ):
        sent = form(text, "save", base_of(path))
        assert instructor.client.post(f"/teach/edit/{path}", sent).status_code == 303
        assert expected in get(at)[1]


def test_pages_that_cannot_be_prepared_stay_up_and_the_log_says_so_once(
    shown: Content, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
):
    def broken(*_: object) -> None:
        raise RuntimeError("a template is broken")

    prepare = pages.prepare_course
    monkeypatch.setattr(pages, "prepare_course", broken)
    write(shown.shipped / "one/learn.md", NEW.encode())
    watching.look()
    watching.look()
    assert [record.getMessage() for record in caplog.records] == [
        "the pages could not be prepared; their last state stays up"
    ]
    assert "Prose." in get(LESSON)[1]
    monkeypatch.setattr(pages, "prepare_course", prepare)
    watching.look()
    assert "New." in get(LESSON)[1]


@pytest.fixture
def watched() -> Iterator[None]:
    """The thread that a web process has, which looks when a request asks for it, and also by itself."""
    stop = watching.start()
    yield
    stop.set()


@pytest.mark.usefixtures("watched")
def test_what_another_process_saved_is_up_with_the_next_request(shown: Content, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(watching, "PATIENCE", 20.0)  # seconds, on a machine that does much else
    before = get(LESSON)
    another = Catalog(shown.shipped, None, catalog().files.own)
    another.refresh()
    save(another, "one/learn.md", NEW.encode(), digest_now(another, "one/learn.md"))
    assert get(LESSON) != before
    assert "New." in get(LESSON)[1]
    remove(another, "one/learn.md", digest_now(another, "one/learn.md"))
    assert get(LESSON) == before


@pytest.mark.usefixtures("watched")
def test_nobody_waits_for_a_text_that_takes_long_to_prepare(shown: Content, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(watching, "PATIENCE", 0.2)
    prepare, held, goes_on = pages.refresh, Event(), Event()

    def slow() -> None:
        held.set()
        assert goes_on.wait(20)
        prepare()

    monkeypatch.setattr(watching, "refresh", slow)
    before = get(LESSON)
    assert held.wait(20)  # the thread looks
    another = Catalog(shown.shipped, None, catalog().files.own)
    another.refresh()
    save(another, "one/learn.md", NEW.encode(), digest_now(another, "one/learn.md"))
    assert get(LESSON) == before  # after 0.2 s
    began = monotonic()
    for _ in range(10):
        assert get(LESSON) == before
    assert monotonic() - began < 10 * 0.2, "each waited anew"
    goes_on.set()
    monkeypatch.setattr(watching, "PATIENCE", 20.0)
    monkeypatch.setattr(watching, "_noticed", (0, 0.0))
    assert "New." in get(LESSON)[1]

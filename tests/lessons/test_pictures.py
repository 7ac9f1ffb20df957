import struct
import zlib

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from lessons import pages, views
from lessons.catalog import check
from lessons.pictures import NoPicture, Picture, placed, read_picture, shown_in
from tests.lessons.conftest import PAGE, Tree

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="640" height="190"><rect width="9" height="9"/></svg>'
SHOWN = PAGE + "\n![Two bars](two-bars.svg)\n"


def png(width: int, height: int) -> bytes:
    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"".join(b"\x00" + b"\x80" * width for _ in range(height)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def said(tree: Tree) -> list[str]:
    return [
        f"{problem.problem.line}:{problem.problem.column}: {problem.problem.message}" for problem in check(tree.root)
    ]


def test_a_picture_beside_the_page_is_shown_with_its_address_and_its_size(tree: Tree):
    tree.write("one/two-bars.svg", SVG)
    tree.write("one/why.md", SHOWN)
    assert said(tree) == []
    lesson = tree.catalog().course.lessons["one"]
    html = placed("".join(map(str, lesson.pages["why"].parts)), "one", lesson.files)
    assert '<img alt="Two bars" src="/lessons/one/two-bars.svg" width="640" height="190">' in html


def test_the_size_of_a_png_is_read_from_its_head():
    found = read_picture("a.png", png(7, 3))
    assert (found.width, found.height, found.media_type) == (7, 3, "image/png")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("![Two bars](missing.svg)", "13:1: there is no picture missing.svg beside this file"),
        ("Look: ![](two-bars.svg)", "13:7: the picture has no words for those who do not see it"),
        ("![a](https://elsewhere.example/a.png)", "13:1: a picture is a file in the lesson's own folder"),
        ("![a](../two/a.svg)", "13:1: a picture is a file in the lesson's own folder"),
        ("![a](/static/a.svg)", "13:1: a picture is a file in the lesson's own folder"),
        ("![a](notes.txt)", "13:1: a picture is a file in the lesson's own folder"),
    ],
)
def test_a_picture_that_cannot_be_shown_is_an_error_with_its_line(tree: Tree, line: str, expected: str):
    tree.write("one/two-bars.svg", SVG)
    tree.write("one/why.md", f"{PAGE}{line}\n")
    assert [problem for problem in said(tree) if problem.startswith(expected)]


def test_what_stands_in_code_shows_no_picture():
    assert list(shown_in("`![a](b.svg)`\n\n```\n![a](b.svg)\n```\n")) == []


@pytest.mark.parametrize("body", [b"", b"junk", b"<svg/>", b'<svg width="0" height="0"/>', b"\x89PNG\r\n\x1a\n"])
def test_a_file_that_does_not_say_its_size_is_an_error_and_the_last_good_one_stays(tree: Tree, body: bytes):
    tree.write("one/two-bars.svg", SVG)
    catalog = tree.catalog()
    tree.write("one/two-bars.svg", body)
    catalog.refresh()
    assert any("picture" in problem.problem.message for problem in catalog.course.problems)
    assert isinstance(catalog.course.lessons["one"].files["two-bars.svg"], Picture)


@given(st.binary(max_size=200) | st.binary(max_size=60).map(lambda rest: b"<svg " + rest))
def test_any_bytes_are_a_picture_or_none(body: bytes):
    try:
        found = read_picture("a.svg", body)
    except NoPicture:
        return
    assert found.width >= 1
    assert found.height >= 1


@given(st.text(max_size=80))
def test_any_text_can_be_looked_through_for_pictures(text: str):
    rows = text.split("\n")
    assert all(1 <= shown.line <= len(rows) for shown in shown_in(text))


def test_of_a_picture_that_is_not_there_the_words_remain():
    assert placed('<p><img alt="Two bars" src="gone.svg"></p>', "one", {}) == '<p><img alt="Two bars"></p>'


def test_a_new_picture_is_noticed(tree: Tree):
    tree.write("one/why.md", SHOWN)
    catalog = tree.catalog()
    assert any("there is no picture" in problem.problem.message for problem in catalog.course.problems)
    tree.write("one/two-bars.svg", SVG)
    catalog.refresh()
    assert catalog.course.problems == ()


def test_a_picture_is_served_with_its_type_and_once(client: Client, tree: Tree, monkeypatch: pytest.MonkeyPatch):
    tree.write("one/two-bars.svg", SVG)
    monkeypatch.setattr(views, "prepared", lambda: pages.prepare_course(tree.catalog().course))
    answer = client.get("/lessons/one/two-bars.svg")
    assert (answer.status_code, answer.content, answer["Content-Type"]) == (200, SVG, "image/svg+xml")
    assert answer["Content-Security-Policy"].startswith("default-src 'none'")  # a document that can do nothing
    assert "sandbox" in answer["Content-Security-Policy"]
    assert client.get("/lessons/one/two-bars.svg", headers={"if-none-match": answer["ETag"]}).status_code == 304
    weak = {"if-none-match": f"W/{answer['ETag']}"}  # as of a picture that was compressed on its way
    assert client.get("/lessons/one/two-bars.svg", headers=weak).status_code == 304
    for path in (
        "/lessons/one/gone.svg",
        "/lessons/two/two-bars.svg",
        "/lessons/one/course.toml",
        "/lessons/one/..svg",
    ):
        assert client.get(path).status_code == 404
    assert client.post("/lessons/one/two-bars.svg").status_code == 405

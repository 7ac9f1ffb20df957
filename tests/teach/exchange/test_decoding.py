"""Whatever bytes somebody uploads, they are text, or refused with words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teach.exchange.decoding import LARGEST, NoText, checked, text_of

TEXT = "Größe – naïve?\n\n{=ja ~nein}\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_what_editors_write_is_read(encoding: str):
    assert text_of(TEXT.encode(encoding)) == (TEXT, "")


@pytest.mark.parametrize("mark", ["utf-16-le", "utf-16-be"])
def test_utf_16_is_told_by_its_mark(mark: str):
    assert text_of("\ufeff".encode(mark) + TEXT.encode(mark)) == (TEXT, "")


def test_old_windows_text_is_read_and_it_is_said():
    assert text_of(TEXT.encode("cp1252")) == (TEXT, "Windows-1252")


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_any_line_end_is_one(end: str):
    assert text_of(TEXT.replace("\n", end).encode())[0] == TEXT


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"a\nb\0", "line 2"),
        ("Größe".encode("utf-16-le"), "U+0000"),
        (b"\xff\xfea", "UTF-16"),
        (b"a\n\x81\x8d", "Line 2"),
        (b"\x89PNG\r\n\x1a\n", "no text has"),
        (b"a" * (LARGEST + 1), "At most"),
    ],
)
def test_what_is_no_text_is_refused_with_words(raw: bytes, words: str):
    with pytest.raises(NoText, match=r".") as refused:
        text_of(raw)
    assert words in str(refused.value)


def test_what_was_pasted_is_bounded_too():
    with pytest.raises(NoText, match="At most"):
        checked("ä" * (LARGEST // 2 + 1))


@given(st.binary(max_size=200))
def test_any_bytes_are_text_or_refused(raw: bytes):
    try:
        text, _ = text_of(raw)
    except NoText:
        return
    assert "\r" not in text
    assert "\0" not in text

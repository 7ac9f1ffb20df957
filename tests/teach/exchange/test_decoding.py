"""Whatever bytes somebody uploads, they are text, or refused with words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teach.exchange.decoding import ENCODINGS, LARGEST, NoText, WhichEncoding, checked, text_of

TEXT = "Größe – naïve?\n\n{=ja ~nein}\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_what_editors_write_is_read(encoding: str):
    assert text_of(TEXT.encode(encoding)) == (TEXT, "")


@pytest.mark.parametrize("mark", ["utf-16-le", "utf-16-be"])
def test_utf_16_is_told_by_its_mark(mark: str):
    assert text_of("\ufeff".encode(mark) + TEXT.encode(mark)) == (TEXT, "")


def test_old_windows_text_is_read_and_it_is_said():
    assert text_of(TEXT.encode("cp1252")) == (TEXT, "Windows-1252")


@pytest.mark.parametrize(
    "text",
    [
        "Größe?{T}",
        "« créé » – „so“ … 3 ± 5 µs ©",
        "¿Qué? Así, mañana",
        "a\n" + "—" * 30,
        "Å och ö, é così à",
        "Dvořák žil",
        "m³ x¹ 1º col·lecció don´t",
    ],
)
def test_western_letters_among_others_are_read(text: str):
    try:
        raw = text.encode("cp1252")
    except UnicodeEncodeError:  # ř is not in it, and comes out as another letter: the encoding is said
        assert text_of(text.encode("cp1250"))[1] == "Windows-1252"
    else:
        assert text_of(raw) == (text, "Windows-1252")


OTHERS = [
    ("windows-1251", "Кто хранит?{T}"),
    ("windows-1251", "delay() {=вернёт ~ждёт}"),
    ("koi8-r", "Кто хранит?{T}"),
    ("iso-8859-5", "Кто хранит?{T}"),
    ("cp866", "Кто хранит?{T}"),
    ("windows-1253", "Ποιος;{T}"),
    ("iso-8859-7", "Ποιος;{T}"),
    ("windows-1255", "מי שומר?{T}"),
    ("windows-1256", "من يحفظ{T}"),
    ("gb18030", "谁保存消息?{T}"),
    ("big5", "誰保存訊息?{T}"),
    ("shift_jis", "だれが保存するか{T}"),
    ("euc-kr", "누가 저장합니까{T}"),
]


@pytest.mark.parametrize(("encoding", "text"), OTHERS)
def test_letters_of_another_script_are_asked_about(encoding: str, text: str):
    raw = f"// ASCII\n{text}".encode(encoding)
    with pytest.raises(WhichEncoding) as asked:
        text_of(raw)
    assert "ine 2 is" in str(asked.value)
    assert text_of(raw, encoding) == (f"// ASCII\n{text}", "")


@pytest.mark.parametrize("encoding", ["windows-1251", "koi8-r", "iso-8859-5", "cp866"])
def test_who_is_asked_sees_what_a_word_would_be(encoding: str):
    with pytest.raises(WhichEncoding) as asked:
        text_of("Что вернёт?{T}".encode(encoding))
    assert f"“Что” in {ENCODINGS[encoding]}" in str(asked.value) or f"“вернёт” in {ENCODINGS[encoding]}" in str(
        asked.value
    )


@pytest.mark.parametrize(
    ("encoding", "text", "word"),
    [
        ("windows-1251", "Is it «да»?", "да"),
        ("windows-1251", "Я{=a ~b}", "Я"),
        ("windows-1253", "Is it να?", "να"),
        ("windows-1250", "Kto może?", "może"),
        ("windows-1250", "Co to za główna pętla?", "główna"),
        ("iso-8859-2", "Który wątek?", "wątek"),
        ("iso-8859-2", "Kolik sítí?\nA pěťset", "pěťse"),
    ],
)
def test_a_word_that_no_western_one_looks_like_is_asked_about(encoding: str, text: str, word: str):
    raw = text.encode(encoding)
    with pytest.raises(WhichEncoding) as asked:
        text_of(raw)
    assert word in str(asked.value)
    assert "Windows-1252 (Western)" in str(asked.value)
    assert text_of(raw, encoding) == (text, "")


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (
            "Größe\n\nWer?{=a ~b}\n\n".encode() + b"Gr\xf6ber?",
            "Line 5 is no UTF-8, and the rest of the file is: mend “Gr�ber?”",
        ),
        ("Größe".encode()[:-2] + b"e", "Line 1 is no UTF-8"),
        ("Кто хранит?\n".encode() * 9 + b"\xd0\r\n" + "Да".encode() + b"\xd0?", "Lines 10, 11 are no UTF-8"),
        ("ä".encode() * 40 + b"\n\xe4" * 7, "Lines 2, 3, 4, 5, 6 and more are no UTF-8"),
    ],
)
def test_what_is_utf_8_but_for_a_byte_is_refused_by_the_line_of_that_byte(raw: bytes, words: str):
    with pytest.raises(NoText) as refused:
        text_of(raw)
    assert words in str(refused.value)
    assert not isinstance(refused.value, WhichEncoding)  # no other encoding would be right
    assert "Windows" not in str(refused.value)


def test_an_encoding_that_was_chosen_is_taken_and_no_other():
    assert text_of("ż".encode("cp1250"), "windows-1250") == ("ż", "")
    assert text_of("ä".encode("utf-8-sig"), "windows-1251") == ("ä", "")
    assert text_of("ä".encode("utf-16"), "windows-1251") == ("ä", "")
    with pytest.raises(NoText, match=r"Line 2 of the file is no text in UTF-8"):
        text_of("a\nä".encode("cp1252"), "utf-8")


def test_every_encoding_is_known():
    for name in ENCODINGS:
        assert text_of(b"a", name) == ("a", "")


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
        (b"PK\x03\x04\x14\0", ".docx"),
        (b"%PDF-1.7", "a PDF"),
        (b"\xd0\xcf\x11\xe0\xa1", ".doc"),
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


@given(st.binary(max_size=200), st.sampled_from(["", *ENCODINGS]))
def test_any_bytes_are_text_or_refused(raw: bytes, encoding: str):
    try:
        text, _ = text_of(raw, encoding)
    except NoText:
        return
    assert "\r" not in text
    assert "\0" not in text

"""From the bytes of an uploaded file to its text: whatever editors and Moodle write, and nothing that is no text."""

import codecs
import re

LARGEST = 512 * 1024  # bytes; a question with all its feedback is about one thousand
CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")
RESERVED = re.compile("[\ufdd0-\ufdef]")  # no characters, by Unicode; they are used inside this program


class NoText(Exception):
    """The bytes are no text that can be read. Says why, and what would be one."""


def text_of(raw: bytes) -> tuple[str, str]:
    r"""The text of a file with `\n` for each line end, and the name of its encoding when that had to be guessed.

    Raises:
        NoText: it is too large, or no text.
    """
    if len(raw) > LARGEST:
        raise NoText(f"The file has {len(raw):,} bytes. At most {LARGEST:,} are taken: cut it into several.")
    text, guessed = _decoded(raw)
    return checked(text), guessed


def checked(text: str) -> str:
    r"""A text that came as such, with `\n` for each line end.

    Raises:
        NoText: it is too long, or holds characters that no text has.
    """
    text = RESERVED.sub("\N{REPLACEMENT CHARACTER}", text.replace("\r\n", "\n").replace("\r", "\n"))
    size = len(text.encode("utf-8", "replace"))
    if size > LARGEST:
        raise NoText(f"The text has {size:,} bytes as UTF-8. At most {LARGEST:,} are taken: cut it into several.")
    if found := CONTROLS.search(text):
        line = text.count("\n", 0, found.start()) + 1
        name = f"U+{ord(found[0]):04X}"
        raise NoText(f"There is a character on line {line} that no text has ({name}). Save the file as UTF-8 text.")
    return text


def _decoded(raw: bytes) -> tuple[str, str]:
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return raw.decode("utf-16"), ""
        except UnicodeDecodeError:
            raise NoText("The file begins like UTF-16 text and is none. Save it as UTF-8.") from None
    try:
        return raw.decode("utf-8-sig"), ""
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
    try:
        return raw.decode("cp1252"), "Windows-1252"
    except UnicodeDecodeError:
        raise NoText(f"Line {line} is neither UTF-8 nor Windows-1252 text. Save the file as UTF-8.") from None

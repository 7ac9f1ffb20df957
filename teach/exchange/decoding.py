"""From the bytes of an uploaded file to its text: whatever editors and Moodle write, and nothing that is no text.

A file that is no UTF-8 says nothing of its encoding. Libraries guess it from how often letters follow each other, which
a file of a few questions, half of them marks and code, is too short for: charset-normalizer 3.5 took 4 of 12 for
another script. So one is guessed alone, Windows-1252, where the letters that are no ASCII stand among others that are,
as in "Größe". Words of nothing else are those of another script, and whoever sent them is asked.
"""

import codecs
import re

LARGEST = 512 * 1024  # bytes; a question with all its feedback is about one thousand
CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")
RESERVED = re.compile("[\ufdd0-\ufdef]")  # no characters, by Unicode; they are used inside this program
WESTERN = "windows-1252"
ENCODINGS = {
    "utf-8": "UTF-8",
    WESTERN: "Windows-1252 (Western)",
    "windows-1250": "Windows-1250 (Central European)",
    "iso-8859-2": "ISO 8859-2 (Central European)",
    "windows-1251": "Windows-1251 (Cyrillic)",
    "koi8-r": "KOI8-R (Cyrillic)",
    "iso-8859-5": "ISO 8859-5 (Cyrillic)",
    "cp866": "DOS 866 (Cyrillic)",
    "windows-1253": "Windows-1253 (Greek)",
    "iso-8859-7": "ISO 8859-7 (Greek)",
    "windows-1254": "Windows-1254 (Turkish)",
    "windows-1255": "Windows-1255 (Hebrew)",
    "windows-1256": "Windows-1256 (Arabic)",
    "gb18030": "GB 18030 (Chinese)",
    "big5": "Big5 (Chinese)",
    "shift_jis": "Shift JIS (Japanese)",
    "euc-kr": "EUC-KR (Korean)",
}
# Letters in a row of which none is in ASCII. In Western words there are two at most, as in "créée", and a sign or two
# behind them. Rows of dashes, dots and spaces say nothing.
OTHER_SCRIPT = re.compile(rb"[\xc0-\xff]{3,}|[\x80-\x84\x86-\x90\x98-\x9f\xa1-\xff]{5,}")
HIGH = re.compile(rb"[\x80-\xff]+")
# Signs of Windows-1252 that hardly anybody writes, and nobody within a word: there they are letters of another script.
RARE = re.compile(
    rb"[\x81-\x84\x86-\x89\x8b\x8d\x8f\x90\x98\x9b\x9d\xa2-\xa6\xa8-\xaa\xac-\xaf\xb4\xb6\xb8-\xba\xbc-\xbe]"
)
LEAST_LETTERS = 3  # of a word
SHOWN_IN = ("windows-1251", "koi8-r", "iso-8859-5", "cp866", "windows-1253")  # what a word would be, to choose by
LONGEST_SHOWN = 12  # letters
PACKED = {
    b"PK\x03\x04": "a packed file, as .docx, .xlsx and .zip are",
    b"%PDF": "a PDF",
    b"\xd0\xcf\x11\xe0": "a .doc or .xls",
}


class NoText(Exception):
    """The bytes are no text that can be read. Says why, and what would be one."""


class WhichEncoding(NoText):
    """They may be text in one of several encodings: somebody has to choose."""


def text_of(raw: bytes, encoding: str = "") -> tuple[str, str]:
    r"""The text of a file with `\n` for each line end, and the name of its encoding when that had to be guessed.

    Args:
        raw: the bytes.
        encoding: one of ENCODINGS, if it is known.

    Raises:
        NoText: it is too large, or no text, or it has to be said in which encoding it is.
    """
    if len(raw) > LARGEST:
        raise NoText(f"The file has {len(raw):,} bytes. At most {LARGEST:,} are taken: cut it into several.")
    if name := next((name for start, name in PACKED.items() if raw.startswith(start)), ""):
        raise NoText(f"The file is {name}. Save its text as GIFT or Aiken, in a file of plain text.")
    text, guessed = _decoded_as(raw, encoding) if encoding else _decoded(raw)
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


def _decoded_as(raw: bytes, encoding: str) -> tuple[str, str]:
    """The text in an encoding that somebody chose. A mark of UTF-8 or UTF-16 at its beginning says more."""
    if raw.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _decoded(raw)
    try:
        return raw.decode(encoding), ""
    except UnicodeDecodeError as error:
        name = ENCODINGS[encoding]
        raise NoText(f"Line {_line(raw, error.start)} of the file is no text in {name}: choose another one.") from None


def _decoded(raw: bytes) -> tuple[str, str]:
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return raw.decode("utf-16"), ""
        except UnicodeDecodeError:
            raise NoText("The file begins like UTF-16 text and is none. Save it as UTF-8.") from None
    try:
        return raw.decode("utf-8-sig"), ""
    except UnicodeDecodeError as error:
        line = _line(raw, error.start)
    if CONTROLS.search(raw.decode("latin-1")):
        return raw.decode("latin-1"), ""  # no text in any encoding of one byte: `checked` says which character it is
    if found := OTHER_SCRIPT.search(raw) or _rare(raw):
        raise WhichEncoding(_asked(raw, found))
    try:
        return raw.decode(WESTERN), "Windows-1252"
    except UnicodeDecodeError:
        message = f"Line {line} is neither UTF-8 nor Windows-1252 text. Choose its encoding, or save the file as UTF-8."
        raise WhichEncoding(message) from None


def _rare(raw: bytes) -> re.Match[bytes] | None:
    """The first letters of another script, if signs are among them that a Western word has not."""
    runs = (run for run in HIGH.finditer(raw) if len(run[0]) >= LEAST_LETTERS)
    return next((run for run in runs if RARE.search(run[0])), None)


def _asked(raw: bytes, found: re.Match[bytes]) -> str:
    """What has to be chosen, with what a word would be in some encodings."""
    word = found[0][:LONGEST_SHOWN]
    words = ", ".join(f"“{word.decode(name, 'replace')}” in {ENCODINGS[name]}" for name in SHOWN_IN)
    line = _line(raw, found.start())
    return (
        f"Line {line} is no UTF-8, and its letters are not Western ones: they are {words}. Choose the file's encoding."
    )


def _line(raw: bytes, place: int) -> int:
    return len(re.findall(rb"\r\n|\r|\n", raw[:place])) + 1

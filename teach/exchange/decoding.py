"""From the bytes of an uploaded file to its text: whatever editors and Moodle write, and nothing that is no text.

A file that is no UTF-8 says nothing of its encoding. Libraries guess it from how often letters follow each other, which
a file of a few questions, half of them marks and code, is too short for: charset-normalizer 3.5 took 4 of 12 for
another script. So one is guessed alone, Windows-1252, where the letters that are no ASCII stand among others that are,
as in "Größe". Words of nothing else may be those of another script, and a word with a sign in it, like "mo¿e", is
one of Central Europe: whoever sent them is asked. What is UTF-8 but for a byte or two is guessed at even less.
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
WORD = re.compile(r"[^\W\d_]+")
ALONE = frozenset("àáâèéêíóòôúùåæøöÀÁÂÈÉÊÍÓÒÔÚÙÅÆØÖµºª")  # Western words, and signs, of one letter
WITHIN = re.compile(r"[^\W\d_][³¹¿¾¼½»«£¥¯¶±º§¡][^\W\d_]")  # of these, Windows-1250 and ISO 8859-2 make letters
# What a word would be, to choose by.
SHOWN_IN = ("windows-1251", "koi8-r", "iso-8859-5", "cp866", "windows-1253")
IN_CENTRAL_EUROPE = ("windows-1250", "iso-8859-2")
BROKEN = re.compile("[\udc80-\udcff]")
LETTERS = re.compile("[^\x00-\x7f\udc80-\udcff]")
MOST_NAMED = 5  # lines
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
    _refuse_broken(raw)
    if found := OTHER_SCRIPT.search(raw) or _rare(raw):
        raise WhichEncoding(_asked(raw, found.start(), found.end(), SHOWN_IN))
    western = raw.decode(WESTERN, "replace")  # a byte each, so places in it are those in the file
    if word := _foreign_word(western):
        raise WhichEncoding(_asked(raw, word.start(), word.end(), (WESTERN, *SHOWN_IN)))
    if sign := WITHIN.search(western):
        start, end = _around(western, sign)
        raise WhichEncoding(_asked(raw, start, end, (WESTERN, *IN_CENTRAL_EUROPE)))
    try:
        return raw.decode(WESTERN), "Windows-1252"
    except UnicodeDecodeError:
        message = f"Line {line} is neither UTF-8 nor Windows-1252 text. Choose its encoding, or save the file as UTF-8."
        raise WhichEncoding(message) from None


def _rare(raw: bytes) -> re.Match[bytes] | None:
    """The first letters of another script, if signs are among them that a Western word has not."""
    runs = (run for run in HIGH.finditer(raw) if len(run[0]) >= LEAST_LETTERS)
    return next((run for run in runs if RARE.search(run[0])), None)


def _foreign_word(western: str) -> re.Match[str] | None:
    """The first word that would have no letter of ASCII."""
    words = (word for word in WORD.finditer(western) if not any(char.isascii() for char in word[0]))
    return next((word for word in words if word[0] not in ALONE), None)


def _around(text: str, sign: re.Match[str]) -> tuple[int, int]:
    """The word with a sign in it, or some letters of it."""
    start, end = sign.span()
    while start > sign.start() - LONGEST_SHOWN // 2 and text[start - 1 : start].isalpha():
        start -= 1
    while end < sign.end() + LONGEST_SHOWN // 2 and text[end : end + 1].isalpha():
        end += 1
    return start, end


def _refuse_broken(raw: bytes) -> None:
    """Refuse what is UTF-8 but for some bytes: in any other encoding, all of its letters would be wrong.

    Raises:
        NoText: names the lines of these bytes.
    """
    # A byte that is none of UTF-8 comes out as one of the characters that Unicode keeps for that.
    rows = re.split(r"\r\n|\r|\n", raw.decode("utf-8", "surrogateescape"))
    bad = {number: count for number, row in enumerate(rows, 1) if (count := len(BROKEN.findall(row)))}
    good = sum(len(LETTERS.findall(row)) for row in rows)
    if sum(bad.values()) > max(1, good // 4) or not good:
        return
    lines = ", ".join(map(str, list(bad)[:MOST_NAMED])) + (" and more" if len(bad) > MOST_NAMED else "")
    row = BROKEN.sub("\N{REPLACEMENT CHARACTER}", rows[min(bad) - 1])
    place = row.index("\N{REPLACEMENT CHARACTER}")
    near = row[max(0, place - LONGEST_SHOWN) : place + LONGEST_SHOWN].strip()
    which = f"Line {lines} is" if len(bad) == 1 else f"Lines {lines} are"
    raise NoText(f"{which} no UTF-8, and the rest of the file is: mend “{near}”, and save the file as UTF-8.")


def _asked(raw: bytes, start: int, end: int, encodings: tuple[str, ...]) -> str:
    """What has to be chosen, with what a word would be in some encodings."""
    word = raw[start:end][: 2 * LONGEST_SHOWN]
    words = ", ".join(f"“{word.decode(name, 'replace')[:LONGEST_SHOWN]}” in {ENCODINGS[name]}" for name in encodings)
    line = _line(raw, start)
    return f"Line {line} is no UTF-8, and what it says depends on the encoding: {words}. Choose the file's encoding."


def _line(raw: bytes, place: int) -> int:
    return len(re.findall(rb"\r\n|\r|\n", raw[:place])) + 1

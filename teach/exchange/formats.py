"""Which format a text has, told by its lines. What is neither GIFT nor Aiken is named, as far as it is known."""

import csv
import json
import re
from collections.abc import Iterator

from teach.exchange import aiken

FORMATS = ("gift", "aiken")
READ = "Here, GIFT and Aiken are read"
LIKE_AIKEN = f"{READ}: write a question in lines like these: Who? / A. One / B. Another / ANSWER: B"
FROM_MOODLE = f"{READ}: in Moodle, export the questions in the format GIFT"

ANSWERS = re.compile(r"(?<!\\)\{[ \t\n]*(?:[=~#]|(?:TRUE|T|FALSE|F)[ \t\n]*[#}])")
OPTION = re.compile(r"^[ \t]*(?P<star>\*[ \t]*)?[A-Za-z][.)][ \t]*[^ \t\n*][^\n]*$", re.MULTILINE)
OURS = re.compile(r"^##[^{}\n]*\{#[a-z0-9-]+\}[ \t]*$", re.MULTILINE)
BOX = re.compile(r"^[-*+] \[[^\[\]\n]{1,6}\]", re.MULTILINE)
FEWEST_OPTIONS, FEWEST_CELLS, FEWEST_RECORDS = 2, 3, 2
MOST_RECORDS = 50  # that are looked at
CELLS = {"\t": "tabs (TSV)", ";": "semicolons (CSV)", ",": "commas (CSV)"}


class NotRead(Exception):
    """The text has a format that is not read here. Says which, and what can be done; `line` is where it shows."""

    def __init__(self, line: int, name: str, way_out: str = FROM_MOODLE) -> None:
        super().__init__(f"this is {name}, which is not read. {way_out}")
        self.line = line


def format_of(text: str, wanted: str = "") -> str:
    """The name of the format.

    Args:
        text: the whole file.
        wanted: the format that was asked for. What surely is another one is named all the same.

    Raises:
        NotRead: it is none of FORMATS.
    """
    _refuse_marked_up(text)
    if wanted:
        return wanted
    if OURS.search(text) and BOX.search(text):
        raise NotRead(_line(text, OURS), "a quiz.md as this site has it", "Paste it into the lesson's quiz.md itself")
    in_gift = len(ANSWERS.findall(text))
    answers = len(aiken.ANSWER.findall(text))
    if answers and answers >= in_gift - _braces_in_options(text):
        return "aiken"
    if in_gift:
        return "gift"
    options = list(OPTION.finditer(text))
    if len(options) >= FEWEST_OPTIONS:
        _refuse_starred(text, options)
        return "gift" if "{" in text else "aiken"
    _refuse_table(text)
    return "gift"


def _braces_in_options(text: str) -> int:
    """How many of what look like answers of GIFT are on lines of options, as a dict in Python is."""
    return sum(len(ANSWERS.findall(found[0])) for found in OPTION.finditer(text))


def _refuse_marked_up(text: str) -> None:
    start = text.lstrip("\ufeff \t\n")
    line = text[: len(text) - len(start)].count("\n") + 1
    low = start[:4000].lower()
    if low.startswith(("<!doctype html", "<html")):
        raise NotRead(line, "a web page")
    if low.startswith(("<?xml", "<quiz", "<questestinterop", "<assessment", "<manifest", "<!doctype")):
        is_moodle = "<quiz" in low
        name = "QTI, a format in XML" if re.search("<questestinterop|<assessment|<manifest", low) else "XML"
        raise NotRead(line, "Moodle XML" if is_moodle else name)
    if low.startswith("{\\rtf"):
        raise NotRead(line, "a document of a word processor (RTF)", f"{READ}: save it as plain text")
    if low.startswith(("{", "[")) and _is_json(start):
        raise NotRead(line, "JSON")


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _refuse_starred(text: str, options: list[re.Match[str]]) -> None:
    for found in options:
        if found["star"] or found[0].rstrip().endswith("*"):
            line = text.count("\n", 0, found.start()) + 1
            name = "a list in which an asterisk marks the right answer"
            raise NotRead(line, name, LIKE_AIKEN)


def _refuse_table(text: str) -> None:
    for mark, name in CELLS.items():
        widths = list(_widths(text, mark))
        is_even = mark == "\t" or len(set(widths)) == 1
        if len(widths) >= FEWEST_RECORDS and min(widths) >= FEWEST_CELLS and is_even:
            first = text[: len(text) - len(text.lstrip())].count("\n") + 1
            raise NotRead(first, f"a table with {name} between its cells", LIKE_AIKEN)


def _widths(text: str, mark: str) -> Iterator[int]:
    """How many cells each of the first records has."""
    try:
        for _, record in zip(range(MOST_RECORDS), csv.reader(text.split("\n"), delimiter=mark), strict=False):
            if any(cell.strip() for cell in record):
                yield len(record)
    except csv.Error:
        yield 0


def _line(text: str, pattern: re.Pattern[str]) -> int:
    found = pattern.search(text)
    return text.count("\n", 0, found.start()) + 1 if found else 1

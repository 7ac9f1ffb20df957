"""Whether a content file can be rendered in a moment: some marks cost the Markdown library time as their square.

An instructor may send any text, and it is rendered at every pause in their typing (teach/). Measured with
Python-Markdown 3.10: 2,000 `[` in one paragraph take 0.9 s, 6,700 `<` take 4.6 s, 2,900 abbreviations 2 s, 5,000 fences
1 s, 50,000 headings 80 s. Within these bounds all of that together takes less than a second.
"""

import re

from lessons.scanning import Problem

MOST_LINES = 10_000
MOST_SQUARED = 1_000_000  # of the marks in each paragraph, all paragraphs together
MOST_FENCES = 1_000
MOST_ABBREVIATIONS = 500
MOST_HEADINGS = 1_000
MARKS = re.compile(r"[\[<]")
FENCE = re.compile(r"^[ \t>]*(?:```|~~~)")
ABBREVIATION = re.compile(r"^[ ]{0,3}\*\[")
HEADING = re.compile(r"^[ >]*(?:#|={1,}[ ]*$|-{1,}[ ]*$)")  # also one that is written as a line under its text


def too_costly(source: str) -> list[Problem]:
    """Why a text cannot be rendered in a moment, at the line where it becomes too much; of other texts, nothing."""
    if source.count("\n") >= MOST_LINES:
        return [Problem(MOST_LINES, 1, f"there are more than {MOST_LINES:,} lines: make several files of it")]
    squared = fences = abbreviations = headings = marks = began = 0
    for number, row in enumerate([*source.split("\n"), ""], 1):
        if not row.strip():
            squared += marks * marks
            marks = 0
        elif not marks:
            began = number
        marks += len(MARKS.findall(row))
        fences += bool(FENCE.match(row))
        abbreviations += bool(ABBREVIATION.match(row))
        headings += bool(HEADING.match(row))
        if squared + marks * marks > MOST_SQUARED:
            return [Problem(began, 1, "there are more [ and < than can be read: a paragraph can have some hundreds")]
        if fences > MOST_FENCES:
            return [Problem(number, 1, f"there are more than {MOST_FENCES:,} fences of code, so this cannot be read")]
        if headings > MOST_HEADINGS:
            return [Problem(number, 1, f"there are more than {MOST_HEADINGS:,} headings, so this cannot be read")]
        if abbreviations > MOST_ABBREVIATIONS:
            return [Problem(number, 1, f"there are more than {MOST_ABBREVIATIONS:,} abbreviations (*[…]:)")]
    return []

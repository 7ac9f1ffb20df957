"""Writes questions as Markdown, as quiz/parsing.py reads them: what a form or another system gave, for a quiz.md.

Whatever a text holds, it comes back as the same piece of the same question. What would be read as something else (a
heading in a stem, a quote in an option) is escaped, so that a reader sees the characters that were meant.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from django.utils.text import slugify

from lessons.scanning import FENCE
from quiz.kinds import BOX, KINDS, kind_of_box
from quiz.parsing import HEADING, LIKE_OPTION, QUIZ_GRAMMAR, QUOTED
from quiz.written import DraftedOption, DraftedQuestion, WrittenQuestion

LONGEST_ID = 60  # characters
NEW_LINE = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
NO_TEXT = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f]")
HALF = re.compile("[\ud800-\udfff]")  # of a pair; no file can hold it
MARK = re.compile(BOX)
LIST_ITEM = re.compile(r"[ ]{0,3}(?:[-*+]|\d{1,9}[.)])[ \t]")


def drafted(written: WrittenQuestion) -> DraftedQuestion:
    """A question that was read, as one to be written."""
    options = tuple(DraftedOption(option.text, option.mark, option.feedback) for option in written.options)
    names = (name for kind in KINDS.values() for name in kind.quotes)
    quotes = tuple((name, text) for name in names if (text := written.quoted(name)))
    return DraftedQuestion(written.text, written.id, written.stem, options, written.hint, written.why, quotes)


def _is_typed(question: DraftedQuestion) -> bool:
    """Whether answers are typed: then the options are no Markdown, and nothing in them can be escaped."""
    return any(kind_of_box(option.mark).is_typed for option in question.options)


def carried(question: DraftedQuestion) -> DraftedQuestion:
    """The question as `compose` writes it and `quiz.parsing.parse` reads it: in order, it is the same.

    Raises:
        ValueError: no option may have such a mark.
    """
    return replace(
        question,
        text=_one_line(question.text),
        id=_one_line(re.sub("[{}]", "", question.id)),
        stem="\n".join(_closed(_prose(_rows(question.stem)))),
        options=tuple(_carried_option(option, is_typed=_is_typed(question)) for option in question.options),
        hint=_quotable(question.hint),
        why=_quotable(question.why),
        quotes=tuple((name, line) for name, text in question.quotes if (line := _one_line(text))),
    )


def compose(question: DraftedQuestion) -> str:
    """The Markdown of a question, which ends with one new line.

    Raises:
        ValueError: no option may have such a mark.
    """
    question = carried(question)
    parts = [f"## {question.text} {{#{question.id}}}" if question.text else f"## {{#{question.id}}}", question.stem]
    parts += [f"> {name.capitalize()}: {text}" for name, text in question.quotes]
    parts += [_labelled("Hint:", question.hint)] if question.hint else []
    parts += ["\n".join(row for option in question.options for row in _option_rows(option))]
    parts += [_labelled("**Why:**", question.why)] if question.why else []
    return "\n\n".join(part for part in parts if part) + "\n"


def appended(source: str, question_markdown: str) -> str:
    """The text of a quiz.md with a question at its end, in the line ends that the text has."""
    question = question_markdown.strip("\n") + "\n"
    if not source.strip():
        return question
    ends_in = "\r\n" if 2 * source.count("\r\n") > source.count("\n") else "\n"
    return source.rstrip() + (f"\n\n{question}").replace("\n", ends_in)


def slug_of(text: str, taken: Collection[str]) -> str:
    """An id for a question, made of its text: 1 to 60 of a-z, 0-9 and "-", and none of those that are taken."""
    base = _cut(slugify(text[: 20 * LONGEST_ID].replace("_", "-")).strip("-"), LONGEST_ID) or "question"
    name, number = base, 2
    while name in taken:
        name, number = f"{_cut(base, LONGEST_ID - len(str(number)) - 1)}-{number}", number + 1
    return name


def _cut(slug: str, longest: int) -> str:
    """The words of a slug that have room, or else the beginning of its first one."""
    if len(slug) <= longest:
        return slug
    whole = slug[: longest + 1].rpartition("-")[0]
    return (whole or slug[:longest]).strip("-")


def _rows(text: str) -> list[str]:
    """The lines of a text without what no file should hold, and without empty ones around it."""
    text = HALF.sub("\N{REPLACEMENT CHARACTER}", NO_TEXT.sub("", NEW_LINE.sub("\n", text)))
    rows = [row if row.strip() else "" for row in text.split("\n")]
    while rows and not rows[0]:
        del rows[0]
    while rows and not rows[-1]:
        rows.pop()
    return rows


def _one_line(text: str) -> str:
    return " ".join(row.strip() for row in _rows(text) if row).strip()


def _trimmed(text: str) -> list[str]:
    """Lines without white space around them all, as the reader of quotes and options takes it away."""
    return "\n".join(_rows(text)).strip().split("\n")


def _opened(row: str) -> str:
    """The fence with which a line begins a block of code, or nothing. See lessons.scanning.lines."""
    found = FENCE.match(row)
    return found["fence"] if found and not (found["fence"][0] == "`" and "`" in found["rest"]) else ""


def _closes(row: str, fence: str) -> bool:
    found = FENCE.match(row)
    return bool(found and found["fence"].startswith(fence) and not found["rest"].strip())


def _outside_code(rows: Iterable[str]) -> Iterator[tuple[str, bool]]:
    """Each line, and whether it is read: what is inside a block of code, and its end, are not."""
    fence = ""
    for row in rows:
        yield row, not fence
        fence = ("" if _closes(row, fence) else fence) if fence else _opened(row)


def _closed(rows: Iterable[str]) -> Iterator[str]:
    """The lines, and the end of a block of code that was never closed."""
    fence = ""
    for row in rows:
        yield row
        fence = ("" if _closes(row, fence) else fence) if fence else _opened(row)
    if fence:
        yield fence


def _prose(rows: Iterable[str], *, in_option: bool = False) -> Iterator[str]:
    """Lines of a stem, or of an option, in which nothing is read as the beginning of something else."""
    fence = ""
    for row in rows:
        if fence:
            yield row
            fence = "" if _closes(row, fence) else fence
            continue
        safe = _escaped(row, in_option=in_option)
        yield safe
        fence = _opened(safe)


def _escaped(row: str, *, in_option: bool) -> str:
    at = len(row) - len(row.lstrip())
    if HEADING.match(row.lstrip(" ") if in_option else row):
        return row.replace("#", r"\#", 1)
    if row[at:].startswith("///"):
        return row[:at] + "&#47;" + row[at + 1 :]
    if LIKE_OPTION.match(row):
        return row.replace("[", r"\[", 1)
    if in_option and row[at:].startswith(">"):
        return row[:at] + "\\" + row[at:]
    return _unlabelled(row) if row.startswith(">") else row


def _unlabelled(row: str) -> str:
    """A line of a quote that begins with no name like Hint:, but with the same characters."""
    return row.replace(":", "&#58;", 1) if QUIZ_GRAMMAR.label.match(QUOTED.sub("", row, count=1)) else row


def _quotable(text: str) -> str:
    """The text of a hint or a why. Its first line stands behind the name, so any name is only text there."""
    first, *more = _trimmed(text)
    if not more:
        return first
    rows = [first]
    for row, is_read in list(_outside_code([first, *more]))[1:]:
        named = is_read and QUIZ_GRAMMAR.label.match(row)
        rows.append(row.replace(":", "&#58;", 1) if named else row)
    return "\n".join(_closed(rows))


def _labelled(label: str, text: str) -> str:
    """A quote with a name. Code and a list begin on a line of their own: beside the name they would be text."""
    rows = text.split("\n")
    is_below = len(rows) > 1 and (_opened(rows[0]) or _begins_list(rows))
    first = [f"> {label}"] if is_below else [f"> {label} {rows.pop(0)}"]
    return "\n".join([*first, *_quoted(rows)])


def _quoted(rows: Iterable[str]) -> Iterator[str]:
    return (f"> {row}" if row else ">" for row in rows)


def _carried_option(option: DraftedOption, *, is_typed: bool) -> DraftedOption:
    if not MARK.fullmatch(option.mark):
        raise ValueError(f"no option has the mark {option.mark!r}")
    rows = [_expanded(row) for row in _trimmed(option.text)]
    begins_code = _begins_code(rows[0])
    if is_typed and len(rows) > 1 and not begins_code:
        has_lines = kind_of_box(option.mark).has_lines
        rows = _in_code(rows) if has_lines else [" ".join(row.strip() for row in rows if row)]
    if not (is_typed and len(rows) == 1 and not begins_code):
        rows = _read_below(rows)
    feedback = "\n".join(_closed(_trimmed(option.feedback)))
    return DraftedOption("\n".join(rows), option.mark, feedback)


def _read_below(rows: list[str]) -> list[str]:
    """The lines of an option, escaped. Its first one needs it only where it stands below the box."""
    if _stands_below(rows):
        return list(_closed(_prose(rows, in_option=True)))
    rows = _broken(rows)
    return [rows[0], *_closed(_prose(rows[1:], in_option=True))]


def _stands_below(rows: list[str]) -> bool:
    """Whether all of an option's text has to stand below its box: code, a list, a hard break, or lines indented more.

    One line never has to. Beside its box it is seen as it is, whatever it begins with.
    """
    if len(rows) == 1:
        return False
    if rows[0] != rows[0].rstrip():
        return True
    told = [row for row, is_read in _outside_code(rows[1:]) if row and is_read]
    is_indented = bool(told and all(row.startswith(" ") for row in told))
    return len(rows) > 1 and (_begins_code(rows[0]) or _begins_list(rows) or is_indented)


def _begins_list(rows: list[str]) -> bool:
    """Whether a text begins with two items of a list, and not with a line that only looks like one."""
    told = [row for row in rows if row]
    return len(told) > 1 and all(LIST_ITEM.match(row) for row in told[:2])


def _broken(rows: list[str]) -> list[str]:
    """The same, with a break that two spaces make at the end of the first line written as a tag, which stays there."""
    first, *more = rows
    breaks = first.endswith("  ") and bool(more and more[0])
    return [f"{first.rstrip()}<br>" if breaks else first.rstrip(), *more]


def begins_beside(text: str) -> bool:
    """Whether the first line of an option's text stands beside its box, where it is a line and begins nothing."""
    return not _stands_below(text.split("\n"))


def _begins_code(row: str) -> bool:
    """Whether the first line of an option opens a block of code. One in a quote does not, as it stands behind a box."""
    return bool(_opened(row)) and not row.startswith(">")


def _in_code(rows: list[str]) -> list[str]:
    """Lines that are to be typed as they are, in a fence that none of them closes."""
    longest = max((len(run) for row in rows for run in re.findall("`+", row)), default=0)
    fence = "`" * max(3, longest + 1)
    return [f"{fence}text", *rows, fence]


def _expanded(row: str) -> str:
    """A line with the tabs of its indentation as spaces, for that is how an option's lines are read."""
    rest = row.lstrip(" \t")
    return row[: len(row) - len(rest)].expandtabs(4) + rest


def _option_rows(option: DraftedOption) -> Iterator[str]:
    rows = option.text.split("\n")
    below = rows if _stands_below(rows) else rows[1:]
    yield f"- [{option.mark}]" if below is rows else f"- [{option.mark}] {rows[0]}".rstrip()
    yield from (f"  {row}" if row else "" for row in below)
    if option.feedback:
        yield from (f"  {row}" for row in _quoted(option.feedback.split("\n")))

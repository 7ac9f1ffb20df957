"""What was given at the first attempt: how often each option was taken, where each step was put, what was typed.

Of fewer than LEAST learners nothing is told. What somebody typed is told only when so many typed the same, for words of
one's own may give a person away.
"""

from collections import Counter
from collections.abc import Sequence
from html import unescape

from django.utils.html import strip_tags

from quiz.kinds import matched
from quiz.kinds.text import folded, printed
from quiz.questions import Given, Option, Question
from teach.statistics import tables
from teach.statistics.answers import Taken
from teach.statistics.items import LEAST, UNUSED, Flag, is_unused
from teach.statistics.pictures import PERCENT, Mark, Picture, picture
from teach.statistics.tables import Cell, Column, Table

LONGEST = 90  # characters of an option's text
MOST_TYPED = 20  # different answers, the most frequent ones

# A version: its name on the page, whether it is the one that is asked now, and what was given to it.
Told = tuple[str, bool, Taken]


def choices_table(question: Question | None, versions: Sequence[Told]) -> list[Table]:
    """A table for each way in which the question was answered: by choosing, by ordering, by typing."""
    there = [told for told in versions if told[2].n >= LEAST]
    is_order = question is not None and question.kind == "order"
    chosen = [] if is_order else [row for told in there for row in _option_rows(question, told)]
    steps = [row for told in there for row in _step_rows(question, told)] if question and is_order else []
    typed = [row for told in there for row in _typed_rows(question, told)]
    return [
        Table(
            "options",
            "How often each option was taken",
            (Column("Option"), *_COUNTED, Column("Look at"), Column("Version")),
            chosen,
            f"“Nobody takes it” needs an interval for 0 that ends below {UNUSED * 100:g} %: 73 learners.",
        ),
        Table("steps", "How often each step was put where it belongs", (Column("Step"), *_PLACED), steps),
        Table(
            "typed",
            "What was typed",
            (Column("Answer"), *_COUNTED, Column("In the file"), Column("Version")),
            typed,
            f"Only what at least {LEAST} learners typed; case and spacing do not count.",
        ),
    ]


_PLACED = (Column("Learners", is_number=True), Column("Share", is_number=True), Column("Version"))
_COUNTED = (Column("Right"), Column("Learners", is_number=True), Column("Share", is_number=True))


def times_taken(taken: Taken) -> Counter[str]:
    """How many learners took each option, by its key."""
    counts: Counter[str] = Counter()
    for given, _, count in taken.given:
        if not isinstance(given, str):
            counts.update(dict.fromkeys(given, count))
    return counts


def unused_options(question: Question, taken: Taken) -> list[Flag]:
    """The distractors of a choice that nobody takes, where there are enough learners to say so."""
    if question.kind not in ("choice", "process"):
        return []
    counts = times_taken(taken)
    return [
        Flag("a distractor nobody takes", f"“{plainly(option)}”: 0 of {taken.n:,}")
        for option in question.options
        if not option.is_right and is_unused(counts[option.key], taken.n)
    ]


def _option_rows(question: Question | None, told: Told) -> list[tuple[Cell, ...]]:
    """The options as they are shown. Of an earlier version, only what was taken is known, and not all texts are."""
    name, is_current, taken = told
    counts = times_taken(taken)
    if not counts:
        return []
    options = {option.key: option for option in question.options} if question else {}
    keys = dict.fromkeys([*(options if is_current else []), *(key for key, _ in counts.most_common())])
    rows: list[tuple[Cell, ...]] = []
    for place, key in enumerate(keys):
        option = options.get(key)
        words = f"{plainly(option)}" if option else f"an option that is no longer there ({key[:4]})"
        letter = f"{chr(ord('A') + place)}. " if is_current and option else ""
        right = _is_right(key, taken, option if is_current else None)
        unused = is_current and right == "no" and is_unused(counts[key], taken.n)
        rows.append(
            (
                tables.text(letter + words),
                tables.text(right),
                *_counted(counts[key], taken.n),
                tables.text("nobody takes it" if unused else ""),
                tables.text(name),
            )
        )
    return rows


def options_picture(question: Question | None, versions: Sequence[Told]) -> Picture | None:
    """How often each option of the version that is asked now was taken, as shares of the learners."""
    for name, is_current, taken in versions:
        if question and is_current and taken.n >= LEAST and question.kind in ("choice", "process"):
            counts = times_taken(taken)
            marks = []
            for place, option in enumerate(question.options):
                count = counts[option.key]
                label = f"{chr(ord('A') + place)}. {'✓ ' if option.is_right else ''}{plainly(option)}"
                percent = f"{100 * count / taken.n:.0f} %"
                marks.append(Mark(label, percent, f"{percent}, {count:,} learners", count / taken.n))
            return picture("options", f"How often each option was taken, {name.lower()}", marks, PERCENT)
    return None


def _is_right(key: str, taken: Taken, option: Option | None) -> str:
    """Whether an option is right: by the file as it is now, or else by how it was graded when it was taken alone."""
    if option is None:
        alone = {grade for given, grade, _ in taken.given if given == [key]}
        if not alone or not alone <= {0.0, 1.0}:
            return "not known"
        return "yes" if alone == {1.0} else "no"
    return "yes" if option.is_right else "no"


def _step_rows(question: Question, told: Told) -> list[tuple[Cell, ...]]:
    name, is_current, taken = told
    if not is_current:
        return []  # the right order of an earlier version is not known
    counts: Counter[str] = Counter()
    for given, _, count in taken.given:
        counts.update(dict.fromkeys(matched(question, given), count))
    return [
        (
            tables.text(f"{option.place}. {plainly(option)}"),
            *_counted(counts[option.key], taken.n),
            tables.text(name),
        )
        for option in sorted(question.options, key=lambda option: option.place)
    ]


def _typed_rows(question: Question | None, told: Told) -> list[tuple[Cell, ...]]:
    name, is_current, taken = told
    fold = printed if question and question.kind == "output" else folded
    counts: Counter[tuple[str, float]] = Counter()
    sample: dict[tuple[str, float], Given] = {}
    for given, grade, count in taken.given:
        if isinstance(given, str):
            counts[fold(given), grade] += count
            sample.setdefault((fold(given), grade), given)
    if not counts:
        return []
    frequent = [(same, count) for same, count in counts.most_common(MOST_TYPED) if count >= LEAST]
    rows: list[tuple[Cell, ...]] = []
    for (words, grade), count in frequent:
        is_foreseen = is_current and question is not None and bool(matched(question, sample[words, grade]))
        right = tables.text("yes" if grade == 1 else "no")
        foreseen = tables.text("yes" if is_foreseen else "")
        rows.append((tables.text(short(words)), right, *_counted(count, taken.n), foreseen, tables.text(name)))
    rest = counts.total() - sum(count for _, count in frequent)
    if rest:
        nothing = tables.text("")
        rows.append((tables.text("anything else"), nothing, *_counted(rest, taken.n), nothing, tables.text(name)))
    return rows


def _counted(count: int, n: int) -> tuple[Cell, Cell]:
    return tables.number(count), tables.share(count, n)


def plainly(option: Option) -> str:
    """An option's text without its markup."""
    return short(option.plain or without_markup(option.html))


def without_markup(html: str) -> str:
    """The text of what was rendered."""
    return unescape(strip_tags(html))


def short(words: str) -> str:
    """A text in one line, cut where it gets long."""
    line = " ".join(words.split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"

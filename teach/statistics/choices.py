"""What was given at the first attempt: how often each option was taken, where each step was put, what was typed.

What is counted, the kinds of question say (quiz/kinds). Of fewer than LEAST learners nothing is told. What a
learner typed is told only when so many typed the same, for words of one's own may give a person away.
"""

from collections.abc import Iterable, Sequence

from charts.bars import Bar, bar_chart
from charts.scale import PER_CENT
from charts.shapes import Picture
from quiz.kinds import CHOICE, KINDS, kind_of
from quiz.kinds.answers import AnswerRow, AnswersTable
from quiz.questions import Option, Question
from teach.statistics import tables
from teach.statistics.answers import Taken
from teach.statistics.items import LEAST, UNUSED, Flag, is_unused
from teach.statistics.tables import Cell, Column, Table

LONGEST = 90  # characters of an option's text
MOST_TYPED = 20  # different answers, the most frequent ones

# A version: its name on the page, whether it is the one that is asked now, and what was given to it.
Told = tuple[str, bool, Taken]


def choices_table(question: Question | None, versions: Sequence[Told]) -> list[Table]:
    """A table for each way in which the question was answered."""
    there = [told for told in versions if told[2].n >= LEAST]
    return [_table(answers, question, there) for answers in _ways(question)]


def _ways(question: Question | None) -> list[AnswersTable]:
    """Its kind's table, and one for answers that were given to it when it was, or may have been, of another kind."""
    own = [kind_of(question).answers] if question else []
    others = (CHOICE.answers, next(kind.answers for kind in KINDS.values() if kind.is_typed))
    return own + [other for other in others if other.is_typed not in {answers.is_typed for answers in own}]


def _table(answers: AnswersTable, question: Question | None, versions: Iterable[Told]) -> Table:
    columns = [
        Column(answers.heading),
        *([Column("Right")] if answers.says_right else []),
        Column("Learners", is_number=True),
        Column("Share", is_number=True),
        *([Column("In the file")] if answers.is_typed else [Column("Look at")] if answers.is_drawn else []),
        Column("Version"),
    ]
    rows = [
        _cells(answers, row, name, taken.n)
        for name, is_current, taken in versions
        for row in _told(answers, list(answers.rows(question, is_current, taken.given)))
    ]
    note = answers.note.format(least=LEAST, unused=f"{UNUSED * 100:g}")
    return Table(answers.name, answers.title, tuple(columns), rows, note)


def _told(answers: AnswersTable, rows: list[AnswerRow]) -> list[AnswerRow]:
    """The rows that may be told: of what was typed, what enough learners typed, and how many typed anything else."""
    if not answers.is_typed:
        return rows
    frequent = [row for row in rows[:MOST_TYPED] if row.count >= LEAST]
    rest = sum(row.count for row in rows) - sum(row.count for row in frequent)
    return [*frequent, AnswerRow("anything else", rest)] if rest else frequent


def _cells(answers: AnswersTable, row: AnswerRow, version: str, n: int) -> tuple[Cell, ...]:
    unused = row.is_distractor and is_unused(row.count, n)
    remark = ("yes" if row.is_foreseen else "") if answers.is_typed else "nobody takes it" if unused else ""
    return (
        tables.text(row.label + short(row.words)),
        *([tables.text(row.right)] if answers.says_right else []),
        tables.number(row.count),
        tables.share(row.count, n),
        *([tables.text(remark)] if answers.is_typed or answers.is_drawn else []),
        tables.text(version),
    )


def unused_options(question: Question, taken: Taken) -> list[Flag]:
    """The distractors that nobody takes, where there are enough learners to say so."""
    return [
        Flag("a distractor nobody takes", f"“{short(row.words)}”: 0 of {taken.n:,}")
        for row in kind_of(question).answers.rows(question, True, taken.given)
        if row.is_distractor and is_unused(row.count, taken.n)
    ]


def options_picture(question: Question | None, versions: Sequence[Told]) -> Picture | None:
    """How often each option of the version that is asked now was taken, as shares of the learners."""
    answers = kind_of(question).answers if question else None
    for name, is_current, taken in versions:
        if answers and answers.is_drawn and is_current and taken.n >= LEAST:
            bars = []
            for row in answers.rows(question, is_current, taken.given):
                percent = f"{100 * row.count / taken.n:.0f} %"
                label = f"{row.label}{'✓ ' if row.right == 'yes' else ''}{short(row.words)}"
                bars.append(Bar(label, percent, f"{percent}, {tables.of_learners(row.count)}", row.count / taken.n))
            return bar_chart(answers.name, f"{answers.title}, {name.lower()}", bars, PER_CENT)
    return None


def plainly(option: Option) -> str:
    """An option's text without its markup, in one line."""
    return short(option.words)


def short(words: str) -> str:
    """A text in one line, cut where it gets long."""
    line = " ".join(words.split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"

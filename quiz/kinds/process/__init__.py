"""Which process runs a line: choosing one of the processes. The program decides the key."""

import re
from collections.abc import Iterable
from dataclasses import replace

from django.utils.safestring import SafeString, mark_safe

from lessons.prose import ProseRenderer
from lessons.scanning import Problem
from lessons.shown import words_in
from quiz.kinds import choice
from quiz.kinds.exchange import NO_PROGRAM
from quiz.kinds.kind import no_program, wrong_count
from quiz.questions import Trace
from quiz.written import WrittenOption, WrittenQuestion

# Who runs a line: the program itself, a Celery worker, both of them, or nobody.
PROCESSES = ("web", "worker", "both", "none")
TRACED = re.compile(rf"^line (?P<line>[1-9][0-9]{{0,3}}) in (?:the )?(?P<answer>{'|'.join(PROCESSES)})$")
CODE = re.compile(r"(?P<before><pre[^>]*>(?:<span></span>)?)<code>(?P<lines>.*?)\n?</code>", re.DOTALL)


def is_right(option: WrittenOption, question: WrittenQuestion) -> bool:
    """Whether an option stands for the process that runs the line."""
    return option.mark == trace(question).answer


def problems(question: WrittenQuestion) -> Iterable[Problem]:
    """What keeps a trace of processes from being one."""
    yield from wrong_count(question)
    line = question.label_lines.get("runs", question.line)
    found = TRACED.match(question.quoted("runs"))
    marks: dict[str, int] = {}
    for option in question.options:
        if option.mark in marks:
            message = f"the process “{option.mark}” is that of the option on line {marks[option.mark]}"
            yield Problem(option.line, 4, message)
        marks.setdefault(option.mark, option.line)
    yield from no_program(question)
    if not found:
        message = (
            f"a trace says which process runs which line (> Runs: line 7 in worker); known are {', '.join(PROCESSES)}"
        )
        yield Problem(line, 1, message)
    elif int(found["line"]) > len(question.program) > 0:
        yield Problem(line, 1, f"the program has {len(question.program)} lines, and no line {found['line']}")
    elif found["answer"] not in marks:
        yield Problem(line, 1, f"no option stands for {found['answer']}, which is the answer")


def trace(question: WrittenQuestion) -> Trace:
    """The program, the line that is asked for, and who runs it by what the author says."""
    found = TRACED.match(question.quoted("runs"))
    assert found, "it has no problems"
    return Trace(
        question.program_text,
        question.program[0].number,
        traced_line=int(found["line"]),
        answer=found["answer"],
        answer_line=question.label_lines["runs"],
    )


def stem_html(question: WrittenQuestion, prose: ProseRenderer) -> SafeString:
    """What stands below the question. A line is asked for by its number, so the program has numbers."""
    return numbered(prose.render(question.stem), question.program_text)


def numbered(html: SafeString, program: str) -> SafeString:
    """The HTML of prose, in which the block of code that is this program has a span for each line.

    Colouring closes what it opens on every line, so no tag reaches over the end of one.
    """
    for found in CODE.finditer(html):
        if _bare(words_in(found["lines"])) == _bare(program):
            lines = (f'<span class="line">{line}\n</span>' for line in found["lines"].split("\n"))
            whole = f'{found["before"]}<code class="numbered">{"".join(lines)}</code>'
            return mark_safe(html[: found.start()] + whole + html[found.end() :])  # noqa: S308 - it was cleaned before
    return html


def _bare(code: str) -> list[str]:
    """Its lines without what stands behind their text, and without empty ones at the end."""
    return [line.rstrip() for line in code.rstrip("\n").split("\n")]


KIND = replace(
    choice.KIND,
    name="process",
    boxes="|".join(PROCESSES),
    has_blanks=False,
    quotes={"runs": "only a question whose options are processes (- [worker] …) asks where a line runs"},
    problems=problems,
    advice=lambda _questions, _keeping: (),
    is_right=is_right,
    stem_html=stem_html,
    trace=trace,
    exchange=NO_PROGRAM,
    form=None,
)

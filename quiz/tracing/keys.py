"""Whether the key of each trace is what comes out when its program is run."""

import ast
from collections.abc import Iterator

from lessons.scanning import Problem
from quiz.kinds.output import printed
from quiz.questions import Quiz, Trace
from quiz.tracing.setting import Bounds, NotRun, Ran, run

BOUNDS = Bounds()
LONGEST_SHOWN = 300  # characters of an output that an author is shown


def problems(quiz: Quiz, bounds: Bounds = BOUNDS) -> list[Problem]:
    """Run every program of a quiz once, within these bounds, and compare."""
    ran: dict[str, Ran | NotRun] = {}
    wrong: list[Problem] = []
    for trace in (question.trace for question in quiz.questions if question.trace):
        if trace.program not in ran:
            ran[trace.program] = _run(trace.program, bounds)
        wrong += _compared(trace, ran[trace.program])
    return wrong


def _run(program: str, bounds: Bounds) -> Ran | NotRun:
    try:
        return run(program, bounds)
    except NotRun as reason:
        return reason


def _compared(trace: Trace, ran: Ran | NotRun) -> Iterator[Problem]:
    if isinstance(ran, NotRun):
        yield Problem(trace.program_line, 1, str(ran))
    elif trace.traced_line:
        yield from _other_process(trace, ran)
    else:
        for line, said in trace.printed:
            if printed(said) != printed(ran.printed):
                yield Problem(line, 7, f"the program prints something else: {_shown(printed(ran.printed))}")


def _other_process(trace: Trace, ran: Ran) -> Iterator[Problem]:
    if not _holds_code(trace):
        message = f"line {trace.traced_line} of the program begins nothing that could be run"
        yield Problem(trace.answer_line, 1, message)
        return
    web, worker = trace.traced_line in ran.web, trace.traced_line in ran.worker
    by = "both" if web and worker else "web" if web else "worker" if worker else "none"
    if by != trace.answer:
        yield Problem(trace.answer_line, 1, f"line {trace.traced_line} is run in {by}, not in {trace.answer}")


def _holds_code(trace: Trace) -> bool:
    """Whether a statement, or a part of one, begins on the line; nothing runs an empty line, or an `else:`."""
    nodes = ast.walk(ast.parse(trace.program))
    return any(getattr(node, "lineno", 0) == trace.traced_line for node in nodes)


def _shown(output: str) -> str:
    text = repr(output)  # in one line, with every space that counts to be seen
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"

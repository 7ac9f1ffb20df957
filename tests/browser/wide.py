"""A course in which everything is too wide for a telephone, wherever an author or a learner can write it."""

from pathlib import Path
from textwrap import indent

LESSON = "wide"
WORD = "Donaudampfschifffahrtsgesellschaft" * 4
DOTTED = "config.settings.production.databases." * 4
ADDRESS = f"https://example.org/{'very-long-path/' * 12}"
LINE = f"{WORD} **{WORD}** `{DOTTED}` [{ADDRESS}]({ADDRESS})"
CODE = f"result = {'build_report(argument) + ' * 8}1"
TALL = '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="4000"><rect width="300" height="4000"/></svg>'
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="2400" height="300"><rect width="2400" height="300"/></svg>'
COLUMNS = range(1, 13)

TABLE = f"""| {" | ".join(f"Column number {column}" for column in COLUMNS)} |
| {" | ".join("---" for _ in COLUMNS)} |
| {" | ".join(f"`{'cell' * 6}`" for _ in COLUMNS)} |"""
FENCE = f"```python\n{CODE}\n```"
NUMBERED = f'```python linenums="1"\n{CODE}\nprint(result)\n```'
TITLED = f'```python title="{WORD}.py"\n{CODE}\n```'
WITH_CLASS = f'<table class="x"><tr>{f"<td>{WORD}</td>" * 12}</tr></table>'
PREFORMATTED = f'<pre class="x">{CODE}</pre>'
RULE = '<hr width="3000">'
TALL_IMAGE = "![A picture longer than a sheet of paper](tall.svg)"
IMAGE = '![A wide picture](wide.svg) ![The same](wide.svg){width="2400"}'
NESTED = f"- {LINE}\n    - {LINE}\n\n        {FENCE.replace(chr(10), chr(10) + ' ' * 8)}\n"
NUMBERS = f"1. {LINE}\n\n    {FENCE.replace(chr(10), chr(10) + ' ' * 4)}\n\n2. {LINE}"
QUOTE = indent(f"{LINE}\n\n{FENCE}\n\n{TABLE}", "> ", lambda _: True)
TERMS = f"{WORD}\n:   {LINE}\n\n        {CODE}\n"
# What may stand wherever there is more than a line.
INSIDE = f"{LINE}\n\n{FENCE}\n\n{NUMBERED}\n\n{TABLE}\n\n{WITH_CLASS}\n\n{IMAGE}"
EVERYTHING = (
    f"{INSIDE}\n\n{TITLED}\n\n{PREFORMATTED}\n\n{RULE}\n\n{NESTED}\n\n{NUMBERS}\n\n{QUOTE}\n\n{TERMS}\n\n{TALL_IMAGE}"
)

FRONT = f"""---
title: {WORD} and {WORD}
summary: {WORD} {DOTTED}
framework: {WORD}
minutes: 8
impact: medium
affects: "Affects: {WORD}."
---
"""


def quoted(label: str, text: str) -> str:
    """A quote with a name, as hints, explanations and the backs of cards are written."""
    return indent(f"{label} {text}", "> ", lambda _: True)


FEEDBACK = indent(quoted("Said.", INSIDE), "  ", lambda _: True)


def option(box: str, text: str) -> str:
    """An option with everything in it that may stand there, and its feedback."""
    return f"- [{box}] {LINE} {text}\n\n{indent(INSIDE, '  ')}\n\n{FEEDBACK}\n"


def typed(box: str, text: str) -> str:
    return f"- [{box}] {text}\n{FEEDBACK}\n"


def question(name: str, *options: str) -> str:
    """A question of which every part is too wide."""
    parts = [f"## {LINE}? {{#{name}}}", INSIDE, quoted("Hint:", INSIDE), "\n".join(options), quoted("**Why:**", INSIDE)]
    return "\n\n".join(parts)


PROGRAM = f"```python\nprint({WORD!r})\n```"
QUIZ = "\n\n".join(
    [
        question("choice", option(" ", "1"), option("x", "2")),
        question("several", option("x", "1"), option("x", "2"), option(" ", "3")),
        question("number", typed("~", "3 s"), typed(" ", "4 s")),
        question("text", typed("=", WORD), typed(" ", "broker")),
        question("order", option("2", "first"), option("1", "second"), option("3", "third")),
        question("output", typed(">", f"\n  ```text\n  {WORD}\n  ```")).replace(FENCE, PROGRAM, 1),
        question("process", option("web", "1"), option("worker", "2")).replace(
            "> Hint:", "> Runs: line 1 in web\n\n> Hint:", 1
        ),
    ]
)
OUTCOMES = "\n".join(option(outcome, outcome) for outcome in ("sooner", "same", "later"))
REASON = f"## {LINE}? {{#reason}}\n\n{INSIDE}\n\n{option('x', '1')}\n{option(' ', '2')}\n{quoted('**Why:**', INSIDE)}"
PREDICTIONS = f"## {LINE}? {{#ready}}\n\n{INSIDE}\n\n> Measured: report-order\n\n{OUTCOMES}\n\n{REASON}\n"
CARDS = "\n\n".join(f"## {LINE}? {{#card-{number}}}\n\n{INSIDE}\n\n{quoted('**Back:**', INSIDE)}" for number in (1, 2))
BLOCKS = f"""
/// samples | {LINE}
:caption: {LINE}
/// sample | {LINE}
:lane: hold
{FENCE}
///
/// sample | {LINE}
:lane: free
{NUMBERED}
///
///

/// predict | {LINE}
///

/// demo | {LINE}
///

/// timeline | {LINE}
///

/// outcomes
///

/// measured
{EVERYTHING}

[[blocking click-to-response]]
///

/// experiment | {LINE}
:name: bystanders
{EVERYTHING}
///

/// experiment | {LINE}
:name: saturation
///

/// verdicts
/// verdict | {LINE}
:lane: hold
:says: {WORD}
:figure: [[blocking click-to-response]]
:of: {LINE}
{EVERYTHING}
///
/// verdict | {WORD}
:lane: free
:says: recommended
:figure: [[celery click-to-response]]
:of: from click to response
{EVERYTHING}
///
///

/// comparison | {LINE}
:source: {LINE}
{TABLE}
///

/// pipeline | {LINE}
/// stage | {LINE}
:state: bottleneck
{EVERYTHING}
///
/// stage | {WORD}
{EVERYTHING}
///
{EVERYTHING}
///

/// claim | {LINE}
:verdict: True here
:source: {LINE}
{EVERYTHING}
///

/// source
{EVERYTHING}
///

/// tips
{NESTED}
///

/// ways | {LINE}
{EVERYTHING}
///

/// visit
{EVERYTHING}
///

/// class | {LINE}
///

/// definitions
///

/// quiz
///
"""


def write(content: Path) -> None:
    """Make the course there."""
    folder = content / LESSON
    folder.mkdir(parents=True)
    texts = {
        "performance.md": f"{FRONT}\n## {LINE}\n\n{EVERYTHING}\n{BLOCKS}",
        "recall.md": f"{FRONT}\n## {LINE}\n\n/// cards\n///\n",
        "quiz.md": f"---\ntitle: {WORD}\nattempts: 1\n---\n\n{QUIZ}\n",
        "cards.md": CARDS,
        "predictions.md": PREDICTIONS,
        "wide.svg": PICTURE,
        "tall.svg": TALL,
    }
    for name, text in texts.items():
        (folder / name).write_text(text)
    (content / "course.toml").write_text(f'title = "{WORD}"\nlessons = ["{LESSON}"]\n')

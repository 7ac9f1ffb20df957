"""The blocks that need nothing but a lesson: samples, predict, verdicts, comparison, pipeline, claim, tips."""

from django.utils.text import slugify

from lessons.registry import Directive, Files, OptionRule, RenderedBlock, register_directive
from lessons.scanning import Block, Problem, Prose

LANE = OptionRule(required=True, choices=("hold", "free"))
TEXT = OptionRule()
NEEDED = OptionRule(required=True)


def _needs_code(block: Block) -> list[Problem]:
    if any("```" in piece.text for piece in block.body if isinstance(piece, Prose)):
        return []
    return [Problem(block.line, 5, "a sample needs a fenced code block")]


def _needs_table(block: Block) -> list[Problem]:
    rows = [piece for piece in block.body if isinstance(piece, Prose) and "|" in piece.text]
    return [] if rows else [Problem(block.line, 5, "a comparison needs a table")]


def _verdict_class(block: RenderedBlock, files: Files) -> dict[str, str]:
    return {"verdict_class": slugify(block.options["verdict"])}


def register() -> None:
    """Tell the registry of these blocks."""
    for directive in (
        Directive(
            name="samples",
            template="lessons/_samples.html",
            options={"caption": TEXT},
            needs_argument=True,
            children={"sample": (2, 2)},
            takes_prose=False,
        ),
        Directive(name="sample", inside="samples", options={"lane": LANE}, needs_argument=True, check=_needs_code),
        Directive(
            name="predict",
            template="lessons/_predict.html",
            needs_argument=True,
            children={"question": (1, 5)},
        ),
        Directive(name="question", inside="predict", needs_argument=True),
        Directive(
            name="verdicts",
            template="lessons/_verdicts.html",
            children={"verdict": (2, 2)},
            takes_prose=False,
        ),
        Directive(
            name="verdict",
            inside="verdicts",
            options={"lane": LANE, "says": NEEDED, "figure": NEEDED, "unit": NEEDED, "of": NEEDED, "source": NEEDED},
            needs_argument=True,
        ),
        Directive(
            name="comparison",
            template="lessons/_comparison.html",
            options={"source": NEEDED},
            needs_argument=True,
            check=_needs_table,
        ),
        Directive(
            name="pipeline",
            template="lessons/_pipeline.html",
            needs_argument=True,
            children={"stage": (2, 5)},
        ),
        Directive(
            name="stage",
            inside="pipeline",
            options={"state": OptionRule(choices=("bottleneck", "waits"))},
            needs_argument=True,
        ),
        Directive(
            name="claim",
            template="lessons/_claim.html",
            options={
                "verdict": OptionRule(required=True, choices=("True here", "Not true here", "Not tested yet")),
                "source": NEEDED,
            },
            needs_argument=True,
            context=_verdict_class,
        ),
        Directive(name="tips", template="lessons/_tips.html"),
        Directive(name="source", template="lessons/_source.html"),
    ):
        register_directive(directive)

"""The blocks that need nothing but a lesson: samples, tips, source."""

from lessons.registry import Directive, OptionRule, register_directive
from lessons.scanning import Block, Problem, Prose

LANE = OptionRule(required=True, choices=("hold", "free"))
TEXT = OptionRule()


def _needs_code(block: Block) -> list[Problem]:
    if any("```" in piece.text for piece in block.body if isinstance(piece, Prose)):
        return []
    return [Problem(block.line, 5, "a sample needs a fenced code block")]


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
        Directive(name="tips", template="lessons/_tips.html"),
        Directive(name="source", template="lessons/_source.html", is_evidence=True),
    ):
        register_directive(directive)

"""The Markdown that we wrote: the prose of each lesson, question and document, in the pieces that are rendered."""

from collections.abc import Iterator
from pathlib import Path

from config.environment import ROOT
from lessons import front_matter
from lessons.scanning import Block, Piece, Prose, scan
from quiz import parsing as questions
from review import parsing as cards

FILES = sorted([*ROOT.glob("content/*/*.md"), *ROOT.glob("docs/*.md"), ROOT / "README.md"])


def written(path: Path) -> Iterator[str]:
    """The pieces of a file that hold something."""
    body, first = front_matter.below(path.read_text())
    return (piece.text for piece in _pieces(path.name, body, first) if piece.text.strip())


def _pieces(name: str, body: str, first: int) -> Iterator[Prose]:
    if name in ("quiz.md", "predictions.md"):
        grammar = questions.PREDICTIONS_GRAMMAR if name == "predictions.md" else questions.QUIZ_GRAMMAR
        for question in questions.parse(body, first, grammar)[0]:
            options = [text for option in question.options for text in (option.text, option.feedback)]
            for text in (question.stem, *options, question.hint, question.why):
                yield Prose(question.line, text)
    elif name == "cards.md":
        for card in cards.parse(body, first)[0]:
            yield from (Prose(card.line, text) for text in (card.stem, card.back))
    else:
        yield from _prose(scan(body, first)[0])


def _prose(pieces: tuple[Piece, ...]) -> Iterator[Prose]:
    for piece in pieces:
        if isinstance(piece, Block):
            yield from _prose(piece.body)
        else:
            yield piece

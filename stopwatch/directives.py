"""The blocks of a lesson that show what was measured, and the file that holds the recorded run."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.utils.text import slugify

from lessons.registry import (
    Directive,
    OptionRule,
    RenderedBlock,
    register_directive,
    register_kind,
    register_prose_check,
)
from lessons.scanning import Block, Problem, Prose
from stopwatch import glossary, provenance, recorded, visit
from stopwatch.claims import Tested, put_to_test
from stopwatch.measured import Board
from stopwatch.places import register_place
from stopwatch.registry import Verdict, cases, claim_tests
from stopwatch.sentences import PLACE

# A figure that was typed: a number with a unit of the site's, or a share.
TYPED = re.compile(r"(?<![\w.,])\d[\d.,]*\s?(?:ms|s|%|KB|MB)(?!\w)")
MEANT = re.compile(r"\[\[[^\[\]\n]*\]\]")
LANE = OptionRule(required=True, choices=("hold", "free"))
TEXT = OptionRule()
NEEDED = OptionRule(required=True)


def unknown_figures(block: Block) -> Iterator[Problem]:
    """Places for figures, `[[case figure]]`, that name what nobody measures."""
    texts = [(option.line, option.column, option.value) for option in block.options.values()]
    for piece in block.body:
        if isinstance(piece, Prose):
            texts += [(number, 1, text) for number, text in enumerate(piece.text.split("\n"), piece.line)]
        else:
            yield from unknown_figures(piece)
    for line, column, text in texts:
        for found in MEANT.finditer(text):
            if not PLACE.fullmatch(found[0]):
                message = "a figure is written [[case figure]], in small letters and with one space"
                yield Problem(line, column + found.start(), message, warning=True)
        for found in PLACE.finditer(text):
            case = cases.get(found["case"])
            figure = case.figure(found["name"]) if case else None
            if case is None:
                message = f"“{found['case']}” is no case; there are {', '.join(cases)}"
                yield Problem(line, column + found.start(), message)
            elif figure is None:
                known = ", ".join(one.name for one in case.figures)
                message = f"“{case.name}” never has “{found['name']}”; it has {known}"
                yield Problem(line, column + found.start(), message)
            elif figure.name != found["name"]:
                message = f"“{found['name']}” is now called “{figure.name}”: [[{case.name} {figure.name}]]"
                yield Problem(line, column + found.start(), message, warning=True)


def lost_figures(prose: Prose) -> list[Problem]:
    """Places for figures in prose where nothing fills them, and a reader would see the brackets."""
    message = "a figure stands inside a block, like “measured”; here its brackets stay as they are"
    return [
        Problem(number, found.start() + 1, message, warning=True)
        for number, text in enumerate(prose.text.split("\n"), prose.line)
        for found in PLACE.finditer(text)
    ]


def _wrong_comparison(block: Block) -> Iterator[Problem]:
    yield from unknown_figures(block)
    if not any(isinstance(piece, Prose) and "|" in piece.text for piece in block.body):
        yield Problem(block.line, 5, "a comparison needs a table")
    yield from _typed_in_comparison(block)


def _typed_in_comparison(block: Block) -> Iterator[Problem]:
    """The first figure of a comparison that measures nothing and names no source: it was typed, and cannot be checked.

    Beside measured ones, a typed figure is what they are read against: "an answer within 200 ms, measured: …".
    """
    prose = [piece for piece in block.body if isinstance(piece, Prose)]
    if "source" in block.options or any(PLACE.search(piece.text) for piece in prose):
        return
    for piece in prose:
        for line, text in enumerate(piece.text.split("\n"), piece.line):
            if found := TYPED.search(text):
                message = f"“{found[0]}” is typed by hand, and the comparison has no :source:, nor any [[case figure]]"
                yield Problem(line, found.start() + 1, message, warning=True)
                return


def _wrong_verdicts(block: Block) -> Iterator[Problem]:
    """What is wrong with figures of verdicts, also that one is typed: it stands there as the reader's own."""
    yield from unknown_figures(block)
    for verdict in block.blocks:
        figure = verdict.options.get("figure")
        if figure and not MEANT.search(figure.value):
            message = f"“{figure.value}” is typed by hand: [[case figure]] stands for one that was measured"
            yield Problem(figure.line, figure.column, message, warning=True)


def _wrong_claim(block: Block) -> Iterable[Problem]:
    if ("verdict" in block.options) == ("tested" in block.options):
        return [Problem(block.line, 5, "a claim needs either :tested: (by the reader) or :verdict: (by its source)")]
    tested = block.options.get("tested")
    if tested and tested.value not in claim_tests:
        message = f"the option “tested” must be one of {', '.join(claim_tests)}, not “{tested.value}”"
        return [Problem(tested.line, tested.column, message)]
    return unknown_figures(block)


def _claim(block: RenderedBlock, board: Board, *_: object) -> Mapping[str, Any]:
    name = block.options.get("tested")
    if name is None:
        tested, how, provenance_words = Tested(Verdict(block.options["verdict"]), ""), "", None
    else:
        tested, how = put_to_test(name, board), claim_tests[name].how
        provenance_words = provenance.provenance_of(board, claim_tests[name].cases)
    return {"tested": tested, "how": how, "verdict_class": slugify(tested.verdict), "provenance": provenance_words}


def register() -> None:
    """Tell the lessons of them."""
    register_kind(recorded.RECORDED)
    register_prose_check(lost_figures)
    register_directive(
        Directive(
            name="verdict",
            inside="verdicts",
            options={"lane": LANE, "says": NEEDED, "figure": NEEDED, "of": NEEDED},
            needs_argument=True,
        )
    )
    register_directive(
        Directive(
            name="definitions",
            template="stopwatch/_definitions.html",
            takes_prose=False,
            styles=("css/stopwatch.css",),
            context=glossary.context,
        )
    )
    register_place(
        Directive(name="measured", template="stopwatch/_measured.html", check=unknown_figures), provenance.context
    )
    register_place(
        Directive(
            name="verdicts",
            template="stopwatch/_verdicts.html",
            children={"verdict": (2, 2)},
            takes_prose=False,
            check=_wrong_verdicts,
        ),
        provenance.context,
    )
    register_place(
        Directive(
            name="comparison",
            template="stopwatch/_comparison.html",
            options={"source": TEXT},
            needs_argument=True,
            check=_wrong_comparison,
        ),
        provenance.context,
    )
    register_place(
        Directive(
            name="claim",
            template="stopwatch/_claim.html",
            options={"verdict": OptionRule(choices=tuple(Verdict)), "tested": TEXT, "source": NEEDED},
            needs_argument=True,
            check=_wrong_claim,
        ),
        _claim,
    )
    visit.register()

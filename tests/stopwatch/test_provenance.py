"""What stands beside authors' words: whose figures they are, and what each figure is."""

import re

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from lessons.registry import RenderedBlock
from lessons.scanning import Block, scan
from stopwatch import glossary, provenance
from stopwatch.measured import Board, Measured
from stopwatch.registry import cases

TABLE = "<table><tr><td>[[blocking click-to-response]]</td></tr><tr><td>[[celery click-to-response]]</td></tr></table>"


def board(*, own: bool, celery: bool = True) -> Board:
    blocking = Measured("blocking", 3, {"click-to-response": 3030.0}, is_recorded=not own)
    background = {"celery": Measured("celery", 3, {"click-to-response": 21.0}, is_recorded=True)} if celery else {}
    return Board({"blocking": blocking, **background})


def test_a_comparison_is_filled_and_says_of_each_row_whose_figures_it_has() -> None:
    block = RenderedBlock("comparison", "a", "Both", "Both", {}, {}, mark_safe(TABLE))
    given = board(own=True)
    html = render_to_string(
        "stopwatch/_comparison.html", {"block": block, "board": given, **provenance.context(block, given)}
    )
    assert "3,030" in html
    assert "In the request: your click; In the background: recorded." in html
    assert 'href="#recorded-run"' in html


def test_the_cases_of_a_block_are_those_that_its_author_named_anywhere_in_it() -> None:
    child = RenderedBlock("verdict", "a", "", "", {}, {"of": "took [[celery ran]]"}, "")
    block = RenderedBlock("verdicts", "a", "", "", {}, {}, "<p>[[sync inp]]</p>", (child,))
    assert provenance.cases_in(block) == ("celery", "sync")


def test_room_is_kept_for_the_longest_that_may_be_said() -> None:
    for given in (board(own=True), board(own=False), board(own=True, celery=False), Board({})):
        said = provenance.provenance_of(given, ("blocking", "celery"))
        assert len(said.text) <= len(said.room)


def test_a_block_without_figures_says_nothing() -> None:
    assert provenance.provenance_of(board(own=True), ()).text == ""


def test_every_figure_has_one_definition_to_link_to_with_its_unit_and_its_place() -> None:
    named = " ".join(f"[[{case.name} {case.figures[0].name}]]" for case in cases.values())
    page = tuple(piece for piece in scan(f"/// measured\n{named}\n///")[0] if isinstance(piece, Block))
    block = RenderedBlock("definitions", "a", "", "", {}, {}, "", page=page)
    html = render_to_string("stopwatch/_definitions.html", {"block": block, **glossary.context(block, {})})
    figures = {figure for case in cases.values() for figure in case.figures}
    assert sorted(re.findall(r'id="figure-([^"]+)"', html)) == sorted(
        name for figure in figures for name in (figure.name, *figure.formerly)
    )
    for group in glossary.groups(cases.values()).values():
        of_the_group, entries = glossary.entries(group)
        assert all(
            (of_the_group or entry.where).startswith(("In ms, measured", "In %, measured", "No unit, measured"))
            for entry in entries
        )
    assert "Good: at most 200 ms; poor: above 500 ms (GoogleChrome/web-vitals, src/onINP.ts)." in html


def test_a_page_explains_the_figures_of_no_experiment_that_it_neither_runs_nor_names() -> None:
    site = [case for case in cases.values() if case.scope == "site"]
    assert site
    for case in site:
        (naming,) = scan(f"/// measured\nIt took [[{case.name} {case.figures[0].name}]].\n///")[0]
        (running,) = scan(f"/// experiment | Run it\n:name: {case.name}\n///")[0]
        for block in (naming, running):
            assert isinstance(block, Block)
            shown = [found.name for found in glossary.cases_of([block]) if found.scope == "site"]
            assert shown == [case.name]
    assert {found.scope for found in glossary.cases_of([])} == {"lesson"}


def test_every_threshold_has_its_source() -> None:
    for figure in (figure for case in cases.values() for figure in case.figures):
        assert bool(glossary.thresholds(figure)) == bool(figure.source) == (figure.good is not None)

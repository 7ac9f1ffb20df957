import re
from pathlib import Path

import pytest

from lessons.registry import RenderedBlock
from lessons.rendering import compose, render
from lessons.scanning import scan
from stopwatch import glossary
from stopwatch.definitions import HELD, INP
from stopwatch.measured import Board, Measured, with_own
from stopwatch.places import _drawn
from stopwatch.registry import Case, Figure, cases, figure_of
from stopwatch.sentences import plainly
from stopwatch.templatetags.figures import with_figures
from stopwatch.units import SCORE

DEFINITIONS_BLOCK = "/// definitions\n///"
RECORDED = Board(
    {"blocking": Measured("blocking", 3.0, {"inp": 16.0, "held": 3.44}, frozenset({"inp"}), is_recorded=True)}
)


def test_a_place_in_the_text_shows_the_figure_its_unit_and_where_it_is_explained():
    html = with_figures("<p>took [[blocking held]].</p>", RECORDED)
    assert 'href="#figure-held"' in html
    assert ">3.4</a>" in html
    assert ">ms<" in html
    assert "recorded" in html


def test_a_bound_says_that_it_is_one():
    assert ">≤ 16</a>" in with_figures("[[blocking inp]]", RECORDED)


def test_what_nobody_measured_is_said_and_never_zero():
    assert "not measured" in with_figures("[[celery inp]] [[blocking ttfb]]", RECORDED)


def test_the_readers_own_figure_takes_the_place_of_the_recorded_one():
    board = with_own(RECORDED, {"blocking": Measured("blocking", 3.0, {"inp": 24.0})})
    html = with_figures("[[blocking inp]] [[blocking held]]", board)
    assert 'class="measured own"' in html
    assert ">24</a>" in html
    assert "not measured" in html, "figures of two runs are never mixed in one case"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[[unknown inp]]", "“unknown” is no case"),
        ("[[blocking speed]]", "“blocking” never has “speed”"),
        ("[[blocking ran]]", "“blocking” never has “ran”"),
        ("[[bystanders inp]]", "“bystanders” never has “inp”"),
        ("[[ blocking inp ]]", "with one space"),
    ],
)
def test_a_place_for_a_figure_that_nobody_measures_is_an_error_with_its_line(text: str, words: str):
    source = f"/// measured\none\n\n| a | b |\n| - | - |\n| 1 | {text} |\n///\n{DEFINITIONS_BLOCK}"
    (problem,) = render(scan(source)[0], "one").problems
    assert problem.line == 6
    assert words in problem.message


def test_a_place_for_a_figure_outside_every_block_is_a_warning_with_its_line():
    (problem,) = render(scan("one\ntook [[blocking inp]]\n")[0], "one").problems
    assert (problem.line, problem.column, problem.warning) == (2, 6, True)


def test_a_page_whose_figures_lead_to_no_definition_is_warned_of_once():
    (problem,) = render(scan("/// measured\none\n///\n\n/// measured\ntwo\n///")[0], "one").problems
    assert (problem.line, problem.warning) == (1, True)
    assert "“definitions”" in problem.message


def test_a_block_with_a_warning_stays_on_its_page():
    page = render(scan("/// measured\nsee [[ blocking inp ]] there\n///\n" + DEFINITIONS_BLOCK)[0], "one", "why")
    assert [problem.warning for problem in page.problems] == [True]
    assert "there" in compose(page.parts, {})


def test_every_figure_that_was_ever_recorded_can_be_asked_for():
    content = Path(__file__).parents[2] / "content"
    rows = [line.split("|") for path in content.glob("*/recorded.md") for line in path.read_text().split("\n")]
    recorded = [(cells[1].strip(), cells[3].strip()) for cells in rows if len(cells) == 6 and cells[1].strip() in cases]
    assert recorded
    assert [(case, name) for case, name in recorded if figure_of(case, name) is None] == []


def test_a_measured_block_has_a_place_of_its_own_on_its_page():
    page = render(scan("/// measured\none\n///\n\n/// measured\ntwo\n///")[0], "one", "why")
    html = [compose([part], {}) for part in page.parts]
    assert 'id="measured-1" data-measured="/stopwatch/one/why/"' in html[0]
    assert 'id="measured-2"' in html[1]
    assert "hx-swap-oob" not in html[0]


def test_every_threshold_is_rated_in_words():
    assert INP.rating(200) == "good"
    assert INP.rating(201) == "needs improvement"
    assert INP.rating(501) == "poor"
    assert HELD.rating(9000) == ""


def test_every_figure_says_what_it_is():
    for figure in (figure for case in cases.values() for figure in case.figures):
        assert figure.says.endswith(".")
        assert figure.label


@pytest.mark.parametrize(
    ("case", "figure"), [(case, figure) for case in cases.values() for figure in case.figures], ids=lambda one: one.name
)
def test_every_figure_of_every_case_has_a_place_with_its_value_its_unit_and_its_definition(case: Case, figure: Figure):
    value = 0.1234 if figure.unit is SCORE else 3012.3
    board = Board({case.name: Measured(case.name, 3.0, {figure.name: value})})
    for name in (figure.name, *figure.formerly):
        html = with_figures(f"took [[{case.name} {name}]].", board)
        assert f">{figure.unit.write(value)}</a>" in html
        assert (f'<span class="unit">{figure.unit.symbol}</span>' in html) == bool(figure.unit.symbol)
        assert plainly(f"[[{case.name} {name}]]", board) == figure.unit.text(value)
        (anchor,) = re.findall(r'href="#figure-([^"]+)"', html)
        assert anchor in {key for figures in glossary.groups(cases.values()).values() for key in figures}


@pytest.mark.parametrize("case", cases.values(), ids=lambda one: one.name)
def test_every_case_has_a_place_on_a_page_that_says_whose_its_figures_are(case: Case):
    names = " and ".join(f"[[{case.name} {figure.name}]]" for figure in case.figures)
    page = render(scan(f"/// measured\nIt took {names}.\n///\n{DEFINITIONS_BLOCK}")[0], "one", "why")
    assert page.problems == ()
    block = page.parts[0]
    assert isinstance(block, RenderedBlock)
    figures = {figure.name: 12.3456 for figure in case.figures}
    for measured, words in (
        (Measured(case.name, 3.0, figures), "Measured "),
        (Measured(case.name, 3.0, figures, is_recorded=True), "A recorded run"),
        (None, "You have not run this yet, and no run was recorded."),
    ):
        (drawn,) = _drawn(block, Board({case.name: measured} if measured else {}), None, {})["drawn"]
        assert words in drawn["inside"]
        for figure in case.figures:
            assert (f">{figure.unit.write(12.3456)}</a>" in drawn["inside"]) == bool(measured)
    assert 'id="measured-1"' in compose(page.parts, {})


def test_a_place_with_a_former_name_works_and_is_a_warning_that_says_the_new_one():
    source = f"/// measured\none\n\n| a |\n| - |\n| [[celery click-to-answer]] |\n///\n{DEFINITIONS_BLOCK}"
    page = render(scan(source)[0], "one", "why")
    (problem,) = page.problems
    assert (problem.line, problem.warning) == (6, True)
    assert "[[celery click-to-response]]" in problem.message
    assert "not measured" in compose(page.parts, {})

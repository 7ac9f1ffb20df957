"""The table of the four ways to wait: what each cell says, and in which one the wait went."""

from demos.places.ways import Cell, rows
from stopwatch.measured import Board, Measured


def cells(board: Board, case: str) -> dict[str, Cell]:
    (row,) = [row for row in rows(board) if row.case == case]
    return {cell.name: cell for cell in row.cells}


def test_every_way_has_its_row_before_anybody_measured():
    assert [row.case for row in rows(Board())] == ["form", "link", "fetch", "sync"]
    assert {row.origin for row in rows(Board())} == {""}
    assert cells(Board(), "form")["ttfb"].says == "not tried yet"


def test_a_figure_that_cannot_exist_does_not_apply_measured_or_not():
    board = Board({"fetch": Measured("fetch", 3, {"click-to-response": 3020.0})})
    for found in (board, Board()):
        assert cells(found, "fetch")["ttfb"].says == "does not apply"
        assert cells(found, "sync")["ttfb"].says == "does not apply"


def test_the_wait_went_where_a_figure_is_nearly_as_long_as_the_work():
    board = Board({"sync": Measured("sync", 2, {"inp": 1800.0, "click-to-response": 1799.9, "request": 2010.0})})
    marked = {name: cell.holds_the_wait for name, cell in cells(board, "sync").items()}
    assert marked == {"inp": True, "click-to-response": False, "ttfb": False, "request": True}


def test_no_figure_holds_the_wait_when_there_was_no_work():
    board = Board({"fetch": Measured("fetch", 0, {"click-to-response": 30.0})})
    assert not any(cell.holds_the_wait for cell in cells(board, "fetch").values())


def test_a_figure_that_the_browser_does_not_tell_is_said_and_is_not_zero():
    board = Board({"link": Measured("link", 3, {"ttfb": 3010.0})})
    assert cells(board, "link")["inp"].says == "not measured in this browser"


def test_a_row_provenance_words_figures_it_has():
    board = Board({"form": Measured("form", 3, {}, is_recorded=True), "link": Measured("link", 3, {})})
    assert [row.origin for row in rows(board)] == ["recorded", "your click", "", ""]

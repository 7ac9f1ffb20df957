"""Bins beside each other: what is drawn where, and what is said of it."""

from django.template.loader import render_to_string

from charts.bins import Bin, Columns
from tests.charts.drawn import placed, words

BINS = [Bin(10, 15, 2), Bin(15, 20, 4, is_own=True), Bin(20, 25, 0, is_open=True)]
COLUMNS = Columns("The class", "Time, ms", "Learners", BINS, "Two took longer.")


def test_a_column_is_as_high_as_its_count_and_its_own_count_stands_above_it():
    picture = COLUMNS.picture
    (low,), (high,) = placed(picture, "chart-column"), placed(picture, "chart-column own")
    assert [(box["y"], box["height"]) for box in (low, high)] == [("50%", "50%"), ("0%", "100%")]
    assert words(picture, "chart-tick") == ["10", "15", "20", "25+", "2", "4"]
    assert words(picture, "chart-note") == ["yours ▾"]


def test_of_many_columns_every_second_edge_is_named_and_the_last_one_always():
    picture = Columns("Many", "Edge", "Count", [Bin(edge, edge + 1, 1) for edge in range(7)]).picture
    edges = [tick["x"] for tick in placed(picture, "chart-tick") if tick["y"] == "100%"]
    assert edges == ["14.29%", "42.86%", "71.43%", "100%"]
    assert words(picture, "chart-tick")[:4] == ["1", "3", "5", "7"]


def test_the_table_and_the_words_tell_the_counts_and_in_which_bin_the_readers_own_is():
    assert COLUMNS.picture.says == (
        "Learners by time, ms. 10 to 15: 2. 15 to 20: 4, with yours. 20 and more: 0. Two took longer."
    )
    html = render_to_string("charts/_table.html", {"table": COLUMNS.table})
    assert '<th scope="col">Time, ms</th><th scope="col">Learners</th>' in html
    assert '<th scope="row">15 to 20</th><td><span class="figure">4, with yours</span></td>' in html

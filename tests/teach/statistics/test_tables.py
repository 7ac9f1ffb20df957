import csv
from io import StringIO

import pytest

from teach.statistics import tables
from teach.statistics.tables import Column, Table, as_csv


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\n=1", "＝1"])
def test_a_text_that_a_spreadsheet_would_run_is_made_harmless(text):
    table = Table("one", "One", (Column("a"),), [(tables.text(text),)])
    (_, (cell,)) = csv.reader(StringIO(as_csv(table), newline=""))
    assert cell == f"'{text}"


def test_numbers_stay_numbers_also_below_zero():
    columns = (Column("a", is_number=True), Column("b", exported=("low", "high")), Column("c"), Column("d"))
    row = (tables.decimal(-0.25), tables.interval(-0.5, 0.1), tables.withheld("too few"), tables.number(2000))
    text = as_csv(Table("one", "One", columns, [row]))
    assert text == "a,low,high,c,d\r\n-0.25,-0.5,0.1,,2000\r\n"


def test_commas_quotes_and_line_breaks_come_back_as_they_were():
    words = 'a, "b"\nc'
    table = Table("one", "One", (Column("a"),), [(tables.text(words),)])
    (_, (cell,)) = csv.reader(StringIO(as_csv(table), newline=""))
    assert cell == words

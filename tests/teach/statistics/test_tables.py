import csv
from io import StringIO

import pytest

from teach.statistics import tables
from teach.statistics.intervals import Interval
from teach.statistics.tables import Column, Table, as_csv


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\n=1", "＝1"])
def test_a_text_that_a_spreadsheet_would_run_is_made_harmless(text):
    table = Table("one", "One", (Column("a"),), [(tables.text(text),)])
    (_, (cell,)) = csv.reader(StringIO(as_csv(table), newline=""))
    assert cell == f"'{text}"


def test_numbers_stay_numbers_also_below_zero():
    columns = (tables.estimated("a"), Column("b"), Column("c", is_number=True))
    row = (tables.estimate(-0.25, Interval(-0.5, -0.001)), tables.withheld("too few"), tables.number(2000))
    assert row[0].text == "-0.25 (-0.50 to 0.00)"
    text = as_csv(Table("one", "One", columns, [row]))
    assert text == '"a","a, low","a, high",b,c\r\n-0.25,-0.5,-0.001,,2000\r\n'.replace('"a",', "a,", 1)


def test_commas_quotes_and_line_breaks_come_back_as_they_were():
    words = 'a, "b"\nc'
    table = Table("one", "One", (Column("a"),), [(tables.text(words),)])
    (_, (cell,)) = csv.reader(StringIO(as_csv(table), newline=""))
    assert cell == words

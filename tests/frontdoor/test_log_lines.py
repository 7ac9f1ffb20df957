import logging

import pytest

from frontdoor.log_lines import Line, WithIds, request_id, run_id


@pytest.fixture
def line():
    def written(**ids: str) -> str:
        tokens = [(variable, variable.set(ids.get(variable.name, ""))) for variable in (request_id, run_id)]
        record = logging.LogRecord("demos", logging.INFO, __file__, 1, "%s begins", ("a task",), None)
        WithIds().filter(record)
        for variable, token in tokens:
            variable.reset(token)
        return Line("{levelname} {name}: {message}", style="{").format(record)

    return written


def test_without_ids_a_line_is_its_words(line):
    assert line() == "INFO demos: a task begins"


def test_what_ids_there_are_stand_behind_the_words(line):
    assert line(request_id="4f2a9c01") == "INFO demos: a task begins [request=4f2a9c01]"
    assert line(request_id="4f2a9c01", run_id="x") == "INFO demos: a task begins [request=4f2a9c01 run=x]"


def test_what_would_colour_a_terminal_is_shown_and_not_sent_to_it():
    record = logging.LogRecord("x", logging.ERROR, __file__, 1, "line 3 | title=\x1b[31mRED\r\0\x9b", (), None)
    assert Line("{message}", style="{").format(record) == "line 3 | title=\\x1b[31mRED\\x0d\\x00\\x9b"

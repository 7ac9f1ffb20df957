import contextlib
import time
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stopwatch.checking import Absurd, read
from stopwatch.receipts import Receipt
from stopwatch.registry import cases
from tests.stopwatch.conftest import ANSWERED, receipt_of

NAMES = sorted({figure.name for case in cases.values() for figure in case.figures})
CELERY: dict[str, Any] = {"demo": "celery", "figures": {"held": 3.0, "queue-wait": 1.0, "ran": 3001.0}}
IN_BACKGROUND = {"case": "celery", "click-to-response": "16", "click-to-report": "3060"}


def check(fields: Mapping[str, str], receipt: Receipt | None = None):
    return read({name: [value] for name, value in fields.items()}, receipt or receipt_of(), time.time())


def test_plausible_figures_are_taken_with_the_servers_own_beside_them():
    found = check({"case": "blocking", **ANSWERED, "inp": "24", "request-start": "4.5", "first-byte": "3005.1"})
    assert found.case == "blocking"
    assert found.seconds == 3.0
    assert found.figures["inp"] == 24.0
    assert found.figures["held"] == 3001.2
    assert not found.at_most


def test_an_interaction_that_browsers_do_not_tell_of_was_at_most_16_ms():
    found = check({"case": "blocking", **ANSWERED, "inp-below": "16"})
    assert found.figures["inp"] == 16.0
    assert found.at_most == {"inp"}


def test_what_was_not_measured_is_missing_and_not_zero():
    assert "inp" not in check({"case": "blocking", **ANSWERED}).figures


@pytest.mark.parametrize(
    "wrong",
    [
        {"inp": "-1"},
        {"inp": "nan"},
        {"inp": "inf"},
        {"inp": "1e3"},
        {"inp": "1000000000"},
        {"inp": "٣"},
        {"inp": ""},
        {"inp": "soon"},
        {"inp": "1,5"},
        {"inp": " 5"},
        {"inp-below": "200"},
        {"click-to-response": "900000"},
        {"click-to-response": "1500", "click-to-report": "1500"},
        {"first-byte": "3004", "response-end": "2000"},
        {"request-start": "100", "first-byte": "50"},
        {"inp": "16", "input-delay": "10", "handler": "90"},
        {"held": "1"},
        {"ran": "3000"},
        {"speed": "9"},
        {"view-p95": "9"},
        {"ttfb": "9"},
        {"cls": "0.1"},
        {"case": "celery"},
        {"case": "bystanders"},
        {"case": "visit"},
        {"case": ""},
        {"case": "link"},
    ],
)
def test_absurd_figures_are_refused(wrong: Mapping[str, str]):
    with pytest.raises(Absurd):
        check({"case": "blocking", **ANSWERED, **wrong})


def test_a_page_that_was_opened_before_a_figure_was_renamed_still_tells_it():
    found = check({"case": "blocking", "click-to-answer": "3010.5", "click-to-report": "3010.5"})
    assert found.figures["click-to-response"] == 3010.5
    assert "click-to-answer" not in found.figures


def test_a_figure_that_is_given_twice_is_refused():
    form = {"case": ["blocking"], **{name: [value] for name, value in ANSWERED.items()}, "inp": ["16", "24"]}
    with pytest.raises(Absurd):
        read(form, receipt_of(), time.time())


def test_a_background_run_may_answer_at_once_but_not_report_before_its_work_is_done():
    assert check(IN_BACKGROUND, receipt_of(**CELERY)).figures["ran"] == 3001.0
    with pytest.raises(Absurd):
        check({**IN_BACKGROUND, "click-to-report": "2500"}, receipt_of(**CELERY))
    with pytest.raises(Absurd):
        check({**IN_BACKGROUND, "case": "blocking"}, receipt_of(**CELERY))


def test_a_page_is_held_against_the_servers_time_by_its_first_byte():
    assert check({"case": "link", "ttfb": "3012", "fcp": "3060", "inp": "8"}).figures["ttfb"] == 3012.0
    with pytest.raises(Absurd):
        check({"case": "form", "ttfb": "120", "fcp": "3060"})


@given(st.dictionaries(st.sampled_from([*NAMES, "case", "inp-below"]), st.lists(st.text(max_size=12))))
def test_whatever_is_posted_is_taken_or_refused_in_words(form: dict[str, list[str]]):
    with contextlib.suppress(Absurd):
        found = read(form, receipt_of(), time.time())
        assert all(0 <= value < 10_000 for value in found.figures.values())

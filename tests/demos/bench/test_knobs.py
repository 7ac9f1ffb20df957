"""What can be chosen about a run, and in which words anything else is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demos.bench.knobs import Knob, Refused, defaults, in_words, parse

SIZE = Knob("size", "Size", 2, choices=(1, 2, 4))
RATE = Knob("rate", "Rate", 8.0, bounds=(0.5, 40), unit="/s")
POOL = Knob("pool", "Pool", "threads", choices=("threads", "prefork"))
KNOBS = (SIZE, RATE, POOL)


@pytest.mark.parametrize(
    ("given", "chosen"),
    [
        ({}, {"size": 2, "rate": 8, "pool": "threads"}),
        ({"size": ["4"], "rate": ["0.5"], "pool": ["prefork"]}, {"size": 4, "rate": 0.5, "pool": "prefork"}),
        ({"size": ["1.0"], "rate": [" 40 "]}, {"size": 1, "rate": 40, "pool": "threads"}),
    ],
)
def test_what_is_allowed_is_taken_and_none_means_the_default(given, chosen):
    assert parse(KNOBS, given) == chosen
    assert isinstance(parse(KNOBS, given)["size"], int)


@pytest.mark.parametrize("hostile", ["", "3", "-1", "1e0", "nan", "0x1", "1_0", "٣", "two", "1 2", "9" * 400])
def test_anything_else_is_refused_in_words_that_say_what_is_allowed(hostile):
    with pytest.raises(Refused, match=r"^Size takes one of 1, 2, 4\.$") as refused:
        parse(KNOBS, {"size": [hostile]})
    assert set(refused.value.why) == {"size"}


def test_each_refused_knob_has_words_of_its_own():
    with pytest.raises(Refused) as refused:
        parse(KNOBS, {"size": ["3"], "rate": ["41"], "pool": ["solo"], "sise": ["1"]})
    assert refused.value.why == {
        "size": "Size takes one of 1, 2, 4.",
        "rate": "Rate takes a number from 0.5 to 40 /s.",
        "pool": "Pool takes one of threads, prefork.",
        "sise": "There is no “sise” to choose here; there is size, rate, pool.",
    }


def test_a_repeated_field_is_refused_even_when_both_agree():
    with pytest.raises(Refused, match=r"^Size takes one value, and 2 were given\.$"):
        parse(KNOBS, {"size": ["2", "2"]})


@pytest.mark.parametrize("written", ["1e1", "12,5", "12.3456"])
def test_a_number_that_is_written_otherwise_is_told_how(written):
    with pytest.raises(Refused, match=r"Write it like 12\.5, with at most three decimals\.$"):
        parse(KNOBS, {"rate": [written]})


@given(st.dictionaries(st.sampled_from(["size", "rate", "pool", "page"]), st.lists(st.text(), max_size=2)))
def test_no_text_leads_to_anything_but_a_choice_or_a_refusal(given):
    try:
        chosen = parse(KNOBS, given)
    except Refused:
        return
    assert chosen["size"] in (1, 2, 4)
    assert 0.5 <= chosen["rate"] <= 40
    assert chosen["pool"] in ("threads", "prefork")


def test_a_choice_is_written_for_people_with_its_unit():
    assert in_words(KNOBS, defaults(KNOBS)) == "Size: 2, Rate: 8 /s, Pool: threads"

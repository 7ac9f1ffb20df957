import pytest
from hypothesis import given
from hypothesis import strategies as st

from demos.seconds import LARGEST, NotAllowed, parse


@pytest.mark.parametrize(
    ("given", "seconds"), [([], 3), (["0"], 0), (["3"], 3), (["0.5"], 0.5), (["10"], 10), (["010.0"], 10)]
)
def test_a_plain_number_up_to_ten_is_taken_and_none_means_three(given, seconds):
    assert parse(given) == seconds


@pytest.mark.parametrize(
    "hostile",
    [
        "",
        " ",
        "abc",
        "-1",
        "-0",
        "+3",
        "11",
        "10.0001",
        "nan",
        "inf",
        "1e9",
        "1e-3",
        "0x3",
        "1_0",
        ".5",
        "3.",
        "3 ",
        "3\n",
        "٣",
        "３",
        "3,5",
        "9" * 400,
        "1/2",
        "3;4",
        "\x00",
    ],
)
def test_anything_else_is_refused_in_words_that_say_what_is_allowed(hostile):
    with pytest.raises(NotAllowed, match=r"one number from 0 to 10, like 3 or 0\.5"):
        parse([hostile])


def test_a_repeated_field_is_refused_even_when_both_agree():
    with pytest.raises(NotAllowed):
        parse(["3", "3"])


@given(st.lists(st.text(), min_size=1, max_size=3))
def test_no_text_gets_more_than_ten_seconds_or_an_unexpected_error(texts):
    try:
        assert 0 <= parse(texts) <= LARGEST
    except NotAllowed:
        pass

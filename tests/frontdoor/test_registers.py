import pytest
from django.core.exceptions import ImproperlyConfigured

from frontdoor.registers import Register


def test_things_are_found_by_their_names_in_the_order_of_coming():
    register: Register[int] = Register("number")
    register.add("two", 2)
    register.add("one", 1)
    assert register == {"two": 2, "one": 1}
    assert list(register) == ["two", "one"]


def test_a_second_thing_of_one_name_is_refused_and_both_are_named():
    register: Register[str] = Register("block")
    register.add("demo", "ours")
    with pytest.raises(
        ImproperlyConfigured, match="The block “demo” is registered twice: first was 'ours', then came 'theirs'"
    ):
        register.add("demo", "theirs")
    assert register == {"demo": "ours"}

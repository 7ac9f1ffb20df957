"""How often a password can be tried, and an account be made: by name and by address."""

import contextlib

import pytest

from frontdoor.rates import TooMany
from learners import attempts
from learners.models import Account
from tests.learners.conftest import Person

pytestmark = pytest.mark.django_db


def test_nobody_can_keep_the_owner_at_another_address_out(ada: Person):
    ada.signs_up()
    ada.post("account/sign-out/")
    for _ in range(11):
        with contextlib.suppress(TooMany):
            attempts.count_password("ada", "192.0.2.7")
    assert ada.signs_in().status_code == 303


def test_passwords_can_be_tried_ten_times_a_minute_for_a_name_whether_or_not_it_exists(ada: Person):
    for name in ("ada", "nobody"):
        if name == "ada":
            ada.signs_up()
            ada.post("account/sign-out/")
            attempts.passwords._counts.clear()
        for _ in range(10):
            assert ada.signs_in(name, "wrong").status_code == 422
        answer = ada.signs_in(name.upper(), "wrong")
        assert answer.status_code == 429
        assert int(answer["Retry-After"]) > 0
        assert "For one account, you can try a password 10 times a minute" in answer.content.decode()


def test_one_address_cannot_try_many_names(settings):
    for number in range(2 * settings.SEATS):
        attempts.passwords.count(f"name-{number}", "192.0.2.7")
    with pytest.raises(TooMany, match="behind one address"):
        attempts.passwords.count("another", "192.0.2.7")


def test_sign_ups_are_counted_by_address(ada: Person, settings):
    for _ in range(2 * settings.SEATS):
        attempts.sign_ups.count(None, "127.0.0.1")
    assert ada.signs_up().status_code == 429
    assert not Account.objects.exists()

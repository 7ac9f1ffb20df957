import pytest

from frontdoor.rates import Rates, TooMany


class Clock:
    now = 1000.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


def test_a_learner_is_stopped_without_the_others_behind_the_same_address(clock):
    rates = Rates("start {rate} runs", learner=2, address=100, clock=clock)
    rates.count("ada", "192.0.2.1")
    rates.count("ada", "192.0.2.1")
    with pytest.raises(TooMany, match="One learner can start 2 runs a minute"):
        rates.count("ada", "192.0.2.1")
    rates.count("grace", "192.0.2.1")


def test_what_is_counted_in_place_of_a_learner_is_named(clock):
    rates = Rates("try {rate} times", learner=1, address=100, who="For one name, you", clock=clock)
    rates.count("ada", "192.0.2.1")
    with pytest.raises(TooMany, match="For one name, you can try 1 times a minute"):
        rates.count("ada", "192.0.2.1")


def test_everybody_behind_an_address_shares_its_ceiling(clock):
    rates = Rates("start {rate} runs", learner=100, address=2, clock=clock)
    rates.count("ada", "192.0.2.1")
    rates.count(None, "192.0.2.1")
    with pytest.raises(TooMany, match="behind one address"):
        rates.count("grace", "192.0.2.1")
    rates.count("grace", "192.0.2.2")


def test_it_says_when_the_next_minute_begins_and_then_lets_everybody_in_again(clock):
    rates = Rates("start {rate} runs", learner=1, address=100, clock=clock)
    rates.count("ada", "192.0.2.1")
    with pytest.raises(TooMany) as refused:
        rates.count("ada", "192.0.2.1")
    assert 1 <= refused.value.retry_after <= 60
    clock.now += refused.value.retry_after
    rates.count("ada", "192.0.2.1")


def test_an_id_that_looks_like_an_address_is_counted_apart(clock):
    rates = Rates("start {rate} runs", learner=1, address=2, clock=clock)
    rates.count("192.0.2.1", "192.0.2.1")
    with pytest.raises(TooMany, match="One learner"):
        rates.count("192.0.2.1", "192.0.2.1")


def test_a_class_of_thirty_that_runs_both_lanes_five_times_a_minute_passes(settings, clock):
    rates = Rates(
        "start {rate} runs", learner=settings.LEARNER_RUNS_A_MINUTE, address=settings.ADDRESS_RUNS_A_MINUTE, clock=clock
    )
    for learner in range(30):
        for _ in range(10):
            rates.count(learner, "192.0.2.1")


def test_a_class_that_takes_every_seat_and_answers_a_question_a_second_passes(settings, clock):
    rates = Rates(
        "send {rate} answers",
        learner=settings.LEARNER_ANSWERS_A_MINUTE,
        address=settings.ADDRESS_ANSWERS_A_MINUTE,
        clock=clock,
    )
    clock.now = 1020.0  # a minute begins
    for learner in range(settings.SEATS):
        for _ in range(60):
            rates.count(learner, "192.0.2.1")

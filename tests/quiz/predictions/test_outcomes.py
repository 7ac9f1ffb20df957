"""What stands open of an outcome, and what is said of it."""

import pytest
from django.test import Client

from lessons.registry import RenderedBlock
from quiz.predictions import outcomes
from quiz.predictions.reading import Predictions
from stopwatch.measured import Board, Measured, with_own
from stopwatch.measurements import own_of
from tests.quiz.conftest import measured_by
from tests.quiz.journey import BROWSER
from tests.quiz.predictions.test_views import PATH, form, learner

pytestmark = pytest.mark.django_db


def test_before_the_run_nothing_of_the_outcome_stands_open(asked: Predictions):
    recorded = Board({"blocking": Measured("blocking", 3.0, {"inp": 16.0}, is_recorded=True)})
    block = RenderedBlock("outcomes", "one", "", "", {}, {}, "")
    found = outcomes.context(block, recorded, None, {"predictions.md": asked, "recorded.md": recorded})["outcomes"]
    assert [one.own for one in found] == [None, None]
    assert [one.recorded is not None for one in found] == [False, True]
    assert not any(one.feedback_html for one in found)


def test_one_lane_alone_says_what_to_run_to_compare(client: Client, asked: Predictions):
    client.post(PATH, form(client, **{"choice-inp": "1"}), headers=BROWSER)
    measured_by(learner(), "celery")
    text = client.get(PATH, headers=BROWSER).content.decode()
    assert "So far you ran “In the background”. Run “In the request” too, and this shows how it came out." in text
    assert "skipped" not in text


@pytest.mark.parametrize(("do", "words"), [("skip", "you skipped this"), ("", "you made no prediction")])
def test_only_a_skip_is_said_to_be_one(client: Client, asked: Predictions, do: str, words: str):
    client.post(PATH, form(client, **({"do": do} if do else {"choice-inp": "1"})), headers=BROWSER)
    measured_by(learner(), "blocking", "celery")
    text = " ".join(client.get(PATH, headers=BROWSER).content.decode().split())
    outcome = text[text.index('id="outcome-ready"') : text.index('id="outcome-inp"')]
    assert words in outcome
    told = client.get(PATH).json()["predictions"][0]
    assert (told["predicted"], told["open"]) == ("skipped" if do else None, False)


def test_an_own_run_that_measured_no_inp_says_so(client: Client, asked: Predictions):
    client.post(PATH, form(client, **{"choice-inp": "1"}), headers=BROWSER)
    measured_by(learner(), "blocking", figures={"click-to-response": 3010.0})
    board = with_own(Board(), own_of(learner(), "one"))
    block = RenderedBlock("outcomes", "one", "", "", {}, {}, "")
    (_, inp) = outcomes.context(block, board, learner(), {"predictions.md": asked})["outcomes"]
    assert inp.own is None
    assert "not measured in this browser" in inp.unmeasured

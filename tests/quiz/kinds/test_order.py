"""Putting steps into order: the form with a place for each of them, and what is said of a try."""

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape

import pytest
from django.utils.datastructures import MultiValueDict
from hypothesis import given
from hypothesis import strategies as st

from quiz.form_tokens import version_token
from quiz.kinds import Unclear, order, take
from quiz.models import Answer
from quiz.questions import Quiz
from quiz.reading import read
from quiz.recording import SubmittedAnswer, record
from review.models import Review
from tests.quiz.every_kind import RIGHT, WRONG, form_of, only, values
from tests.quiz.journey import BROWSER, HTMX, Journey
from tests.review.conftest import Learner, Write, clock, write  # noqa: F401 - the fixtures

pytestmark = pytest.mark.django_db

STEPS = "".join(f"- [{place}] step {place}\n  > Yes.\n" for place in range(1, 6))
FIVE = f"## Which order? {{#order}}\n\n> Hint: Look.\n\n{STEPS}\n> **Why:** So."
NO_TRY = "This cost no try."


@pytest.fixture(params=[BROWSER, HTMX], ids=["plain forms", "htmx"])
def journey(request: pytest.FixtureRequest, write_quiz: Callable[[str], Quiz]) -> Journey:
    """A learner in front of three steps."""
    write_quiz(only("order"))
    journey = Journey(dict(request.param))
    journey.look()
    return journey


def lying(text: str) -> list[str]:
    """The steps of the open question by their position in it, as they lie."""
    return re.findall(r'<select class="typed" name="place-(\d+)"', text)


def picks(text: str) -> list[str]:
    """The places that are picked, in the order in which the steps lie; empty for none."""
    selects = re.findall(r"<select .*?</select>", text, re.DOTALL)
    return ["".join(re.findall(r"<option selected>(\d+)</option>", select)) for select in selects]


def send_places(journey: Journey, places: dict[str, str]) -> str:
    """Send a place for each step, by its words."""
    at = {words: f"place-{number}" for number, words in steps(journey.text)}
    sent = dict.fromkeys(at.values(), "") | {at[words]: place for words, place in places.items()}
    return journey.send({**journey.fields(), **sent})


def steps(text: str) -> list[tuple[str, str]]:
    return re.findall(r'id="step-order-(\d+)">([^<]+)<', text)


def test_the_form_has_a_place_for_each_step_none_picked_and_no_button_that_sends_but_one(journey: Journey):
    form = journey.text[journey.text.index('<form class="answer"') :]
    form = form[: form.index("</form>")]
    assert lying(form) == ["1", "2", "3"]
    assert picks(form) == ["", "", ""]
    assert re.findall(r"<option[^>]*>([^<]+)</option>", form) == ["–", "1", "2", "3"] * 3
    assert re.findall(r'<button type="submit"[^>]*>([^<]+)<', form) == ["Answer"]
    assert 'name="step"' not in form
    assert 'name="move"' not in form


def test_places_are_sent_once_and_are_the_order(journey: Journey):
    text = send_places(journey, {"step one": "1", "step two": "2", "step three": "3"})
    assert "Right." in text
    assert Answer.objects.get().grade == 1


@pytest.mark.parametrize(
    ("places", "said", "marks"),
    [
        (
            {"step one": "2", "step two": "2", "step three": "1"},
            ["Each step needs a place of its own.", "Place 2 is that of “step one” and “step two”.", NO_TRY],
            {"step one": "shares its place", "step two": "shares its place"},
        ),
        (
            {"step one": "1", "step two": "2"},
            ["Each step needs a place of its own.", "“step three” has none yet.", NO_TRY],
            {"step three": "no place yet"},
        ),
        ({"step two": "3"}, ["“step three” and “step one” have none yet."], {}),
        (
            {"step one": "3", "step two": "3"},
            ["Place 3 is that of “step one” and “step two”.", "“step three” has none yet."],
            {"step one": "shares its place", "step three": "no place yet"},
        ),
        ({}, ["Pick a place for each step first, from 1 to 3."], {"step one": "no place yet"}),
        ({"step one": "1", "step two": "2", "step three": "4"}, ["“step three” has none yet."], {}),
        ({"step one": "x", "step two": "0", "step three": "-1"}, ["Pick a place for each step first"], {}),
    ],
)
def test_two_steps_in_one_place_or_one_in_none_are_named_and_nothing_is_lost(
    journey: Journey, places: dict[str, str], said: list[str], marks: dict[str, str]
):
    before = lying(journey.text)
    text = unescape(send_places(journey, places))
    assert journey.last.status_code == 422
    for words in said:
        assert words in text
    assert lying(text) == before  # nothing jumps
    kept = dict(zip([words for _, words in steps(text)], picks(text), strict=True))
    assert kept == {words: place if (place := places.get(words, "")) in {"1", "2", "3"} else "" for words in kept}
    for words, mark in marks.items():
        assert re.search(rf'>{words}</span> <span class="mark">{mark}</span>', text)
    assert not Answer.objects.exists()
    assert "Right." in send_places(journey, {"step one": "1", "step two": "2", "step three": "3"})
    assert Answer.objects.get().attempt == 1


def test_of_many_steps_without_a_place_a_few_are_named(write_quiz: Callable[[str], Quiz]):
    quiz = write_quiz(FIVE.replace("step 1", "a step " * 20 + "1"))
    (question,) = quiz.questions
    first = next(number for number, option in enumerate(question.options, 1) if option.place == 5)
    with pytest.raises(Unclear) as refused:
        take(question, MultiValueDict({f"place-{first}": ["1"]}))
    said = str(refused.value)
    assert said.count("“") == 3
    assert " and 1 more have none yet." in said
    assert max(map(len, re.findall("“(.*?)”", said))) <= 50


def test_what_two_fields_of_one_step_say_is_no_place(journey: Journey):
    text = unescape(journey.send({**journey.fields(), "place-1": ["1", "2"], "place-2": "2", "place-3": "3"}))
    assert "has none yet." in text
    assert journey.last.status_code == 422


AS_SHOWN = {"place-1": "1", "place-2": "2", "place-3": "3"}


def test_steps_that_were_not_moved_are_no_answer(journey: Journey):
    before = lying(journey.text)
    text = journey.send({**journey.fields(), **AS_SHOWN})
    assert journey.last.status_code == 422
    assert "Move the steps first: this is the order in which they were shown." in text
    assert NO_TRY in text
    assert (lying(text), picks(text)) == (before, ["1", "2", "3"])
    assert not Answer.objects.exists()
    assert "Right." in send_places(journey, {"step one": "1", "step two": "2", "step three": "3"})
    assert Answer.objects.get().attempt == 1


def test_steps_that_were_put_back_as_they_were_shown_are_no_second_try(journey: Journey):
    send_places(journey, {"step one": "2", "step two": "1", "step three": "3"})
    text = journey.send({**journey.fields(), **AS_SHOWN})
    assert journey.last.status_code == 422
    assert "this is the order in which they were shown" in text
    assert Answer.objects.count() == 1


def test_in_a_review_steps_that_were_not_moved_are_no_answer(write: Write, clock):  # noqa: F811
    quiz: Quiz = write(only("order"), cards=None).files["quiz.md"]
    learner = Learner()
    (question,) = quiz.questions
    for attempt in (1, 2):
        sent = SubmittedAnswer("order", version_token(question), 1, attempt, form_of(question, WRONG))
        record(quiz, learner.key, sent)
    clock.shift(timedelta(days=1))
    learner.look()
    assert "Move the steps first" in learner.send(**AS_SHOWN)
    assert learner.last.status_code == 422
    assert not Review.objects.exists()
    field, placed = values(question, RIGHT)
    assert "Right." in learner.send(**{field: placed})


def test_a_second_try_begins_where_the_first_one_ended(journey: Journey):
    text = send_places(journey, {"step one": "2", "step two": "1", "step three": "3"})
    assert [words for _, words in steps(text)] == ["step two", "step one", "step three"]
    assert picks(text) == ["1", "2", "3"]
    text = send_places(journey, {"step one": "1", "step two": "1", "step three": "3"})
    assert [words for _, words in steps(text)] == ["step two", "step one", "step three"]
    assert picks(text) == ["1", "1", "3"]


def test_a_program_still_sends_the_steps_in_their_order(write_quiz: Callable[[str], Quiz]):
    quiz = write_quiz(only("order"))
    journey = Journey({})
    journey.look()
    current = journey.last.json()["current"]
    form = {name: current[name] for name in ("question", "version", "go", "attempt")}
    form["visitor"] = journey.last.json()["visitor"]
    refused = journey.client.post("/quiz/one/answer/", {**form, "place-1": "1"})
    assert (refused.status_code, refused["Content-Type"]) == (422, "application/problem+json")
    assert "have none yet" in refused.json()["detail"]
    unmoved = journey.client.post("/quiz/one/answer/", {**form, "step": ["1", "2", "3"]})
    assert unmoved.status_code == 422
    assert "Move the steps first" in unmoved.json()["detail"]
    assert not Answer.objects.exists()
    field, placed = values(quiz.questions[0], RIGHT)
    assert field == current["send"] == "step"
    settled = journey.client.post("/quiz/one/answer/", {**form, field: placed}).json()["settled"]
    assert settled[0]["right"] is True
    assert list(map(str, settled[0]["key"])) == placed


def test_up_on_a_page_that_was_opened_when_it_sent_a_form_is_no_answer(journey: Journey):
    text = journey.give("step", ["2", "1", "3"], move="2 down")
    assert journey.last.status_code == 422
    assert "The steps are moved in another way now." in text
    assert lying(text) == ["2", "1", "3"]
    assert not Answer.objects.exists()


@pytest.mark.parametrize(
    ("placed", "said"),
    [
        ("2 1 3 4 5", "3 of 5 steps stand in their right place. Some follow the right one already."),
        ("1 2 4 5 3", "2 of 5 steps stand in their right place. Some follow the right one already."),
        ("1 4 3 2 5", "3 of 5 steps stand in their right place."),
        ("1 3 5 2 4", "1 of 5 steps stands in its right place."),
        ("2 3 4 5 1", "None of the 5 steps stands in its right place. Some follow the right one already."),
        ("2 4 1 5 3", "None of the 5 steps stands in its right place."),
    ],
)
def test_not_yet_says_how_many_steps_stand_right(write_quiz: Callable[[str], Quiz], placed: str, said: str):
    write_quiz(FIVE)
    journey = Journey()
    journey.look()
    text = send_places(journey, {f"step {step}": str(place) for place, step in enumerate(placed.split(), 1)})
    assert f"<p><strong>Not yet.</strong> {said}</p>" in text


def test_nothing_is_counted_of_steps_that_are_others_now(write_quiz: Callable[[str], Quiz]):
    quiz = write_quiz(only("order"))
    journey = Journey()
    journey.look()
    journey.give(*values(quiz.questions[0], WRONG))
    write_quiz(only("order").replace("step three", "another step"))
    text = journey.look()
    assert "<p><strong>Not yet.</strong></p>" in text
    assert picks(text) == ["", "", ""]


@given(st.data(), st.integers(3, 26))
def test_places_are_taken_exactly_when_each_step_has_its_own_and_then_as_the_same_steps_in_their_order(
    data: st.DataObject, count: int
):
    source = "## Q? {#q}\n\n" + "".join(f"- [{place}] step {place}\n" for place in range(1, count + 1))
    quiz, problems = read(f"{source}\n> **Why:** So.", "one")
    if any("right order" in problem.message for problem in problems):
        return
    (question,) = quiz.questions
    numbers = range(1, count + 1)
    places = data.draw(st.permutations(numbers) | st.lists(st.integers(0, count + 1), min_size=count, max_size=count))
    form = MultiValueDict({f"place-{number}": [str(place)] for number, place in zip(numbers, places, strict=True)})
    if sorted(places) != list(numbers):
        with pytest.raises(Unclear):
            take(question, form)
        return
    in_order = sorted(numbers, key=lambda number: places[number - 1])
    if in_order == list(numbers):
        with pytest.raises(Unclear, match="Move the steps first"):
            take(question, form)
        return
    taken = take(question, form)
    assert taken == take(question, MultiValueDict({"step": list(map(str, in_order))}))
    right = sum(option.place == place for option, place in zip(question.options, places, strict=True))
    assert len(order.matched(question, taken)) == right

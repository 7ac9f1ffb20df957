"""A learner's way through the quiz, with plain forms and with htmx: what they see, what is kept, what stays secret."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from learners.identity import COOKIE
from learners.models import Learner
from lessons.catalog import Course
from quiz.models import Answer
from quiz.questions import Quiz
from tests.quiz.conftest import SOURCE, positions
from tests.quiz.journey import BROWSER, HTMX, Journey

pytestmark = pytest.mark.django_db

SECRETS = set(re.findall(r"(?:hint|why|feedback)-[a-z]+(?:-\d)?", SOURCE))


def secrets_in(text: str) -> set[str]:
    return {secret for secret in SECRETS if secret in text}


@pytest.fixture(params=[BROWSER, HTMX], ids=["plain forms", "htmx"])
def journey(request: pytest.FixtureRequest, quiz: Quiz) -> Journey:
    """A learner who has opened the quiz."""
    found = Journey(dict(request.param))
    found.look()
    return found


def test_a_right_answer_shows_its_feedback_and_the_why_and_opens_the_next(journey: Journey, quiz: Quiz):
    text = journey.choose(*positions(quiz, "single", right=True))
    assert "Right." in text
    assert {"feedback-single-2", "why-single"} <= secrets_in(text)
    assert "hint-single" not in text
    assert journey.open_question == "several"
    assert "Choose all that apply." in text


def test_a_wrong_answer_shows_its_feedback_and_the_hint_and_then_the_key_and_the_why(journey: Journey, quiz: Quiz):
    first, second = positions(quiz, "single", right=False)
    text = journey.choose(first)
    number = {"wrong one": 1, "wrong two": 3}[quiz.questions[0].options[first - 1].text]
    assert "Not yet." in text
    assert "your first answer" in text
    assert secrets_in(text) == {f"feedback-single-{number}", "hint-single"}
    assert journey.open_question == "single"
    text = journey.choose(second)
    assert "Wrong." in text
    assert secrets_in(text) == {"feedback-single-1", "feedback-single-2", "feedback-single-3", "why-single"}
    assert journey.open_question == "several"


def test_a_second_try_may_be_right(journey: Journey, quiz: Quiz):
    journey.choose(positions(quiz, "single", right=False)[0])
    text = journey.choose(*positions(quiz, "single", right=True))
    assert "Right, on the second try." in text
    assert journey.open_question == "several"


def test_some_of_several_are_not_right_and_nothing_more_is_given_away(journey: Journey, quiz: Quiz):
    journey.choose(*positions(quiz, "single", right=True))
    text = journey.choose(positions(quiz, "several", right=True)[0])
    assert "Nothing that you chose is wrong, but something is missing." in text
    assert {secret for secret in secrets_in(text) if "several" in secret} == {"hint-several"}


def test_of_several_the_wrong_choice_is_explained_and_the_right_one_not_yet(journey: Journey, quiz: Quiz):
    journey.choose(*positions(quiz, "single", right=True))
    text = journey.choose(positions(quiz, "several", right=True)[0], positions(quiz, "several", right=False)[0])
    told = {secret for secret in secrets_in(text) if "several" in secret}
    assert len(told) == 2
    assert told < {"hint-several", "feedback-several-3", "feedback-several-4"}


def test_the_score_is_that_of_first_attempts_and_the_missed_ones_can_be_tried_until_none_is_left(
    journey: Journey, quiz: Quiz
):
    journey.choose(positions(quiz, "single", right=False)[0])
    journey.choose(*positions(quiz, "single", right=True))
    journey.choose(*positions(quiz, "several", right=True))
    text = journey.choose(*positions(quiz, "last", right=True))
    assert "2 of 3" in text
    assert "Try the missed one again" in text

    journey.again(1)
    assert (journey.open_question, journey.fields()["go"]) == ("single", "2")
    assert not secrets_in(journey.text)
    journey.choose(positions(quiz, "single", right=False)[0])
    text = journey.choose(*positions(quiz, "single", right=True))
    assert "2 of 3" in text
    assert "In go 2: 0 of 1 on the first try." in text
    journey.again(2)
    text = journey.choose(*positions(quiz, "single", right=True))
    assert "In go 3: 1 of 1 on the first try." in text
    assert "again</button>" not in text


def test_what_is_not_earned_is_in_no_response(journey: Journey, quiz: Quiz):
    """Whatever the learner was sent, the key of a question came only after it was settled, and so did all else."""
    steps = [
        ("single", positions(quiz, "single", right=False)[:1], {"hint-single"}),
        ("single", positions(quiz, "single", right=False)[1:], {"why-single"}),
        ("several", positions(quiz, "several", right=False), {"hint-several"}),
        ("several", positions(quiz, "several", right=True), {"why-several"}),
        ("last", positions(quiz, "last", right=True), {"why-last"}),
    ]
    earned: set[str] = set()
    for question, chosen, earns in steps:
        for as_json in (False, True):
            seen = journey.client.get("/quiz/one/") if as_json else journey.client.get("/quiz/one/", headers=HTMX)
            text = seen.content.decode() + str(seen.headers) + str(seen.cookies)
            assert not {secret for secret in secrets_in(text) if question in secret} - earned
            later = SOURCE[SOURCE.index(f"{{#{question}}}") :].split("\n## ")[1:]
            for source in later:
                assert source.split(" {#")[0] not in text
            opened = text[text.index(f'id="question-{question}"') :] if not as_json else ""
            assert 'class="option right"' not in opened
            assert quiz.find(question).version not in text  # type: ignore[union-attr]
            for option in quiz.find(question).options:  # type: ignore[union-attr]
                assert option.key not in text
        journey.choose(*chosen)
        earned |= earns | {f"feedback-{question}-{number}" for number in range(1, 5)}
    everything = "".join(response.content.decode() for response in journey.responses)
    assert secrets_in(everything) == SECRETS - {"hint-last"}


def test_a_reload_a_second_tab_and_back_show_the_same_state(journey: Journey, quiz: Quiz):
    journey.choose(positions(quiz, "single", right=False)[0])

    def plain(text: str) -> list[str]:
        """Without what the first answer's form carries in case that its cookie never comes."""
        return re.sub(r'<input type="hidden" name="carried" value="[^"]*">', "", text.replace(" autofocus", "")).split()

    looks = [journey.client.get("/quiz/one/", headers=journey.headers).content.decode() for _ in range(3)]
    assert [plain(look) for look in looks] == [plain(journey.text)] * 3


def test_a_double_click_of_somebody_without_a_cookie_is_one_learner_and_one_record(journey: Journey, quiz: Quiz):
    form = {**journey.fields(), "option": "1"}
    one, two = Client(), Client()  # the browser gave up the first post before it saw the cookie
    one.post("/quiz/one/answer/", form, headers=journey.headers)
    answer = two.post("/quiz/one/answer/", form, headers=journey.headers)
    assert answer.status_code == 409
    assert (Learner.objects.count(), Answer.objects.count()) == (1, 1)
    assert one.cookies[COOKIE].value == two.cookies[COOKIE].value


def test_a_form_that_was_left_open_does_not_answer_for_whoever_used_it_before(journey: Journey, quiz: Quiz):
    form = {**journey.fields(), "option": "1"}
    Client().post("/quiz/one/answer/", form)
    Learner.objects.update(since=timezone.now() - timedelta(minutes=2))
    assert Client().post("/quiz/one/answer/", form).status_code == 200
    assert Learner.objects.count() == 2


@pytest.mark.parametrize("sent", ["forged", "", "a:b"])
def test_a_forged_visitor_is_somebody_new(journey: Journey, sent: str):
    journey.choose(1, visitor=sent)
    assert Learner.objects.count() == 1


def test_a_page_from_before_an_update_still_says_who_its_visitor_is(journey: Journey):
    form = {**journey.fields(), "option": "1"}
    form["newcomer"] = form.pop("visitor")
    for client in (Client(), Client()):
        client.post("/quiz/one/answer/", form, headers=journey.headers)
    assert Learner.objects.count() == 1


def test_nothing_is_kept_and_no_cookie_is_set_before_the_first_answer(journey: Journey):
    journey.choose()
    journey.choose(99)
    assert COOKIE not in journey.client.cookies
    assert not Learner.objects.exists()
    assert "Start fresh" not in journey.text
    journey.choose(1)
    assert COOKIE in journey.client.cookies
    assert Learner.objects.count() == 1
    assert "Start fresh" in journey.text


def test_what_is_drawn_stays_the_same_over_a_reload_before_anything_is_answered(
    journey: Journey, write_quiz: Callable[[str], Quiz]
):
    write_quiz(SOURCE.replace("title:", "draw: 1\ntitle:"))
    journey.client.cookies.clear()
    journey.look()
    first = journey.open_question
    for _ in range(12):
        journey.look()
        assert journey.open_question == first
    assert not Learner.objects.exists()
    journey.choose(1)
    assert journey.last.status_code == 200
    assert Answer.objects.get().question == first


def test_starting_fresh_begins_anew_and_keeps_what_was_answered(journey: Journey):
    journey.choose(1)
    target = re.search(r'name="next" value="([^"]+)"', journey.text)
    assert target
    answer = journey.client.post("/learners/fresh/", {"next": target[1]})
    assert answer["Location"] == ("/lessons/one/#quiz" if journey.headers == HTMX else "/quiz/one/#quiz")
    journey.look()
    assert (journey.open_question, journey.fields()["attempt"]) == ("single", "1")
    assert Answer.objects.count() == 1


@pytest.mark.parametrize(
    ("chosen", "words"),
    [
        ([], "Choose an answer first."),
        ([4], "That option does not exist."),
        ([0], "That option does not exist."),
        (["x"], "That option does not exist."),
        ([-1], "That option does not exist."),
        (["9" * 5000], "That option does not exist."),
        ([1, 2], "Choose one answer"),
    ],
)
def test_what_is_no_answer_gets_a_message_in_place(journey: Journey, chosen: list[object], words: str):
    text = journey.choose(*chosen)
    assert journey.last.status_code == 422
    assert words in text[text.index('id="question-single"') :]
    assert text.count("autofocus") == 1
    assert not Answer.objects.exists()
    assert ("<html" in text) is (journey.headers == BROWSER)


def test_what_was_ticked_stays_ticked(journey: Journey):
    text = journey.choose(1, 2)
    assert re.findall(r'value="(\d)" autocomplete="off" checked', text) == ["1", "2"]


def test_an_answer_twice_gets_a_message_and_the_state_as_it_is(journey: Journey, quiz: Quiz):
    form = {**journey.fields(), "option": str(positions(quiz, "single", right=True)[0])}
    journey.send(form)
    text = journey.send(form)
    assert journey.last.status_code == 409
    assert "You had already answered this; your first answer counts." in text
    assert journey.open_question == "several"
    assert Answer.objects.count() == 1


def test_an_answer_to_a_later_question_is_not_taken(journey: Journey):
    journey.choose(1, question="last")
    assert journey.last.status_code == 422
    assert "not counted" in journey.text
    assert not Answer.objects.exists()


def test_a_changed_question_is_shown_as_it_is_now(journey: Journey, write_quiz: Callable[[str], Quiz]):
    write_quiz(SOURCE.replace("wrong one", "another wrong one"))
    text = journey.choose(1)
    assert journey.last.status_code == 409
    assert "has changed since you opened it" in text
    assert "another wrong one" in text
    assert " checked" not in text
    assert not Answer.objects.exists()


def test_a_question_that_changed_after_its_answer_keeps_the_verdict(
    journey: Journey, quiz: Quiz, write_quiz: Callable[[str], Quiz]
):
    journey.choose(*positions(quiz, "single", right=True))
    write_quiz(SOURCE.replace("right one", "still right"))
    assert "This question has changed since you answered it." in journey.look()
    assert journey.open_question == "several"


def test_a_question_that_was_removed_before_its_answer_is_said_to_be_and_the_next_one_is_asked(
    journey: Journey, write_quiz: Callable[[str], Quiz]
):
    first = SOURCE.partition("## Several")[0]
    write_quiz(SOURCE.replace(first, ""))
    text = journey.choose(1)
    assert journey.last.status_code == 409
    assert "is no longer part of this quiz, so your answer was not counted" in text
    assert journey.open_question == "several"
    assert not Answer.objects.exists()


def test_a_question_that_was_removed_after_its_answer_leaves_the_score_and_comes_back_with_its_answer(
    journey: Journey, quiz: Quiz, write_quiz: Callable[[str], Quiz]
):
    journey.choose(*positions(quiz, "single", right=True))
    write_quiz(SOURCE.replace(SOURCE.partition("## Several")[0], ""))
    assert "Question 1 of 2" in journey.look()
    write_quiz(SOURCE)
    assert "Right." in journey.look()
    assert journey.open_question == "several"


def test_a_lesson_that_was_removed_before_an_answer_says_that_what_was_answered_is_kept(
    journey: Journey, quiz: Quiz, monkeypatch: pytest.MonkeyPatch
):
    journey.choose(*positions(quiz, "single", right=True))
    form = {**journey.fields(), "option": ["1"]}
    monkeypatch.setattr("quiz.views.course", lambda: Course("", {}))
    text = journey.send(form)
    assert journey.last.status_code == 404
    assert "There is no such quiz, or no longer. What you answered is kept." in text
    assert Answer.objects.count() == 1


def test_again_with_nothing_missed_is_refused_in_place(journey: Journey):
    for go in (0, 1, 2):
        text = journey.again(go)
        assert journey.last.status_code == 422
        assert "nothing to try again" in text
    assert COOKIE not in journey.client.cookies


def test_after_an_answer_the_focus_goes_to_the_feedback(quiz: Quiz):
    journey = Journey(dict(HTMX))
    assert "autofocus" not in journey.look()
    text = journey.choose(positions(quiz, "single", right=False)[0])
    assert re.findall(r'class="([^"]*)" tabindex="-1" autofocus', text) == ["feedback wrong"]
    text = journey.choose(*positions(quiz, "single", right=True))
    assert re.findall(r'class="([^"]*)" tabindex="-1" autofocus', text) == ["feedback right"]
    assert text.count("autofocus") == 1


def test_a_plain_form_is_sent_on_to_the_question_that_it_answered(quiz: Quiz):
    journey = Journey()
    journey.look()
    journey.choose(1)
    assert journey.responses[-2].status_code == 303
    assert journey.responses[-2]["Location"] == "/quiz/one/#question-single"

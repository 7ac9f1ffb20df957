"""A learner's way through the quiz, with plain forms and with htmx: what they see, and what stays secret."""

import re
from collections.abc import Callable

import pytest

from quiz.models import Answer
from quiz.questions import Quiz
from tests.quiz.conftest import SOURCE, positions
from tests.quiz.journey import HTMX, Journey

pytestmark = pytest.mark.django_db

SECRETS = set(re.findall(r"(?:hint|why|feedback)-[a-z]+(?:-\d)?", SOURCE))


def secrets_in(text: str) -> set[str]:
    return {secret for secret in SECRETS if secret in text}


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


def without_carried(text: str) -> str:
    """Without what the first answer's form carries in case that its cookie never comes."""
    return re.sub(r'<input type="hidden" name="carried" value="[^"]*">', "", text)


def test_a_reload_a_second_tab_and_back_show_the_same_state(journey: Journey, quiz: Quiz):
    journey.choose(positions(quiz, "single", right=False)[0])

    def plain(text: str) -> list[str]:
        return without_carried(text.replace(" autofocus", "")).split()

    looks = [journey.client.get("/quiz/one/", headers=journey.headers).content.decode() for _ in range(3)]
    assert [plain(look) for look in looks] == [plain(journey.text)] * 3


def test_after_an_answer_the_focus_goes_to_the_feedback(quiz: Quiz):
    journey = Journey(dict(HTMX))
    assert "autofocus" not in journey.look()
    text = journey.choose(positions(quiz, "single", right=False)[0])
    assert re.findall(r'class="([^"]*)" id="said-single" tabindex="-1" autofocus', text) == ["feedback wrong"]
    text = journey.choose(*positions(quiz, "single", right=True))
    assert re.findall(r'class="([^"]*)" id="said-single" tabindex="-1" autofocus', text) == ["feedback right"]
    assert text.count("autofocus") == 1


def test_a_plain_form_is_sent_on_to_what_is_said_of_its_answer(quiz: Quiz):
    journey = Journey()
    journey.look()
    journey.choose(1)
    assert journey.responses[-2].status_code == 303
    assert journey.responses[-2]["Location"] == "/quiz/one/#said-single"
    assert 'id="said-single"' in journey.text


def test_what_an_answer_changes_makes_the_page_as_a_reload_shows_it(quiz: Quiz):
    journey = Journey(dict(HTMX))
    journey.look()
    journey.choose(*positions(quiz, "single", right=True))
    assert "HX-Retarget" not in journey.last  # there is more to say to who has become known
    answers = [("several", False), ("several", True), ("last", False), ("last", True)]
    for question, is_right in answers:
        journey.choose(*positions(quiz, question, right=is_right)[:2])
        assert journey.last["HX-Retarget"] == "closest .question"
        assert 'id="question-single"' not in journey.last.content.decode()
        reloaded = journey.client.get("/quiz/one/", headers=journey.headers).content.decode()
        assert journey.text.replace(" autofocus", "").split() == without_carried(reloaded).split()
    assert "Your score" in journey.text


@pytest.mark.parametrize("change", ["the quiz", "another tab", "nothing is said"])
def test_a_page_that_does_not_show_what_was_before_is_drawn_whole(
    write_quiz: Callable[[str], Quiz], quiz: Quiz, change: str
):
    journey = Journey(dict(HTMX))
    journey.look()
    journey.choose(*positions(quiz, "single", right=True))
    form = {**journey.fields(), "option": list(map(str, positions(quiz, "several", right=True)))}
    if change == "the quiz":
        write_quiz(SOURCE.replace("why-single", "why-single, in other words"))
    elif change == "another tab":
        Answer.objects.update(version="0" * 12)  # what merging does, and no answer can
    else:
        del form["shown"]
    text = journey.send(form)
    assert "HX-Retarget" not in journey.last
    assert 'id="question-single"' in text
    assert journey.open_question == "last"

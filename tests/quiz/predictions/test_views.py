"""A learner's way through the predictions: as a form, with htmx and as a program."""

import re
from collections.abc import Callable
from html import unescape
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from learners.identity import COOKIE
from learners.models import Learner
from quiz import views
from quiz.form_tokens import version_token
from quiz.models import Prediction
from quiz.predictions.reading import Predictions
from tests.quiz.conftest import PREDICTED, measured_by
from tests.quiz.journey import BROWSER, HTMX
from tests.still_rates import stand_still

pytestmark = pytest.mark.django_db

PATH = "/quiz/one/predictions/"
REASON = "/quiz/one/predictions/reason/"
FEEDBACK = set(re.findall(r"(?:feedback|why)-[a-z-]+", PREDICTED))


def fields(text: str) -> dict[str, str]:
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', text)
    return {name: unescape(value) for name, value in found}


def form(client: Client, **changed: object) -> dict[str, object]:
    return {**fields(client.get(PATH, headers=HTMX).content.decode()), **changed}


def told(text: str) -> set[str]:
    return {word for word in FEEDBACK if re.search(rf"{word}(?![a-z-])", text)}


def learner() -> UUID:
    return Learner.objects.get().key


def test_a_stranger_sees_the_questions_without_a_question_to_the_database(
    client: Client, asked: Predictions, django_assert_num_queries
):
    for headers in (BROWSER, HTMX, {}):
        with django_assert_num_queries(0):
            answer = client.get(PATH, headers=headers)
        assert answer.status_code == 200
        assert not answer.cookies
        assert answer["Cache-Control"] == "no-store"
        assert answer["Vary"].startswith("HX-Request, Accept")
        assert "When is it ready?" in answer.content.decode()
        assert not told(answer.content.decode())


def test_a_form_is_kept_and_leads_back_to_what_was_kept(client: Client, asked: Predictions):
    answer = client.post(PATH, form(client, **{"choice-ready": "1", "do": "keep"}), headers=BROWSER)
    assert answer.status_code == 303
    assert COOKIE in answer.cookies
    answer = client.get(answer["Location"], headers=BROWSER)
    assert (answer.status_code, answer["Location"]) == (303, PATH)
    text = client.get(PATH, headers=BROWSER).content.decode()
    assert "Kept: <bdi>earlier than that</bdi>." in text
    assert re.search(r'id="choice-ready-1"[^>]* checked', text)
    assert Prediction.objects.count() == 1


def test_a_tick_is_answered_with_its_own_line(client: Client, asked: Predictions):
    answer = client.post(PATH, form(client, **{"choice-ready": "2", "at": "ready"}), headers=HTMX)
    assert answer.status_code == 200
    assert re.sub(r"\s+", " ", answer.content.decode()).strip() == "<p>Kept: <bdi>at that time</bdi>.</p>"


def test_the_button_says_what_is_kept_and_since_when_and_takes_the_focus(client: Client, asked: Predictions):
    sent = form(client, **{"choice-ready": "2", "choice-inp": "3"})
    for do, words in (("keep", "“at that time”, “bad”"), ("skip", "“at that time”, “bad”")):
        text = client.post(PATH, {**sent, "do": do}, headers=HTMX).content.decode()
        assert re.search(rf">Kept at \d\d:\d\d:\d\d UTC: {words}\. You may change it until you run it\.<", text)
        assert re.findall(r"<(\w+)[^>]*autofocus", text) == ["p"]
    assert "predictions-kept" not in client.get(PATH, headers=HTMX).content.decode()


def test_the_button_says_how_many_are_skipped_in_the_readers_own_time(client: Client, asked: Predictions):
    sent = form(client, **{"choice-ready": "2"})
    client.post(PATH, sent, headers=HTMX)
    Learner.objects.update(time_zone="Asia/Kolkata")
    text = client.post(PATH, {**form(client), "do": "skip"}, headers=HTMX).content.decode()
    changed = Prediction.objects.get(question="inp").changed.astimezone(ZoneInfo("Asia/Kolkata"))
    assert f">Kept at {changed:%H:%M:%S}: “at that time”, 1 skipped." in text


NOT_KEPT = "Nothing was kept: your browser sends no cookie back."


def test_where_a_script_says_that_no_cookie_is_kept_nothing_is(client: Client, asked: Predictions):
    sent = {**form(client), "cookies": "none"}
    answer = client.post(PATH, {**sent, "choice-ready": "2", "at": "ready"}, headers=HTMX)
    words = "You chose: <bdi>at that time</bdi>. It is not kept: your browser sends no cookie back."
    assert words in " ".join(answer.content.decode().split())
    text = client.post(PATH, {**sent, "choice-ready": "2", "do": "keep"}, headers=HTMX).content.decode()
    assert NOT_KEPT in text
    assert re.search(r'id="choice-ready-2"[^>]* checked', text)
    assert "Kept" not in text
    reason = asked.asked[0].reason
    right = next(place for place, option in enumerate(reason.options, 1) if option.is_right)
    tapped = {"question": "ready", "version-ready": version_token(reason), "choice-ready": right, "cookies": "none"}
    answer = client.post(REASON, tapped, headers=HTMX)
    assert told(answer.content.decode()) == {"feedback-reason-right", "why-ready"}
    assert client.post(REASON, {**tapped, "version-ready": "x"}, headers=HTMX).status_code == 409
    assert not answer.cookies
    assert not Learner.objects.exists()


def test_without_a_script_the_page_says_that_nothing_was_kept_and_keeps_the_ticks(client: Client, asked: Predictions):
    answer = client.post(PATH, form(client, **{"choice-ready": "1", "choice-inp": "3"}), headers=BROWSER)
    client.cookies.clear()
    answer = client.get(answer["Location"], headers=BROWSER)
    text = answer.content.decode()
    assert answer.status_code == 200
    assert NOT_KEPT in text
    assert len(re.findall(r'id="choice-(?:ready-1|inp-3)"[^>]* checked', text)) == 2
    assert "Kept:" not in text
    assert not answer.cookies


@pytest.mark.parametrize("query", ["?sent=1", "?sent=1&choice-ready=9", "?sent=1&choice-ready=%00&choice-none=1"])
def test_an_address_that_says_strange_things_ticks_nothing(client: Client, asked: Predictions, query: str):
    text = client.get(PATH + query, headers=BROWSER).content.decode()
    assert NOT_KEPT in text
    assert " checked" not in text


def test_two_ticks_of_a_visitor_are_one_learner(client: Client, asked: Predictions):
    sent = form(client, **{"choice-ready": "1", "at": "ready"})
    one, two = Client(), Client()  # the second left before the first answer brought the cookie
    one.post(PATH, sent, headers=HTMX)
    two.post(PATH, {**sent, "choice-inp": "3", "at": "inp"}, headers=HTMX)
    assert (Learner.objects.count(), Prediction.objects.count()) == (1, 2)


def test_skipping_is_recorded_and_is_not_for_ever(client: Client, asked: Predictions):
    client.post(PATH, form(client, do="skip"), headers=BROWSER)
    assert set(Prediction.objects.values_list("chosen", flat=True)) == {""}
    assert "Skipped. You may still choose." in client.get(PATH, headers=HTMX).content.decode()
    client.post(PATH, form(client, **{"choice-ready": "1"}), headers=BROWSER)
    assert Prediction.objects.get(question="ready").chosen == "sooner"


def test_after_the_run_a_prediction_is_refused_in_words_and_nothing_is_lost(client: Client, asked: Predictions):
    sent = form(client, **{"choice-ready": "1", "at": "ready"})
    client.post(PATH, sent, headers=HTMX)
    measured_by(learner(), "blocking", "celery")
    answer = client.post(PATH, {**sent, "choice-ready": "2"}, headers=HTMX)
    assert answer.status_code == 409
    assert "You have run it already" in answer.content.decode()
    assert (answer["HX-Retarget"], answer["HX-Reswap"]) == ("#predictions .predictions", "outerHTML")
    assert Prediction.objects.get(question="ready").chosen == "sooner"
    assert client.post(PATH, {**sent, "choice-ready": "2"}, headers=BROWSER).status_code == 409
    refused = client.post(PATH, {**sent, "choice-ready": "2"})
    assert (refused.status_code, refused["Content-Type"]) == (409, "application/problem+json")


def test_outcomes_stand_beside_what_was_said_and_a_tap_brings_the_why(client: Client, asked: Predictions):
    client.post(PATH, form(client, **{"choice-ready": "1", "choice-inp": "1"}), headers=BROWSER)
    measured_by(learner(), "blocking", "celery")
    text = client.get(PATH, headers=BROWSER).content.decode()
    assert "<strong><bdi>at that time</bdi></strong>" in text
    assert "you said <bdi>earlier than that</bdi>" in " ".join(text.split())
    assert "Not as you predicted." in text
    assert "As you predicted." in text
    assert "3,010 ms" in text
    assert told(text) == {"feedback-ready-sooner", "feedback-inp-good"}
    sent = {"question": "ready", "version-ready": fields(text[text.index("outcome-ready") :])["version-ready"]}
    wrong = next(place for place, option in enumerate(asked.asked[0].reason.options, 1) if not option.is_right)
    answer = client.post(REASON, {**sent, "choice-ready": wrong}, headers=HTMX)
    assert answer.status_code == 200
    assert told(answer.content.decode()) == {"feedback-reason-wrong", "feedback-reason-right", "why-ready"}
    again = client.post(REASON, {**sent, "choice-ready": 3 - wrong}, headers=HTMX)
    assert again.status_code == 409
    assert "your first one counts" in again.content.decode()
    plain = client.post(REASON, {**sent, "choice-ready": wrong}, headers=BROWSER)
    assert plain.status_code == 409


def test_a_reason_as_a_form_leads_back_to_its_outcome(client: Client, asked: Predictions):
    client.post(PATH, form(client, **{"choice-ready": "1"}), headers=BROWSER)
    measured_by(learner(), "blocking", "celery")
    text = client.get(PATH, headers=BROWSER).content.decode()
    form_token = fields(text[text.index("outcome-ready") :])["version-ready"]
    answer = client.post(REASON, {"question": "ready", "version-ready": form_token, "choice-ready": 1}, headers=BROWSER)
    assert (answer.status_code, answer["Location"]) == (303, f"{PATH}#outcome-ready")
    assert "why-ready" in client.get(PATH, headers=BROWSER).content.decode()


def test_a_program_predicts_too(client: Client, asked: Predictions):
    state = client.get(PATH).json()["predictions"][0]
    assert (state["question"], state["predicted"], state["measured"], state["open"]) == ("ready", None, None, True)
    assert state["reason"] is None
    sent = {"version-ready": state["version"], "choice-ready": 1}
    state = client.post(PATH, sent).json()["predictions"][0]
    assert state["predicted"] == "sooner"
    measured_by(learner(), "blocking", "celery")
    state = client.get(PATH).json()["predictions"][0]
    assert (state["measured"], state["open"]) == ("same", False)
    assert state["figures"] == {"celery click-to-report": 3010.0, "blocking click-to-report": 3010.0}
    sent = {"question": "ready", "version-ready": state["reason"]["version"], "choice-ready": 1}
    assert client.post(REASON, sent).json()["predictions"][0]["reason"]["right"] in (True, False)


NONSENSE = [b"", b"{}", b"choice-ready=%00", b"choice-ready=1", b"do=x&question=ready", b"a" * 7000]


@pytest.mark.parametrize("path", [PATH, REASON])
@pytest.mark.parametrize("body", NONSENSE)
def test_nonsense_is_refused_and_kept_nowhere(client: Client, asked: Predictions, path: str, body: bytes):
    for headers in (BROWSER, HTMX, {}):
        sent = client.post(path, body, content_type="application/x-www-form-urlencoded", headers=headers)
        assert sent.status_code in (409, 422)
    assert not Learner.objects.exists()
    assert client.post(path, body, content_type="application/json").status_code in (409, 422)


def test_what_another_site_sends_is_refused_and_so_is_the_wrong_method(client: Client, asked: Predictions):
    for path in (PATH, REASON):
        assert client.post(path, headers={"sec-fetch-site": "cross-site"}).status_code == 403
        assert client.put(path).status_code == 405
    assert client.get(REASON).status_code == 405
    assert client.get("/quiz/nothing/predictions/").status_code == 404


@pytest.mark.parametrize("path", [PATH, REASON])
def test_who_sends_too_many_is_told_so(client: Client, asked: Predictions, monkeypatch: pytest.MonkeyPatch, path: str):
    stand_still(monkeypatch, views.rates, learner=9, address=1)
    client.post(path, headers=HTMX)
    refused = client.post(path, headers=HTMX)
    assert refused.status_code == 429
    assert int(refused["Retry-After"]) >= 1


def test_an_old_form_of_a_question_that_changed_is_refused_and_shows_the_new_one(
    client: Client, asked: Predictions, write_predictions: Callable[[str], Predictions]
):
    sent = form(client, **{"choice-ready": "1", "choice-inp": "1"})
    write_predictions(PREDICTED.replace("When is it ready?", "When was it ready?"))
    answer = client.post(PATH, sent, headers=HTMX)
    assert answer.status_code == 409
    text = answer.content.decode()
    assert "This question has changed since you opened it." in text
    assert "When was it ready?" in text
    assert Prediction.objects.get().question == "inp"


def test_a_question_that_is_gone_is_said_to_be(
    client: Client, asked: Predictions, write_predictions: Callable[[str], Predictions]
):
    sent = form(client, **{"choice-ready": "1"})
    write_predictions(PREDICTED[PREDICTED.index("## How is its INP") :])
    answer = client.post(PATH, sent, headers=HTMX)
    assert answer.status_code == 409
    assert "no longer asked" in answer.content.decode()


def test_no_style_and_no_script_stands_in_the_fragment(client: Client, asked: Predictions):
    text = client.get(PATH, headers=HTMX).content.decode()
    for bad in ("<script", "style=", "hx-on", "onclick", "javascript:"):
        assert bad not in text

"""A typed answer is compared as a person would: what a phone does to it never counts, and a slip is asked back."""

import unicodedata

import pytest
from django.utils.datastructures import MultiValueDict
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from quiz.kinds import Unclear, grade, take
from quiz.kinds.text.comparing import folded, is_code
from quiz.questions import Question
from quiz.reading import read
from teach.exchange.exporting import gift_of


def asked(*options: str) -> Question:
    rows = "".join(f"- {option}\n" for option in options)
    quiz, problems = read(f"## Q {{#q}}\n\n{rows}", "one")
    assert not [problem for problem in problems if not problem.warning]
    return quiz.questions[0]


def worth(question: Question, text: str, asked_back: str = "") -> float:
    return grade(question, take(question, MultiValueDict({"text": [text], "asked_back": [asked_back]})))


@pytest.mark.parametrize(
    ("accepted", "typed"),
    [
        ("don't", "don’t"), ("don't", "don‘t"), ("don't", "donʼt"), ("don't", "don′t"), ("don't", "don´t"),
        ("don't", "don`t"), ("don’t", "don't"), ("broker", "broker."), ("broker", "broker ."), ("broker", "Broker. "),
        ("x", "“x”"), ("x", '"x"'), ("x", "„x“"), ("x", "«x»"), ("x", "« x »"), ("x", "‘x’"), ("x", "`x`"),
        ("“x”", "x"),
        ("broker", "“broker.”"), ("broker", "“broker”."), ("broker", "the “broker”"), ("broker", "`broker`."),
        ("round-robin", "round‐robin"), ("round-robin", "round‑robin"), ("round-robin", "round–robin"),
        ("round-robin", "round—robin"), ("round-robin", "round−robin"), ("a – b", "a - b"), ("-1", "−1"), ("-1", "—1"),
        ("message broker", "message\u00a0broker"), ("message broker", "message\u2009broker"),
        ("message broker", "mess\u200bage broker"), ("message broker", "\ufeffmessage bro\u00adker\u200d"),
        ("message broker", "message \u202f broker"), ("AsyncResult", "asyncresult"), ("naïve", "nai\u0308ve"),
        ("naïve", "NAÏVE"), ("ﬁle", "file"), ("10 ms", "10ms"), ("10ms", "10 ms"), ("10ms", "10\u202fms."),
        ("5 %", "5%"), ("broker", "the broker"), ("broker", "A broker"), ("the broker", "broker"),
        ("the broker", "a broker"), ("the broker", "a the broker"),
        ("hour", "an hour"), ("ışık", "IŞIK"), ("...", "…"), ("C", "C."), ("C", "c"), ("`x`", "x."), ("`x.`", "x."),
        ("`--flag`", "—flag"), ("`--flag`", "–flag"), ("`print('a')`", "print(‘a’)"), ("`'a'`", "“'a'”"),
        ("`AsyncResult`", "the AsyncResult."), ("`AsyncResult`", "“AsyncResult”"), ("`10ms`", "10 ms"), ("e.g.", "e.g"),
        ("broker", "BROKER!!!"), ("broker", "Broker!"), ("broker", "the broker?"), ("broker", "broker!."),
        ("broker", "broker ?!"), ("broker", "“broker”!"), ("broker", "“Broker!”"), ("broker", "broker！"),
        ("`x`", "`x`."), ("10 ms", "10ms!"), ("Who?", "who"), ("message broker", "Message-broker"),
        ("message broker", "messagebroker"), ("message-broker", "message broker"), ("redis queue", "redis-queue"),
        ("redis queue", "the Redis‑queue."), ("RabbitMQ", "rabbit mq"), ("RabbitMQ", "Rabbit-MQ"),
        ("rabbit mq", "RabbitMQ"), ("round-robin", "round robin"), ("e-mail", "email"), ("email", "E-Mail!"),
        ("dead letter queue", "dead-letter-queue"),
    ],
)  # fmt: skip
def test_what_a_person_looks_past_does_not_count(accepted: str, typed: str):
    assert worth(asked(f"[=] {accepted}"), typed) == 1


@pytest.mark.parametrize(
    ("accepted", "typed"),
    [
        ("-1", "1"), ("C", "C++"), ("C++", "C"), ("`x.`", "x"), ("`1.`", "1"), ("`'a'`", "a"), ("`--flag`", "-flag"),
        ("`--flag`", "flag"), ("...", "."), (".", ".."), ("a", "the"), ("the broker", "the worker"), ("1.5 s", "15 s"),
        ("“a” and “b”", "a” and “b"), ("HTTP/2", "HTTP/3"), ("asynchronous", "synchronous"), ("utf-8", "utf-9"),
        ("x-1", "x1"), ("queue", "quee"), ("`print(1)`", "print(2)"), ("affect", "effect"),
        ("n", "n!"), ("5", "5!"), ("a - b", "ab"), ("x-y", "xy"), ("asynchronous", "a synchronous"), ("broker", "!!!"),
        ("broker", "it's the broker"), ("`save!`", "save"), ("it", "i t"), ("the rapist", "therapist"),
    ],
)  # fmt: skip
def test_what_says_something_else_is_wrong(accepted: str, typed: str):
    assert worth(asked(f"[=] {accepted}"), typed) == 0


@pytest.mark.parametrize("text", [".", "...", "?", "--", "-", "''", "the", "a", '"', "§"])
def test_what_is_all_punctuation_folds_to_something(text: str):
    assert worth(asked(f"[=] {text}", "[ ] something else"), text) == 1


@pytest.mark.parametrize(
    ("accepted", "typed", "said"),
    [
        ("message broker", "message brocker", "Check the spelling"),
        ("message broker", "Mesage broker.", "Check the spelling"),
        ("message broker", "message borker", "Check the spelling"),
        ("message broker", "the message brokar", "Check the spelling"),
        ("message broker", "messagebrocker", "Check the spelling"),
        ("message broker", "Message-brocker", "Check the spelling"),
        ("`--dry-run`", "--dry run", "Check the spelling"),
        ("`AsyncResult`", "async result", "Check the spelling"),
        ("naïve", "naive", "Check the spelling"),
        ("don't", "dont", "Check the spelling"),
        ("`AsyncResult`", "AsyncResul", "Check the spelling"),
        ("`AsyncResult`", "asyncresult", "Check the capitals"),
        ("`AsyncResult`", "“ASYNCRESULT”.", "Check the capitals"),
        ("`True`", "true", "Check the capitals"),
    ],
)
def test_a_slip_is_asked_back_without_giving_the_answer_away_and_counts_when_it_is_sent_again(
    accepted: str, typed: str, said: str
):
    question = asked(f"[=] {accepted}", "[ ] something else")
    with pytest.raises(Unclear, match=said) as unclear:
        worth(question, typed)
    assert accepted.strip("`").casefold() not in str(unclear.value).casefold()
    assert worth(question, typed, asked_back=typed) == 0
    with pytest.raises(Unclear):
        worth(question, typed, asked_back="something else")


def test_a_mistake_that_is_foreseen_is_taken_as_that_however_near_it_is():
    question = asked("[=] message broker", "[ ] message brokers", "[=] `AsyncResult`", "[ ] asyncresult")
    assert worth(question, "message brokers") == 0
    assert worth(question, "asyncresult") == 0
    assert worth(question, "AsyncResult") == 1


@pytest.mark.parametrize(
    ("right", "wrong", "texts"),
    [
        ("`--flag`", "`-flag`", {"--flag": 1, "—flag": 1, "-flag": 0}),
        ("`1.`", "`1`", {"1.": 1, "1": 0, "the 1.": 1}),
        ("the broker", "a broker", {"the broker": 1, "The broker.": 1, "a broker": 0, "A broker.": 0, "broker": 0}),
        ("`True`", "`true`", {"True": 1, "true": 0, "True.": 1}),
        ("C", "C.", {"C": 1, "C.": 0}),
        ("“x”", "x", {"“x”": 1, '"x"': 1, "x": 0}),
        ("Really?", "really", {"Really?": 1, "really": 0, "really!": 0}),
        ("resign", "re-sign", {"resign": 1, "re-sign": 0, "re sign": 0, "Re-sign.": 0}),
        ("no where", "nowhere", {"no where": 1, "No where!": 1, "nowhere": 0, "no-where": 0}),
    ],
)
def test_what_tells_two_answers_of_a_question_apart_counts_in_it(right: str, wrong: str, texts: dict[str, int]):
    question = asked(f"[=] {right}", f"[ ] {wrong}")
    assert {text: worth(question, text, asked_back=text) for text in texts} == texts


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (("[=] don't", "[ ] don’t"), ["4:7: this is the same answer as the one on line 3: the shape of quotes"]),
        (("[ ] a-b", "[=] a–b"), ["4:7: this is the same answer as the one on line 3: the shape of quotes and dashes"]),
        (("[=] `a`", "[ ] a"), ["4:7: this is the same answer as the one on line 3"]),
        (("[=] a  b", "[=] A b"), ["4:7: this is the same answer as the one on line 3: case and spacing do not count"]),
        (("[=] `a b`", "[=] ``a b``"), ["4:7: this is the same answer as the one on line 3: spacing does not count"]),
        (("[=] \u200b", "[ ] x"), ["3:6: the answer has no text"]),
        (("[=] don't", "[=] don’t"), []),  # as authors wrote them down for phones
        (("[=] broker", "[=] the broker", "[=] broker."), []),
        (("[=] `True`", "[ ] `true`"), []),
        (("[=] `True`", "[ ] true"), []),
        (("[=] the broker", "[ ] a broker"), []),
    ],
)
def test_an_author_is_told_where_two_answers_are_one(options: tuple[str, ...], expected: list[str]):
    _, problems = read("## Q {#q}\n\n" + "".join(f"- {option}\n" for option in options), "one")
    found = [f"{problem.line}:{problem.column}: {problem.message}" for problem in problems if not problem.warning]
    assert len(found) == len(expected)
    assert all(problem.startswith(begin) for problem, begin in zip(found, expected, strict=True))


def test_moodle_does_not_know_that_an_answer_is_code_and_it_is_said():
    gift, report = gift_of("## Q {#q}\n\n- [=] `AsyncResult`\n- [=] `x`\n- [=] Words\n")
    assert "=AsyncResult" in gift.replace("=%100%", "=")
    assert [problem.line for problem in report if "code has no place" in problem.message] == [3, 4]


# What a phone or a keyboard does to what somebody types. Each takes a text, and gives what is sent.
CURLY = {"'": "’‘ʼ′", '"': "“”„"}
SPACES = " \u00a0\u2009\u202f\u3000"
UNSEEN = "\u200b\u200d\ufeff\u00ad\u2060"


@st.composite
def as_a_phone_types(draw: st.DrawFn, text: str, *, is_in_capitals: bool) -> str:
    kept = "".join(draw(st.sampled_from(CURLY.get(char, char))) if char in CURLY else char for char in text)
    kept = "".join(draw(st.sampled_from("-‐‑–—−")) if char == "-" else char for char in kept)
    kept = "".join(draw(st.sampled_from([char, *SPACES, "  "])) if char == " " else char for char in kept)
    if is_in_capitals:
        kept = draw(st.sampled_from([kept, kept.upper(), kept[:1].upper() + kept[1:]]))
    kept = unicodedata.normalize(draw(st.sampled_from(["NFC", "NFD"])), kept)
    place = draw(st.integers(0, len(kept)))
    kept = kept[:place] + draw(st.sampled_from(["", *UNSEEN])) + kept[place:]
    kept += draw(st.sampled_from(["", "."])) if text[-1:].isalnum() else ""
    around = [("“", "”"), ("«", "»"), ("„", "“"), ('"', '"'), ("`", "`")] if '"' not in text else []
    begin, end = draw(st.sampled_from([("", ""), *around]))
    kept = f"{begin}{kept}{end}"
    return draw(st.sampled_from(["", "the ", "The ", "a ", "An "])) + kept.strip(" ") if text[:1].isalpha() else kept


words = st.text(st.sampled_from("abcdeghorstzABCéüßñλжД0123456789-'()#+"), min_size=1, max_size=12)
answers = st.lists(words, min_size=1, max_size=3).map(" ".join)


@settings(deadline=None, max_examples=300)
@given(answers, st.booleans(), st.data())
def test_grading_is_unchanged_by_how_a_phone_types(text: str, in_ticks: bool, data: st.DataObject):
    quiz, _ = read(f"## Q {{#q}}\n\n- [=] {f'`{text}`' if in_ticks else text}\n- [ ] xyzzy\n", "one")
    assume(quiz.questions)
    question = quiz.questions[0]
    option = question.right[0]
    assume(folded(option.plain) == folded(text))
    sent = data.draw(as_a_phone_types(option.plain, is_in_capitals=not is_code(option.text)))
    assert worth(question, option.plain) == 1
    assert worth(question, sent) == 1


@settings(deadline=None, max_examples=100)
@given(st.lists(st.text(max_size=12), min_size=1, max_size=5), st.text(max_size=30))
def test_any_text_is_an_answer_or_is_asked_back_in_words(accepted: list[str], typed: str):
    rows = "".join(f"- [=] {' '.join(text.split())}\n" for text in accepted)
    quiz, _ = read(f"## Q {{#q}}\n\n{rows}- [ ] xyzzy\n", "one")
    assume(quiz.questions)
    try:
        assert worth(quiz.questions[0], typed, asked_back=typed) in (0, 1)
    except Unclear as unclear:
        assert str(unclear)  # noqa: PT017

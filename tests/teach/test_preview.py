"""The preview: the page that learners would see, in which nothing acts but the quiz, and that for nobody's record."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from learners.models import Learner
from quiz.models import Answer
from tests.teach.conftest import PAGE, QUIZ, Content, Person

pytestmark = pytest.mark.django_db

QUIZ_AT = "/teach/preview/one/quiz.md"
PAGE_AT = "/teach/preview/one/learn.md"


def draft(person: Person, path: str, text: str) -> None:
    person.client.post(f"/teach/edit/{path}", {"text": text, "base": "x"}, headers={"hx-request": "true"})


def fields(html: str) -> dict[str, str]:
    """The hidden fields of the open question's form."""
    form = re.search(r'<form class="answer".*?</form>', html, re.DOTALL)
    assert form, html
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form[0]))


def position(html: str, words: str) -> str:
    """The position of the option that says so."""
    found = re.search(
        rf'value="(\d+)"[^>]*>\s*<span class="letter">\w</span>\s*<span class="option-text"[^>]*>{words}', html
    )
    assert found, html
    return found[1]


def answer(person: Person, words: str, at: str = QUIZ_AT):
    html = person.client.get(at).content.decode()
    target = at.replace("/preview/", "/rehearse/answer/")
    return person.client.post(target, {**fields(html), "option": position(html, words)}, follow=True)


def test_it_shows_the_draft_and_learners_go_on_seeing_the_file(content: Content, instructor: Person):
    draft(instructor, "one/learn.md", PAGE.replace("Prose.", "Only a draft."))
    assert "Only a draft." in instructor.client.get(PAGE_AT).content.decode()
    assert "Only a draft." not in Client().get("/lessons/one/").content.decode()


def test_of_a_new_file_it_shows_the_text_that_the_editor_begins_with(content: Content, instructor: Person):
    html = instructor.client.get("/teach/preview/one/deep.md").content.decode()
    assert "Nothing to show" not in html
    assert "<h2" in html


def test_it_is_the_page_of_learners_with_its_quiz_in_place(content: Content, instructor: Person):
    html = instructor.client.get(PAGE_AT).content.decode()
    assert '<article class="lesson">' in html
    assert "Who runs the task?" in html
    assert "<script" not in html


def test_a_question_is_answered_as_a_learner_would_and_nothing_is_recorded(content: Content, instructor: Person):
    html = answer(instructor, "The web server").content.decode()
    assert "Not yet." in html
    assert "feedback-web" in html
    assert "hint-who" in html
    assert "why-who" not in html
    html = answer(instructor, "A worker").content.decode()
    assert "Right, on the second try." in html
    assert "why-who" in html
    assert not Answer.objects.exists()
    assert Learner.objects.count() == 1  # the account's own, whom nothing was recorded of


def test_what_is_earned_is_earned_in_the_preview_too(content: Content, instructor: Person):
    html = instructor.client.get(QUIZ_AT).content.decode()
    for words in ("feedback-web", "feedback-worker", "hint-who", "why-who"):
        assert words not in html


def test_it_begins_anew_when_it_is_asked_to(content: Content, instructor: Person):
    answer(instructor, "The web server")
    answer(instructor, "The web server")
    html = instructor.client.get(QUIZ_AT).content.decode()
    assert "Try the missed one again" in html
    again = instructor.client.post("/teach/rehearse/again/one/quiz.md", {"go": "1"}, follow=True).content.decode()
    assert "Go 2" in again
    over = instructor.client.post("/teach/rehearse/over/one/quiz.md", follow=True).content.decode()
    assert "Go 2" not in over
    assert 'class="answer"' in over


def test_what_is_no_answer_is_told_in_its_place(content: Content, instructor: Person):
    html = instructor.client.get(QUIZ_AT).content.decode()
    refused = instructor.client.post("/teach/rehearse/answer/one/quiz.md", fields(html))
    assert refused.status_code == 422
    assert "Choose an answer first." in refused.content.decode()


def test_one_question_can_be_looked_at_without_answering_those_before_it(content: Content, instructor: Person):
    draft(instructor, "one/quiz.md", QUIZ + "\n## And then? {#then}\n\n- [x] this\n- [ ] that\n")
    html = instructor.client.get(f"{QUIZ_AT}?question=then").content.decode()
    assert "Question 1 of 1" in html
    assert "And then?" in html
    target = "/teach/rehearse/answer/one/quiz.md?question=then"
    sent = {**fields(html), "option": position(html, "this")}
    assert "Right." in instructor.client.post(target, sent, follow=True).content.decode()


def test_steps_are_put_into_places_in_the_preview_too(content: Content, instructor: Person):
    draft(instructor, "one/quiz.md", QUIZ + "\n## Order? {#steps}\n\n- [1] first\n- [2] second\n- [3] third\n")
    html = instructor.client.get(f"{QUIZ_AT}?question=steps").content.decode()
    at = {words: place for place, words in re.findall(r'id="step-steps-(\d)">(\w+)<', html)}
    target = "/teach/rehearse/answer/one/quiz.md?question=steps"
    picked = {f"place-{at['first']}": "1", f"place-{at['second']}": "1", f"place-{at['third']}": "3"}
    refused = instructor.client.post(target, fields(html) | picked)
    assert refused.status_code == 422
    html = refused.content.decode()
    assert "Each step needs a place of its own. Place 1 is that of" in html
    assert html.count("shares its place") == 2
    right = picked | {f"place-{at['second']}": "2"}
    assert "Right." in instructor.client.post(target, fields(html) | right, follow=True).content.decode()


def test_an_edit_is_told_to_who_had_answered_the_question_before(content: Content, instructor: Person):
    answer(instructor, "The web server")
    draft(instructor, "one/quiz.md", QUIZ.replace("A worker", "A worker process"))
    assert "has changed since you answered it" in instructor.client.get(QUIZ_AT).content.decode()


def test_no_form_but_the_rehearsals_can_be_sent(content: Content, instructor: Person):
    draft(instructor, "one/learn.md", PAGE + "\n/// lanes | Try\n:seconds: 1\n///\n")
    answered = instructor.client.get(PAGE_AT)
    forms = re.findall(r"<form [^>]*>", answered.content.decode())
    assert forms
    for form in forms:
        assert "inert" in form or 'action="/teach/rehearse/' in form
    policy = answered["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert "form-action http://testserver/teach/rehearse/;" in policy
    assert answered["X-Frame-Options"] == "SAMEORIGIN"


@pytest.mark.parametrize(
    "written",
    [
        "<script>alert(1)</script>",
        '<form action="/teach/rehearse/x"><button>x</button></form>',
        '<a href="javascript:alert(1)" onclick="alert(1)">x</a>',
        '<div hx-get="/x" hx-trigger="load" data-hx-post="/y" style="x" onmouseover="x">x</div>',
        '<iframe src="/"></iframe><object data="/"></object><embed src="/">',
        '<img src="/demos/blocking/?seconds=9" onerror="x">',
        "<svg onload=alert(1)><script>x</script></svg>",
        '<meta http-equiv="refresh" content="0;url=/x"><base href="https://x.example.org/">',
        '<input form="editor" name="do" value="save"><button formaction="/x">x</button>',
        '<p autofocus popover tabindex="1" contenteditable accesskey="x" slot="x" is="x">x</p>',
    ],
)
def test_hostile_prose_does_nothing_in_a_page_or_its_preview(written: str, content: Content, instructor: Person):
    draft(instructor, "one/learn.md", PAGE.replace("Prose.", written))
    shown = instructor.client.get(PAGE_AT).content.decode()
    prose = shown[shown.index('<div class="prose">') : shown.index('<div class="quiz-embed"')]
    for forbidden in (
        "<script", "<form", "<iframe", "<object", "<embed", "<input", "<button", "<meta", "<base", "<svg",
        "javascript:", "onclick", "onerror", "onload", "hx-", "style=", "seconds=9", "autofocus", "popover",
        "contenteditable", "accesskey", "slot=", " is=", "tabindex",
    ):  # fmt: skip
        assert forbidden not in prose, forbidden


def test_a_draft_with_errors_shows_what_was_last_in_order(content: Content, instructor: Person):
    draft(instructor, "one/learn.md", PAGE + "\n/// nothing\n///\n")
    assert "Prose." in instructor.client.get(PAGE_AT).content.decode()


def test_a_file_that_no_page_shows_says_so(content: Content, instructor: Person):
    draft(instructor, "one/cards.md", "no card\n")
    answered = instructor.client.get("/teach/preview/one/cards.md")
    assert answered.status_code == 200
    assert "Nothing to show" in answered.content.decode()


def test_the_course_file_shows_the_course(content: Content, instructor: Person):
    draft(instructor, "course.toml", 'title = "Another title"\nlessons = ["one"]\n')
    assert "Another title" in instructor.client.get("/teach/preview/course.toml").content.decode()


def test_the_rehearsal_is_the_instructors_own(content: Content, instructor: Person, sign_in: Callable[..., Person]):
    answer(instructor, "The web server")
    assert "Not yet." not in sign_in().client.get(QUIZ_AT).content.decode()


def test_another_site_can_send_no_answer(content: Content, instructor: Person):
    sent = instructor.client.post(
        "/teach/rehearse/over/one/quiz.md", headers={"sec-fetch-site": "cross-site", "accept": "text/html"}
    )
    assert sent.status_code == 403

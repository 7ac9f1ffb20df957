"""The page of the exchange: what it refuses, what it keeps of what was sent, and what it puts into a draft."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from quiz.models import Answer
from teach.checking import LARGEST_TEXT
from teach.drafts import draft_of, keep, text_of_file
from tests.teach.conftest import Person

HERE = "/teach/lessons/defining-tasks/exchange/"
PATH = "defining-tasks/quiz.md"
TEXT = (
    "::new one::Is it <b>so</b>?{T#No.#Yes.}\n\n::order::Which order?{=a -> 1 =b -> 2 =c -> 3}\n\n"
    "Describe it.{}\n\nHow many?{#3:1}"
)

pytestmark = pytest.mark.django_db


def post(person: Person, **fields: object) -> Any:
    return person.client.post(HERE, fields)


def words(response: Any) -> str:
    return str(response.content.decode())


def test_to_everybody_else_there_is_nothing(sign_in: Callable[..., Person]):
    for client in (Client(), sign_in(instructor=False).client):
        assert client.get(HERE).status_code == 404
        assert client.get(f"{HERE}gift/").status_code == 404
        assert client.post(HERE, {"text": TEXT}).status_code == 404


def test_there_is_a_page_for_each_lesson_alone(instructor: Person):
    assert instructor.client.get(HERE).status_code == 200
    assert instructor.client.get("/teach/lessons/nothing/exchange/").status_code == 404
    assert instructor.client.get("/teach/lessons/nothing/exchange/gift/").status_code == 404


def test_a_form_without_its_token_is_refused(instructor: Person):
    strict = Client(enforce_csrf_checks=True, headers={"accept": "text/html"})
    strict.cookies = instructor.client.cookies
    assert strict.post(HERE, {"text": TEXT}).status_code == 403


def test_an_upload_is_shown_and_nothing_is_kept(instructor: Person):
    file = SimpleUploadedFile("q.gift", TEXT.encode("utf-16"), "text/plain")
    page = words(post(instructor, file=file))
    assert "3 questions can be taken" in page
    assert "<td>5</td><td><strong>Left out.</strong> It is an essay" in page
    assert "Is it <strong>so</strong>?" in page
    assert "## Is it **so**? {#new-one}" in page
    assert page.count("<fieldset disabled>") == 3
    assert draft_of(instructor.account, PATH) is None
    assert not Answer.objects.exists()


def test_what_is_chosen_goes_to_the_end_of_the_draft(instructor: Person):
    keep(instructor.account, PATH, "## Mine? {#new-one}\n\n- [x] a\n- [ ] b", "")
    answer = post(instructor, text=TEXT, do="take", question=["1", "3"])
    assert (answer.status_code, answer["Location"]) == (303, f"/teach/edit/{PATH}")
    draft = draft_of(instructor.account, PATH)
    assert draft
    assert draft.text == (
        "## Mine? {#new-one}\n\n- [x] a\n- [ ] b\n\n"
        "## Is it **so**? {#new-one-2}\n\n- [x] True\n  > Yes.\n- [ ] False\n  > No.\n\n"
        "## How many? {#how-many}\n\n- [~] 3 ± 1\n"
    )


def test_a_new_draft_begins_with_the_file_as_it_is(instructor: Person):
    post(instructor, text=TEXT.replace("\n", "\r\n"), do="take", question="1")
    draft = draft_of(instructor.account, PATH)
    assert draft
    assert draft.text.startswith(text_of_file(PATH).rstrip())
    assert "{#new-one}" in draft.text


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "nothing to read yet"),
        ({"text": "  "}, "nothing to read yet"),
        ({"text": "a\0b"}, "no text has"),
        ({"text": TEXT, "do": "take"}, "No question is chosen"),
        ({"text": TEXT, "do": "take", "question": "99"}, "No question is chosen"),
        ({"text": "x" * (512 * 1024 + 1)}, "At most"),
    ],
)
def test_what_cannot_be_taken_is_said_and_what_was_pasted_is_kept(
    instructor: Person, fields: dict[str, str], said: str
):
    answer = post(instructor, **fields)
    assert answer.status_code == 422
    assert said in words(answer)
    assert len(words(answer)) > len(fields.get("text", ""))
    assert draft_of(instructor.account, PATH) is None


def test_a_file_that_is_no_text_is_refused_and_the_pasted_text_stays(instructor: Person):
    answer = post(instructor, file=SimpleUploadedFile("a.png", b"\x89PNG\0\0"), text="Who?{T}")
    assert answer.status_code == 422
    assert "Who?{T}" in words(answer)


def test_a_file_without_questions_says_so(instructor: Person):
    page = words(post(instructor, text="just some words"))
    assert "0 questions can be taken" in page
    assert "a description" in page


def test_an_encoding_that_may_be_another_one_is_asked_for_and_then_taken(instructor: Person):
    raw = "::q::Кто хранит сообщение?{=брокер ~страница}".encode("koi8-r")
    asked = post(instructor, file=SimpleUploadedFile("q.gift", raw))
    assert asked.status_code == 422
    assert "“Кто” in KOI8-R (Cyrillic)" in words(asked)
    assert "choose the file once more" in words(asked)
    taken = post(instructor, file=SimpleUploadedFile("q.gift", raw), encoding="koi8-r")
    assert "## Кто хранит сообщение? {#q}" in words(taken)
    assert '<option value="koi8-r" selected>' in words(taken)
    assert post(instructor, text="Who?{T}", encoding="nonsense").status_code == 200


def test_what_was_guessed_is_said_with_a_way_out(instructor: Person):
    page = words(post(instructor, file=SimpleUploadedFile("q.gift", "Größe?{T}".encode("cp1252"))))
    assert "Read as GIFT in Windows-1252, as it is no UTF-8 (if letters are wrong, choose its encoding below)" in page


def test_a_format_that_is_not_read_is_named(instructor: Person):
    page = words(post(instructor, text='<?xml version="1.0"?><quiz></quiz>'))
    assert "<strong>Left out.</strong> This is Moodle XML, which is not read." in page
    assert "Read as" not in page
    assert "0 questions can be taken" in page


def test_more_than_the_studio_takes_is_not_even_read(instructor: Person):
    assert post(instructor, text="x" * 1_300_000).status_code == 413


def test_what_an_author_wrote_scripts_nothing(instructor: Person):
    text = "[html]<img src\\=x onerror\\=alert(1)><script>alert(1)</script>Who</textarea><script>?{=</pre><script>a ~b}"
    page = words(post(instructor, text=text))
    assert "<script>" not in page
    assert "onerror=" not in page


def test_the_quiz_is_downloaded_as_it_is(instructor: Person):
    keep(instructor.account, PATH, "## Only a draft {#draft}\n\n- [x] a\n- [ ] b", "")
    answer = instructor.client.get(f"{HERE}gift/")
    assert answer["Content-Disposition"] == 'attachment; filename="defining-tasks.gift.txt"'
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert words(answer).startswith("::calling-in-the-view::")
    assert "draft" not in words(answer)


def test_no_draft_becomes_larger_than_the_editor_saves(instructor: Person):
    before = "## Mine? {#mine}\n\n" + "x" * (LARGEST_TEXT - 100)
    keep(instructor.account, PATH, before, "")
    answer = post(instructor, text=TEXT, do="take", question=["1", "3"])
    assert answer.status_code == 422
    assert "take fewer questions" in words(answer)
    draft = draft_of(instructor.account, PATH)
    assert draft
    assert draft.text == before

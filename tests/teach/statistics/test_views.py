"""The pages and their exports: who sees them, what they say, and that they tell of nobody."""

import csv
from collections.abc import Callable
from io import StringIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.quiz.every_kind import SOURCE as EVERY_KIND
from tests.teach.conftest import Person
from tests.teach.statistics.conftest import SIX, Room

pytestmark = pytest.mark.django_db

BASE = "/teach/lessons/one/statistics/"
PAGES = (BASE, f"{BASE}_readers/", f"{BASE}_runs/", f"{BASE}a/")
EXPORTS = (f"{BASE}questions.csv", f"{BASE}steps.csv", f"{BASE}a/versions.csv")


@pytest.fixture
def teacher(instructor: Person) -> Client:
    return instructor.client


def text_of(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return " ".join(answer.content.decode().split())


def rows_of(client: Client, path: str) -> list[list[str]]:
    answer = client.get(path)
    assert answer.status_code == 200, path
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"].startswith("attachment; filename=")
    assert answer["Cache-Control"] == "no-store"
    return list(csv.reader(StringIO(answer.content.decode(), newline="")))


@pytest.mark.parametrize("path", [*PAGES, *EXPORTS])
def test_for_everybody_else_there_is_nothing(path: str, room: Room, sign_in: Callable[..., Person]):
    room.choose(room.learners(6), "a")
    assert Client().get(path).status_code == 404
    assert sign_in(instructor=False).client.get(path).status_code == 404
    instructor = sign_in().client
    assert instructor.get(path).status_code == 200
    assert instructor.head(path).status_code == 200
    assert instructor.post(path).status_code in (403, 405)


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/teach/lessons/nothing/statistics/", "no lesson “nothing”"),
        ("/teach/lessons/nothing/statistics/_readers/", "no lesson “nothing”"),
        (f"{BASE}never/", "no question “never”"),
        (f"{BASE}never/versions.csv", "no question “never”"),
        (f"{BASE}never.csv", "no table “never”"),
        (f"{BASE}gone.csv", "no table “gone”"),
        (f"{BASE}a/never.csv", "no table “never”"),
    ],
)
def test_what_is_not_there_is_said_in_words(path: str, words: str, teacher: Client, room: Room):
    answer = teacher.get(path)
    assert answer.status_code == 404
    assert words in answer.content.decode()


def test_where_nobody_has_done_anything_the_pages_say_so(teacher: Client, room: Room):
    assert "Nobody has answered a question of this lesson yet." in text_of(teacher, BASE)
    assert "Nobody has answered this question yet." in text_of(teacher, f"{BASE}a/")
    assert "Nobody has measured anything yet" in text_of(teacher, f"{BASE}_runs/")
    assert "0</td><td>openings" in text_of(teacher, f"{BASE}_readers/")
    for path in PAGES:
        assert "<svg" not in text_of(teacher, path)


def test_a_lesson_shows_its_questions_with_their_numbers_and_those_that_left(teacher: Client, room: Room):
    room.choose(room.learners(40), "a")
    room.choose(room.learners(40), "b", "alpha")
    room.choose(room.learners(7), "b", "alpha", version="old")
    room.choose(room.learners(4), "c")
    for learner in room.learners(3):
        room.answer(learner, "left", ["x"])
    room.keep()
    text = text_of(teacher, BASE)
    assert "too easy" in text
    assert "too hard" in text
    assert "Earlier explanations help." in text
    rows = {row[0]: row for row in rows_of(teacher, f"{BASE}questions.csv")}
    assert rows["1. a"][1:4] == ["40", "1.0", "0.9124"]
    assert rows["2. b"][1:3] == ["40", "0.0"]
    assert rows["2. b"][-1] == "7"
    assert rows["3. c"][1:3] == ["4", ""]
    assert rows_of(teacher, f"{BASE}gone.csv")[1:] == [["left", "3"]]
    assert f'href="{BASE}left/"' in text
    assert "no longer in the file" in text_of(teacher, f"{BASE}left/")


def test_each_table_that_a_page_shows_can_be_taken_along(teacher: Client, room: Room):
    learners = room.learners(6)
    for learner in learners:
        room.predict(learner, "ready", "later")
        room.measure(learner, "blocking", {"click-to-response": 3000.0, "click-to-report": 3000.0})
        for name in SIX:
            room.answer(learner, name, "alpha", 0.0)
    room.keep()
    exports = set()
    for path in PAGES:
        for part in text_of(teacher, path).split('<a href="')[1:]:
            if part.partition('"')[0].endswith(".csv"):
                exports.add(part.partition('"')[0])
    assert len(exports) == 9
    for path in exports:
        assert len(rows_of(teacher, path)) > 1


def test_an_option_that_reads_as_a_formula_is_exported_as_text(teacher: Client, make_room: Callable[..., Room]):
    room = make_room(more="## Typed? {#typed}\n\n> Hint: x\n\n- [=] =SUM(1)\n  > Yes.\n\n> **Why:** x\n")
    for learner in room.learners(5):
        room.answer(learner, "typed", "=sum(1)", is_typed=True)
    room.keep()
    assert rows_of(teacher, f"{BASE}typed/typed.csv")[1][0] == "'=sum(1)"


def test_no_page_and_no_export_tells_of_a_learner(teacher: Client, make_room: Callable[..., Room]):
    room = make_room(more="## Typed? {#typed}\n\n> Hint: x\n\n- [=] yes\n  > Yes.\n\n> **Why:** x\n")
    learners = room.learners(12)
    for learner in learners:
        room.measure(learner, "blocking", {"click-to-response": 3000.0})
        room.answer(learner, "a", "beta")
    for learner in learners[:4]:
        room.answer(learner, "typed", "my own words", 0.0, is_typed=True)
        room.answer(learner, "b", "alpha", 0.0)
    for learner in learners[4:]:
        room.answer(learner, "typed", f"words of {learner}", 0.0, is_typed=True)
    room.keep()
    paths = [*PAGES, f"{BASE}b/", f"{BASE}typed/", *EXPORTS, f"{BASE}b/versions.csv", f"{BASE}typed/typed.csv"]
    for path in paths:
        text = text_of(teacher, path)
        assert "words of" not in text
        assert "my own" not in text
        for learner in learners:
            assert str(learner) not in text
            assert learner.hex not in text
    assert rows_of(teacher, f"{BASE}typed/typed.csv")[1:] == [
        ["anything else", "", "12", "1.0", "", "Version 1, as it is now"]
    ]
    assert teacher.get(f"{BASE}b/options.csv").status_code == 404  # 4 learners


@pytest.mark.parametrize("path", PAGES)
def test_the_number_of_queries_does_not_grow(path: str, teacher: Client, room: Room):
    counts = []
    for count in (2, 25):
        for learner in room.learners(count):
            room.predict(learner, "ready", "later")
            room.measure(learner, "blocking", {"click-to-response": 3000.0})
            for name in SIX:
                room.answer(learner, name, "alpha", 0.0, version=f"v{count}")
        room.keep()
        with CaptureQueriesContext(connection) as queries:
            text_of(teacher, path)
        counts.append(len(queries))
    assert counts[0] == counts[1] > 2


def test_no_style_and_no_script_stands_in_a_page(teacher: Client, room: Room):
    room.choose(room.learners(40), "a")
    for path in PAGES:
        for bad in ("<script", "style=", "onclick", "<style"):
            assert bad not in text_of(teacher, path)


def test_the_program_of_which_a_line_is_asked_has_its_numbers(teacher: Client, make_room: Callable[..., Room]):
    make_room(more=EVERY_KIND[EVERY_KIND.index("## Which process") :])
    html = teacher.get(f"{BASE}process/").content.decode()
    assert html.count('<span class="line">') == 10

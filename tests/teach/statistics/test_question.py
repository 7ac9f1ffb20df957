"""One question: its versions, what was given to each, and what is withheld."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from teach.statistics import question
from teach.statistics.intervals import difference
from teach.statistics.question import Version
from teach.statistics.tables import Table
from tests.teach.statistics.conftest import NOON, TYPED, Room

pytestmark = pytest.mark.django_db


def tables_of(room: Room, name: str) -> tuple[list[Version], dict[str, Table]]:
    asked = room.quiz.find(name)
    found = question.versions("one", name, asked)
    return found, {figure.table.name: figure.table for figure in question.figures(asked, found)}


def texts(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row] for row in table.rows]


def test_versions_stand_in_the_order_of_first_use_and_the_one_that_is_asked_now_says_so(room: Room):
    room.at = NOON
    room.choose(room.learners(5), "a", version="zz")
    room.at = NOON + timedelta(days=1)
    room.choose(room.learners(5), "a", "alpha", version="aa")
    found, tables = tables_of(room, "a")
    assert [(each.name, each.n) for each in found] == [
        ("Version 1", 5),
        ("Version 2", 5),
        ("Version 3, as it is now", 0),
    ]
    assert [row[1] for row in texts(tables["versions"])] == ["2026-11-23", "2026-11-24", "not yet"]
    assert [row[3].partition(" ")[0] for row in texts(tables["versions"])] == ["1.00", "0.00", "shown"]


def test_before_and_after_an_edit_the_difference_has_newcombes_interval(room: Room):
    room.choose(room.learners(30), "a", "alpha", version="old")
    room.choose(room.learners(10), "a", version="old")
    room.choose(room.learners(20), "a", "alpha")
    room.choose(room.learners(20), "a")
    _, tables = tables_of(room, "a")
    expected = difference(0.25, 40, 0.5, 40)
    (row,) = tables["differences"].rows
    assert row[3].values == (0.25, round(expected.low, 4), round(expected.high, 4))
    assert row[3].text == f"0.25 ({expected.low:.2f} to {expected.high:.2f})"


def test_with_few_answers_before_or_after_there_is_no_difference(room: Room):
    room.choose(room.learners(29), "a", version="old")
    room.choose(room.learners(300), "a", "alpha")
    _, tables = tables_of(room, "a")
    (row,) = tables["differences"].rows
    assert row[3].values == (None, None, None)
    assert "30" in row[3].text


def test_options_are_counted_at_first_attempts_alone_and_stand_as_learners_see_them(room: Room):
    takers = room.learners(8)
    room.choose(takers[:4], "a", "alpha")
    room.choose(takers[4:], "a", "beta")
    for learner in takers[:4]:
        room.answer(learner, "a", "gamma", 0.0, attempt=2)
        room.answer(learner, "a", "gamma", 0.0, go=2)
        room.answer(learner, "a", "gamma", 0.0, go=0)
    room.keep()
    _, tables = tables_of(room, "a")
    shown = [option.text for option in room.question("a").options]
    rows = texts(tables["options"])
    assert [row[0] for row in rows] == [f"{letter}. {text}" for letter, text in zip("ABCD", shown, strict=True)]
    assert {row[0][3:]: row[1:4] for row in rows} == {
        "alpha": ["no", "4", "50 %"],
        "beta": ["yes", "4", "50 %"],
        "gamma": ["no", "0", "0 %"],
        "=delta": ["no", "0", "0 %"],
    }
    (later,) = texts(tables["later"])
    assert later[1:] == ["4", "4", "shown from n = 5 on", "4", "shown from n = 5 on"]


def test_what_an_earlier_version_offered_is_told_as_far_as_it_is_known(room: Room):
    learners = room.learners(12)
    for learner in learners[:6]:
        room.answer(learner, "a", ["0123456789ab"], 1.0, version="old")
    for learner in learners[6:]:
        room.answer(learner, "a", [room.option("a", "alpha")], 0.0, version="old")
    room.keep()
    _, tables = tables_of(room, "a")
    assert [row[:3] for row in texts(tables["options"])] == [
        ["an option that is no longer there (0123)", "yes", "6"],
        ["alpha", "no", "6"],
    ]


def test_a_distractor_that_nobody_takes_is_named_from_73_learners_on(room: Room):
    for count, expected in ((72, []), (1, ["=delta", "gamma"])):
        room.choose(room.learners(count), "a", "alpha" if count > 1 else "beta")
        found, tables = tables_of(room, "a")
        flagged = [flag for flag in found[0].flags if flag.name == "a distractor nobody takes"]
        assert len(flagged) == len(expected)
        marked = sorted(row[0][3:] for row in texts(tables["options"]) if row[4])
        assert marked == expected
    assert "0 of 73" in flagged[0].says


def test_of_four_learners_only_their_number_is_told(room: Room):
    room.choose(room.learners(3), "a", "alpha")
    room.choose(room.learners(1), "a", "beta")
    found, tables = tables_of(room, "a")
    assert found[0].facility is None
    assert set(tables) == {"versions"}
    (row,) = tables["versions"].rows
    assert [value for cell in row[1:] for value in cell.values] == [
        None,
        4,
        *[None] * 6,
        None,
        None,
        None,
        0,
        None,
        0,
        "",
    ]


def test_what_was_typed_is_told_only_when_five_learners_typed_the_same(make_room: Callable[..., Room]):
    room = make_room(more=TYPED)
    for words, count, grade in (("queue", 3, 1.0), ("Queue ", 3, 1.0), ("stack", 5, 0.0), ("my secret", 4, 0.0)):
        for learner in room.learners(count):
            room.answer(learner, "word", words, grade, is_typed=True)
    room.keep()
    _, tables = tables_of(room, "word")
    assert [row[:5] for row in texts(tables["typed"])] == [
        ["queue", "yes", "6", "40 %", "yes"],
        ["stack", "no", "5", "33 %", "yes"],
        ["anything else", "", "4", "27 %", ""],
    ]


def test_numbers_are_told_likewise(make_room: Callable[..., Room]):
    room = make_room(more=TYPED)
    for words, count, grade in (("3", 6, 1.0), ("5", 5, 0.0), ("17", 1, 0.0)):
        for learner in room.learners(count):
            room.answer(learner, "number", words, grade, is_typed=True)
    room.keep()
    rows = texts(tables_of(room, "number")[1]["typed"])
    assert [(row[0], row[4]) for row in rows] == [("3", "yes"), ("5", ""), ("anything else", "")]


def test_of_steps_it_is_told_how_many_put_each_where_it_belongs(make_room: Callable[..., Room]):
    room = make_room(more=TYPED)
    keys = {option.place: option.key for option in room.question("steps").options}
    for places, count in (((1, 2, 3), 3), ((1, 3, 2), 2)):
        for learner in room.learners(count):
            room.answer(learner, "steps", [keys[place] for place in places], 1.0 if places == (1, 2, 3) else 0.0)
    room.keep()
    _, tables = tables_of(room, "steps")
    assert [row[:3] for row in texts(tables["steps"])] == [
        ["1. first", "5", "100 %"],
        ["2. second", "3", "60 %"],
        ["3. third", "3", "60 %"],
    ]
    assert "options" not in tables


def test_a_question_that_left_the_file_keeps_its_figures(room: Room):
    for learner in room.learners(6):
        room.answer(learner, "left", ["0123456789ab"], 1.0)
    room.keep()
    found, tables = tables_of(room, "left")
    assert [(each.name, each.n) for each in found] == [("Version 1", 6)]
    assert texts(tables["options"])[0][:3] == ["an option that is no longer there (0123)", "yes", "6"]
    assert question.versions("one", "never", None) == []

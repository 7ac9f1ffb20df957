import os
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from lessons import reading
from lessons.catalog import check
from lessons.new_lesson import Unchanged, files_of, title_of
from lessons.running import run
from tests.lessons.conftest import Tree


def begin(tree: Tree, slug: str, *arguments: str) -> str:
    out = StringIO()
    call_command("new_lesson", slug, *arguments, root=tree.root, stdout=out)
    return out.getvalue()


def state(tree: Tree) -> dict[str, bytes]:
    """Every file of a tree with its bytes."""
    return {str(path.relative_to(tree.root)): path.read_bytes() for path in tree.root.rglob("*") if path.is_file()}


def test_a_new_lesson_is_in_order_as_it_stands(tree: Tree):
    before = state(tree)
    printed = begin(tree, "choosing-a-queue")
    assert check(tree.root) == ()
    after = state(tree)
    assert set(after) - set(before) == {"choosing-a-queue/learn.md", "choosing-a-queue/quiz.md"}
    assert after["course.toml"] == before["course.toml"].replace(b'"one"]', b'"one", "choosing-a-queue"]')
    assert all(f"made {tree.root / path}" in printed for path in set(after) - set(before))


def test_the_programs_of_a_new_lesson_do_what_its_keys_say(tree: Tree):
    begin(tree, "choosing-a-queue")
    assert list(run(tree.root)) == []


def test_a_new_lesson_shows_each_kind_of_question_that_needs_no_worker(tree: Tree):
    quiz, _ = reading.read(files_of("a", "A")["a/quiz.md"], "a", "quiz.md")
    assert [question.kind for question in quiz.questions] == ["choice", "choice", "number", "text", "order", "output"]
    assert [question.has_several_right for question in quiz.questions[:2]] == [False, True]


def test_the_title_is_that_which_was_given_or_the_slug_in_words(tree: Tree):
    begin(tree, "two", "--title", 'It says "#: {}"')
    begin(tree, "choosing_a-queue")
    lessons = tree.catalog().course.lessons
    assert lessons["two"].title == 'It says "#: {}"'
    assert lessons["choosing_a-queue"].title == "Choosing a queue"
    assert title_of("---") == "---"


@pytest.mark.parametrize(
    ("slug", "arguments", "why"),
    [
        ("one", (), "folder .*one already"),
        ("../two", (), "not “../two”"),
        ("a b", (), "not “a b”"),
        ("x" * 101, (), "1 to 100"),
        ("two", ("--title", " "), "a title is one line of text"),
        ("two", ("--title", "a\nb"), "a title is one line of text"),
        ("old", (), "is retired"),
        ("named", (), "has a lesson “named” already"),
    ],
)
def test_what_cannot_be_made_is_refused_and_nothing_is_touched(tree: Tree, slug, arguments, why):
    tree.write("course.toml", 'title = "A"\nlessons = ["one", "named"]\nretired = ["old"]\n')
    before = state(tree)
    with pytest.raises(CommandError, match=why):
        begin(tree, slug, *arguments)
    assert state(tree) == before
    assert sorted(path.name for path in tree.root.iterdir()) == ["course.toml", "one"]


def test_a_list_that_cannot_be_edited_is_left_and_the_line_to_add_is_told(tree: Tree):
    tree.write("course.toml", "title = 1\n[lessons]\n")
    with pytest.raises(CommandError, match=r'the list needs its name: lessons = \[…, "two"\]'):
        begin(tree, "two")
    assert (tree.root / "course.toml").read_text() == "title = 1\n[lessons]\n"
    assert (tree.root / "two/learn.md").is_file()


def test_without_a_course_file_nothing_is_made(tree: Tree):
    (tree.root / "course.toml").unlink()
    with pytest.raises(CommandError, match=r"course\.toml: No such file"):
        begin(tree, "two")
    assert not (tree.root / "two").exists()


def test_the_course_file_keeps_its_mode_and_a_link_stays_a_link(tree: Tree):
    real = tree.root.parent / "real.toml"
    (tree.root / "course.toml").rename(real)
    (tree.root / "course.toml").symlink_to(real)
    real.chmod(0o640)
    begin(tree, "two")
    assert (tree.root / "course.toml").is_symlink()
    assert b'"two"' in real.read_bytes()
    assert os.stat(real).st_mode & 0o777 == 0o640


@given(st.text(min_size=1, max_size=40))
def test_any_title_is_written_so_that_it_is_read_again_or_refused(title: str):
    try:
        files = files_of("a", title)
    except Unchanged:
        return
    page, problems = reading.read(files["a/learn.md"], "a", "learn.md")
    quiz, more = reading.read(files["a/quiz.md"], "a", "quiz.md")
    assert problems == more == []
    assert page.meta["title"] == quiz.title == title.strip()

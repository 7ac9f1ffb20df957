"""The terminal's commands know what instructors wrote here."""

from io import StringIO

from django.core.management import call_command

from tests.teach.conftest import QUIZ, Content


def checked(**options: object) -> tuple[int, str]:
    out = StringIO()
    try:
        call_command("check_content", stdout=out, **options)
    except SystemExit as ended:
        return int(ended.code or 0), out.getvalue()
    return 0, out.getvalue()


def test_what_was_written_here_is_checked_with_what_was_shipped(content: Content):
    content.own.joinpath("one").mkdir(parents=True)
    content.own.joinpath("one/quiz.md").write_text(QUIZ.replace("{#who-runs}", ""))
    code, printed = checked()
    assert code == 1
    assert f"{content.own}/one/quiz.md:1:" in printed
    assert checked(root=content.shipped)[0] == 0


def test_a_lesson_that_is_begun_is_named_in_the_list_that_counts(content: Content):
    content.own.mkdir()
    content.own.joinpath("course.toml").write_text('title = "Ours"\nlessons = ["one"]\n')
    call_command("new_lesson", "two", stdout=StringIO())
    assert '"two"' in content.own.joinpath("course.toml").read_text()
    assert '"two"' not in content.shipped.joinpath("course.toml").read_text()
    assert checked()[0] == 0

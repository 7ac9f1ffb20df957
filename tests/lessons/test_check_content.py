from io import StringIO

import pytest
from django.core.management import call_command

from tests.lessons.conftest import PAGE, Tree


def run(tree: Tree, *arguments: str) -> tuple[int, str]:
    out = StringIO()
    try:
        call_command("check_content", *arguments, root=tree.root, stdout=out)
    except SystemExit as ended:
        return int(ended.code or 0), out.getvalue()
    return 0, out.getvalue()


def test_content_in_order_exits_with_0(tree: Tree):
    assert run(tree) == (0, "content is in order\n")


def test_every_error_is_printed_at_once_with_file_line_and_column(tree: Tree):
    tree.write("one/why.md", PAGE.replace("minutes: 3", "minutes: soon") + "\n/// nonsense\n///\n")
    tree.write("one/learn.md", "no front matter")
    code, printed = run(tree)
    assert code == 1
    assert f"{tree.root}/one/why.md:5:10: “minutes” must be a whole number\n    minutes: soon\n" in printed
    assert f"{tree.root}/one/why.md:14:5: unknown block “nonsense”" in printed
    assert f"{tree.root}/one/learn.md:1:1: the file must begin with front matter" in printed


def test_what_was_good_before_does_not_hide_what_is_wrong_now(tree: Tree):
    tree.catalog()
    tree.write("one/why.md", "broken")
    assert run(tree)[0] == 1


def test_our_own_content_is_in_order():
    call_command("check_content", "--strict", stdout=StringIO())


@pytest.mark.parametrize("field", ["title", "summary", "framework", "minutes", "impact", "affects"])
def test_a_missing_field_is_named(tree: Tree, field: str):
    kept = "\n".join(row for row in PAGE.split("\n") if not row.startswith(f"{field}:"))
    tree.write("one/why.md", kept)
    assert f"the field “{field}” is missing" in run(tree)[1]

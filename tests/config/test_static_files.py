"""What is left out of the static files as they are sent."""

from pathlib import Path

import pytest
from django.core.files.base import ContentFile

from config.environment import ROOT
from config.static_files import StaticFiles, shortened


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("/* Why. */\na { color: red; }\n", "a{color: red;}"),
        ("a { /* why,\n at length */ color: red; }", "a{color: red;}"),
        ("a::before{content: '/*';}b::after{content: \"*/\";}", None),
        ('a::before{content: "\\"/* no comment */ { ; } ";}', None),
        (
            "@media (a) and\n  (b) {\n  a  b > c, d { e: calc(1px + 2px) f }\n}\n",
            "@media (a) and (b){a b > c, d{e: calc(1px + 2px) f}}",
        ),
        ("/**/a{}/* * / **/b{}", "a{}b{}"),
        ("a{}/* never closed", None),
    ],
)
def test_comments_and_space_of_a_style_sheet_are_not_sent_and_all_else_is(written: str, sent: str | None):
    assert shortened(written) == (written if sent is None else sent)


@pytest.mark.parametrize("path", sorted((ROOT / "static/css").glob("*.css")), ids=lambda path: path.name)
def test_no_comment_of_ours_is_sent_and_every_rule_is(path: Path):
    css = path.read_text()
    assert "/*" not in shortened(css)
    assert shortened(css).count("{") == css.count("{")


def test_all_of_a_style_sheet_is_saved_also_when_it_was_read_before(tmp_path: Path):
    content = ContentFile(b"/* Why. */\na { color: red; }\n")
    content.read()
    StaticFiles(location=tmp_path).save("some.css", content)
    assert (tmp_path / "some.css").read_text() == "a{color: red;}"

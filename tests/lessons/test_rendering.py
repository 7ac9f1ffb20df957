import re

import pytest

from lessons.prose import ProseRenderer, TooDeep
from lessons.rendering import render
from lessons.scanning import scan


def problems(source: str) -> list[tuple[int, str]]:
    return [(problem.line, problem.message) for problem in render(scan(source)[0], "one").problems]


SAMPLE = "/// sample | A\n:lane: hold\n```python\n1\n```\n///\n"


@pytest.mark.parametrize(
    ("source", "line", "words"),
    [
        ("text\n/// tip\n///", 2, "unknown block “tip”"),
        ("/// samples | A\n:colour: red\n///", 2, "unknown option “colour”"),
        (f"/// samples | A\n{SAMPLE}///", 1, "needs 2 “sample” inside, not 1"),
        (SAMPLE, 1, "must stand inside “samples”"),
        ("/// tips\n/// tips\n///\n///", 2, "on its own, not inside “tips”"),
        ("/// claim | A\n:verdict: Perhaps\n:source: x\n///", 2, "must be one of True here"),
        ("/// claim | A\n:verdict: True here\n///", 1, "needs the option :source:"),
        ("/// claim\n:verdict: True here\n:source: x\n///", 1, "needs “/// claim | …”"),
        ("/// tips | A\n///", 1, "takes nothing after a bar"),
        (f"/// samples | A\nprose\n{SAMPLE}{SAMPLE}///", 2, "takes no prose"),
        ("/// comparison | A\n:source: x\nno table\n///", 1, "needs a table"),
    ],
)
def test_a_wrong_block_is_reported_with_its_line(source: str, line: int, words: str):
    found = problems(source)
    assert any(place == line and words in message for place, message in found), found


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        '<a href="data:text/html,x">x</a>',
        '<p hx-get="/learners/fresh/" hx-trigger="load">x</p>',
        '<p data-hx-get="/x">x</p>',
        '<p style="position:fixed">x</p>',
        "<iframe src=/></iframe>",
        "<form action=/learners/fresh/><button>x</button></form>",
        "<meta http-equiv=refresh content=0>",
        "<base href=//elsewhere.example/>",
        "x{: onclick=alert(1) hx-get=/x }",
        "<svg><animate onbegin=alert(1)></svg>",
        '```python {style="color:red" onclick="x"}\n1\n```',
    ],
)
def test_prose_cannot_script_a_readers_page(hostile: str):
    tags = " ".join(re.findall(r"<[^>]*>", ProseRenderer().render(hostile).lower()))
    for trace in ("script", "onerror", "onclick", "onbegin", "data:", "hx-", "style", "frame", "form", "meta", "base"):
        assert trace not in tags


def test_headings_of_two_pieces_never_share_an_id():
    prose = ProseRenderer()
    html = prose.render("## Same") + prose.render("## Same")
    assert 'id="same"' in html
    assert 'id="same-2"' in html


def test_a_heading_in_the_contents_reads_as_written():
    prose = ProseRenderer()
    prose.render("## Q & A with `code`")
    assert prose.headings[0].text == "Q & A with code"


def test_what_is_nested_too_deep_changes_nothing_that_comes_after_it():
    prose, text = ProseRenderer(), "- a\n\n    b\n\n> q\n"
    with pytest.raises(TooDeep):
        prose.render("- " * 3000 + "x")
    assert prose.render(text) == ProseRenderer().render(text)


def test_code_is_coloured_by_classes_not_styles():
    html = ProseRenderer().render("```python\nx = 1\n```")
    assert 'class="highlight"' in html
    assert "style=" not in html


@pytest.mark.parametrize(
    "written",
    [
        '<img src="/demos/blocking/?seconds=9" alt="words">',
        "![words](/demos/blocking/?seconds=9)",
        "![words](https://elsewhere.example.org/pixel.png)",
        '<img alt="words" src="../demos/blocking/?seconds=9">',
        '<img alt="words" src="data:image/svg+xml,x">',
    ],
)
def test_no_picture_makes_a_readers_browser_ask_for_anything_but_a_lessons_file(written: str):
    html = ProseRenderer().render(written)
    assert "src" not in html
    assert "words" in html


def test_a_picture_beside_the_lesson_stays():
    assert 'src="two-processes.svg"' in ProseRenderer().render("![Two](two-processes.svg)")


NAMED = '<div class="table-scroll" role="group" aria-label="Table" tabindex="0">'
INNER = "<table><tbody><tr><td>1</td></tr></tbody></table>"


@pytest.mark.parametrize(
    ("written", "tables"),
    [
        ("| a |\n| - |\n| 1 |", 1),
        ('<table class="x"><tr><td>1</td></tr></table>', 1),
        ("<table\nid='y'><tr><td>1</td></tr></table>", 1),
        ("<table>\n<tr><td>1</td></tr></table>\n\n| a |\n| - |\n| 1 |", 2),
        ('<table class="<table>" title="</table>"><tr><td>1</td></tr></table>', 1),
    ],
)
def test_whatever_makes_a_table_it_scrolls_inside_itself_and_has_a_name(written: str, tables: int):
    html = ProseRenderer().render(written)
    assert html.count(NAMED) == html.count("<table") == html.count("</table></div>") == tables


def test_a_table_in_a_table_scrolls_with_it():
    html = ProseRenderer().render(f"<table><tr><td>{INNER}</td></tr></table>")
    assert html.startswith(f"{NAMED}<table>")
    assert html.endswith("</table></div>")
    assert html.count(NAMED) == 1


@pytest.mark.parametrize("written", ["```python\na\n```", "~~~\na\n~~~", "    a", '<pre class="x">a</pre>'])
def test_whatever_makes_a_block_of_code_the_keyboard_can_scroll_it_and_it_has_a_name(written: str):
    assert '<pre tabindex="0" role="group" aria-label="Code"' in ProseRenderer().render(written)


def test_the_number_of_a_line_stands_with_the_line_and_is_no_text_of_it():
    html = ProseRenderer().render('```python linenums="9"\na = 1\nb = 2\n```')
    assert "<table" not in html
    assert re.findall(r'data-linenos="([ \d]+)"', html) == [" 9 ", "10 "]
    assert re.sub(r"<[^>]+>", "", html) == "a = 1\nb = 2\n"


def test_a_rule_has_no_width_of_its_own():
    assert ProseRenderer().render('<hr width="3000" size="9">') == "<hr>"

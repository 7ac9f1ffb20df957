import pytest
from django.template.loader import render_to_string

from lessons.registry import RenderedBlock, directives
from lessons.rendering import compose, render
from lessons.scanning import scan


def lanes(**options: str) -> str:
    demo = directives["demo"]
    block = RenderedBlock("demo", "a-lesson", "Both", "Both", options, options, "")
    return render_to_string(demo.template, {"block": block, **demo.context(block, {})})


def test_both_lanes_are_forms_that_work_without_javascript():
    html = lanes(seconds="3")
    assert '<form method="get" action="/demos/blocking/"' in html
    assert '<form method="post" action="/demos/celery/"' in html
    assert html.count('name="seconds" value="3"') == 2
    assert "data-run-both hidden>" in html


def test_the_seconds_are_written_as_the_endpoints_take_them():
    assert 'value="3"' in lanes()
    assert 'value="0.5"' in lanes(seconds="0.50")
    assert 'value="10"' in lanes(seconds="1e1")
    assert 'value="0"' in lanes(seconds="0")


def test_an_author_cannot_ask_for_more_than_the_endpoints_take():
    rule = directives["demo"].options["seconds"]
    assert rule.wrong("11")
    assert rule.wrong("many")
    assert not rule.wrong("2.5")


@pytest.mark.parametrize("name", ["timeline", "class"])
def test_the_two_pictures_take_a_title_and_need_none(name: str):
    titled, bare = (
        render(scan(f"/// {name}{bar}\n///\n\n/// definitions\n///")[0], "one", "why")
        for bar in (" | *Both* lanes", "")
    )
    assert (titled.problems, bare.problems) == ((), ())
    assert "<strong><em>Both</em> lanes</strong>" in compose(titled.parts, {})
    assert "figure-title" not in compose(bare.parts, {})

"""Code in fences: coloured, with all of its characters, and as wide as it is written."""

import re

import pytest
from django.utils.html import strip_tags

from lessons.prose import ProseRenderer


def code_in(markdown: str) -> str:
    (found,) = re.findall(r"<code[^>]*>(.*?)</code>", ProseRenderer().render(markdown), re.DOTALL)
    return str(strip_tags(found))


@pytest.mark.parametrize(
    "code",
    ["x = 1\n", "\n\nx = 1\n", "x = 1\n\n\n", "if x:\n\ty = 1\n", "all:\n\tmake\tit\n", "~~~\n````\n~~~~~\n", "\n"],
)
@pytest.mark.parametrize("language", ["python", "text", ""])
def test_every_character_is_shown(code: str, language: str):
    assert code_in(f"``````{language}\n{code}``````") == code


@pytest.mark.parametrize(
    "info", ["python", "python title", 'python title="x"', "python {1,3}", "python,linenos", "c++ x"]
)
def test_what_stands_behind_its_language_is_no_text(info: str):
    html = ProseRenderer().render(f"```{info}\nx = 1\n```")
    assert strip_tags(html).strip() == "x = 1"


def test_python_is_coloured():
    assert '<span class="k">def</span>' in ProseRenderer().render("```python\ndef f(): pass\n```")


def test_lines_can_have_numbers():
    assert "linenos" in ProseRenderer().render('```python linenums="1"\nx = 1\n```')


def test_a_list_may_begin_with_code():
    assert ProseRenderer().render("- ```text\n  x\n  ```\n- b").count("<li>") == 2

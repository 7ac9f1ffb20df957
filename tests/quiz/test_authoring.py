"""What docs/questions.md shows of questions can be asked as it stands there."""

import re
from pathlib import Path

from django.conf import settings

from quiz.reading import read

GUIDE = (Path(settings.BASE_DIR) / "docs/questions.md").read_text()
EXAMPLES = re.findall(r"^````markdown\n(.*?)^````$", GUIDE, re.MULTILINE | re.DOTALL)
PROGRAM = "```python\nimport program\n\n\n# four\n# five\nprogram.run()\n```"


def as_a_file(example: str) -> str:
    """An example with what it leaves out: its heading, or its program."""
    whole = example if example.startswith("##") else f"## Question? {{#q}}\n\n{example}"
    return whole.replace("```python\n…\n```", PROGRAM)


def test_every_example_is_a_question_and_all_kinds_are_shown():
    kinds = set()
    for example in EXAMPLES:
        quiz, problems = read(as_a_file(example), "one")
        assert [problem for problem in problems if not problem.warning] == [], example
        kinds |= {question.kind for question in quiz.questions}
    assert kinds == {"choice", "number", "text", "order", "output", "process"}


def test_the_example_of_settings_can_be_set():
    (front_matter,) = re.findall(
        r"^    (---\n.*?    ---)$", GUIDE.partition("## Settings")[2], re.MULTILINE | re.DOTALL
    )
    ids = [f"## {name}? {{#{name}}}\n\n- [x] a\n- [ ] b\n\n" for name in ("what-is-true", "who-waits", "c", "d", "e")]
    quiz, problems = read(front_matter.replace("\n    ", "\n") + "\n" + "".join(ids), "one")
    assert [problem.message for problem in problems if not problem.warning] == []
    assert (quiz.tries, quiz.pass_mark, quiz.draw) == (2, 70, 5)

"""Whatever keeps a question of a kind from being one is named, with its line and column."""

import pytest

from quiz.reading import read

BEGIN = "## Q {#q}\n"
END = "\n> Hint: h\n\n> **Why:** w\n"
CODE = "```python\nprint(1)\nprint(2)\n```\n"
BOTH = "- [web] a\n  > f\n- [worker] b\n  > f\n"


def found(options: str, *, warnings: bool = False) -> list[str]:
    problems = read(BEGIN + options + END, "one")[1]
    return [
        f"{problem.line}:{problem.column}: {problem.message}" for problem in problems if problem.warning is warnings
    ]


@pytest.mark.parametrize(
    "options",
    [
        "- [~] 3 s ± 10 %\n  > f\n",
        "- [~] 3 s\n  > f\n- [~] 10 min ± 1 min\n- [ ] 3 h\n  > f\n",
        "- [=] broker\n  > f\n- [=] message broker\n",
        "- [1] a\n  > f\n- [2] b\n  > f\n- [3] c\n  > f\n",
        CODE + "- [>]\n  ```text\n  1\n  2\n  ```\n  > f\n",
        CODE + BOTH + "\n> Runs: line 2 in web\n",
        CODE + BOTH + "\n> Runs: line 2 in the worker\n",
    ],
)
def test_a_question_in_order_has_no_problem(options: str):
    assert found(options) == []
    assert found(options, warnings=True) == []


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ("- [~] 3 s\n- [x] b\n", "2:3: the boxes of one question are of one kind, not [~], [x]"),
        ("- [1] a\n- [=] b\n", "2:3: the boxes of one question are of one kind"),
        ("- [~] three\n", "2:7: write a number, its unit and a tolerance, like 3 s ± 10 %"),
        ("- [~] 3 s ± 1 kg\n", "2:7: the tolerance is in kg, which is no s"),
        ("- [~] 3 s\n- [~] 4 kg\n", "3:7: the answer on line 2 has the unit s, and this is something else"),
        ("- [~] 3 s ± 10 %\n- [ ] 3.1 s\n", "3:7: this mistake is within the tolerance of the right answer"),
        ("- [=] a  b\n- [=] A b\n", "3:7: this is the same answer as the one on line 2: case and spacing do not count"),
        (f"- [=] {'a' * 201}\n", "2:7: the answer is longer than what a learner can send"),
        (CODE + f"- [>]\n  ```text\n  {'─' * 800}\n  ```\n", "6:7: the answer is longer than what a learner can send"),
        ("- [=]\n", "2:6: the answer has no text"),
        ("- [1] a\n- [2] b\n", "1:1: a question has 3 to 26 options, not 2"),
        ("- [1] a\n- [1] b\n", "3:4: the place 1 is that of the step on line 2"),
        ("- [1] a\n- [3] b\n", "3:4: the steps have the places 1 to 2, each once, not 3"),
        ("- [>] 1\n", "1:1: a trace needs a block of code in ```python under the question"),
        ("- [web] a\n- [worker] b\n\n> Runs: line 1 in web\n", "1:1: a trace needs a block of code"),
        (CODE + BOTH, "1:1: a trace says which process runs which line (> Runs: line 7 in worker)"),
        (CODE + BOTH + "\n> Runs: line two in web\n", "11:1: a trace says which process runs which line"),
        (CODE + BOTH + "\n> Runs: line 3 in web\n", "11:1: the program has 2 lines, and no line 3"),
        (CODE + BOTH + "\n> Runs: line 2 in both\n", "11:1: no option stands for both, which is the answer"),
        (
            CODE + BOTH + "- [web] c\n\n> Runs: line 2 in web\n",
            "10:4: the process “web” is that of the option",
        ),
        ("- [x] a\n- [ ] b\n\n> Runs: line 2 in web\n", "5:1: only a question whose options are processes"),
    ],
)
def test_what_is_wrong_is_named_with_its_line_and_column(options: str, expected: str):
    assert [problem for problem in found(options) if problem.startswith(expected)], found(options)


@pytest.mark.parametrize("options", ["- [~] 3 s\n", "- [=] a\n", CODE + "- [>] 1\n", "- [1] a\n- [2] b\n- [3] c\n"])
def test_a_missing_explanation_is_a_warning_for_every_kind(options: str):
    assert found(options) == []
    assert any("the option has no feedback" in problem for problem in found(options, warnings=True))


def test_another_way_to_say_the_right_answer_needs_no_feedback_of_its_own():
    assert found("- [=] a\n  > f\n- [=] b\n- [=] c\n", warnings=True) == []

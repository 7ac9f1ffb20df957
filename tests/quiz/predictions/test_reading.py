"""Reading a predictions.md: what is asked, what decides it, and what is wrong by line and column."""

from pathlib import Path

import pytest
from django.conf import settings

from quiz.predictions.reading import read
from tests.quiz.conftest import PREDICTED, predictions_from

PREDICTION = """
> Measured: report-order

- [sooner] a
  > f
- [same] b
  > f
- [later] c
  > f

"""
REASON = """
- [x] a
  > f
- [ ] b
  > f

> **Why:** w

"""
MEASURED = "> Measured: report-order"
GOOD = "## Q {#q}" + PREDICTION + "## R {#r}" + REASON


def problems(source: str, *, warnings: bool = False) -> list[str]:
    found = read(source, "one")[1]
    return [f"{each.line}:{each.column}: {each.message}" for each in found if each.warning is warnings]


def test_a_prediction_is_read_with_what_decides_it_and_its_reason():
    first, second = predictions_from(PREDICTED).asked
    assert (first.id, first.rule.name, first.reason.id) == ("ready", "report-order", "ready-reason")
    assert (second.id, second.rule.name, second.reason.id) == ("inp", "blocking-inp", "inp-reason")
    assert first.question.stem_html == "<p>Stem of the first.</p>"


def test_the_outcomes_stay_in_the_order_of_the_file_and_none_is_right():
    question = predictions_from(PREDICTED).asked[0].question
    assert [option.key for option in question.options] == ["sooner", "same", "later"]
    assert not question.right


def test_the_options_of_a_reason_are_shown_in_a_drawn_order():
    reason = predictions_from(PREDICTED).asked[0].reason
    assert [option.text for option in reason.options] == ["wrong reason", "right reason"]


def test_the_version_changes_with_the_words_and_the_outcomes_and_not_with_the_feedback():
    before = predictions_from(PREDICTED).asked[0].question.version
    for old, new, is_same in (
        ("feedback-ready-sooner", "better feedback", True),
        ("When is it ready?", "When was it ready?", False),
        ("Stem of the first.", "Another stem.", False),
        ("earlier than that", "before that", False),
    ):
        after = predictions_from(PREDICTED.replace(old, new)).asked[0].question.version
        assert (after == before) is is_same


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("", "1:1: there is no prediction"),
        (GOOD.replace("report-order", "nothing"), "2:1: nothing measures “nothing”; known are report-order"),
        (GOOD.replace("> Measured: report-order", ""), "1:1: the prediction does not say what decides it"),
        (GOOD.replace("[same]", "[equal]"), "6:4: the box holds “equal”; “report-order” can come out as sooner"),
        (GOOD.replace("[same]", "[ ]"), "6:4: the box holds “ ”"),
        (GOOD.replace("[same]", "[x]"), "6:4: the box holds “x”"),
        (GOOD.replace("[same]", "[sooner]"), "6:4: the outcome “sooner” is that of the option on line 4"),
        (GOOD.replace("- [same] b\n  > f\n", ""), "1:1: no option stands for same"),
        (GOOD.replace("[same]", "[Same]"), "6:1: an option begins at the left edge: - [outcome]"),
        ("## Q {#q}" + PREDICTION, "1:1: the prediction has no reason"),
        ("## Q {#q}" + PREDICTION + GOOD, "1:1: the prediction has no reason"),
        ("## R {#s}" + REASON + GOOD, "1:1: this is no reason, as no prediction stands before it"),
        (GOOD + "## R {#s}" + REASON, "19:1: this is no reason"),
        (GOOD.replace("[x]", "[ ]"), "11:1: no option is right"),
        (GOOD.replace("- [ ] b", "- [x] b"), "11:1: a reason is a single choice"),
        (GOOD.replace("{#r}", "{#q}"), "11:8: the id “q” is that of the question on line 1"),
        (GOOD.replace(" {#q}", ""), "1:5: the question needs an id"),
        (GOOD.replace("> **Why:** w", "> Hint: h"), "11:1: a reason has one try"),
        (GOOD.replace(MEASURED, f"{MEASURED}\n\n> Hint: h"), "1:1: a prediction has no hint"),
        (GOOD.replace(MEASURED, f"{MEASURED}\n\n> Why: w"), "1:1: a prediction has no why"),
        (GOOD.replace(MEASURED, "> Measured: a\n\n> Measured: b"), "4:1: the question has a second measured"),
        (GOOD.replace("- [same] b", "- [same] a"), "6:7: the option says the same as the one on line 4"),
        ("---\ntitle: x\n---\n" + GOOD, "2:1: unknown field “title”"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_with_its_line_and_column(source: str, expected: str):
    found = problems(source)
    assert any(problem.startswith(expected) for problem in found), found
    assert not read(source, "one")[0].asked


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (GOOD.replace("- [same] b\n  > f\n", "- [same] b\n"), "6:1: the option has no feedback"),
        (GOOD.replace("- [ ] b\n  > f\n", "- [ ] b\n"), "14:1: the option has no feedback"),
        (GOOD.replace("> **Why:** w", ""), "11:1: the question has no why"),
    ],
)
def test_a_missing_explanation_is_a_warning(source: str, expected: str):
    assert problems(source) == []
    assert [problem.startswith(expected) for problem in problems(source, warnings=True)] == [True]


def test_a_quiz_takes_no_outcomes():
    from quiz.reading import read as read_quiz

    found = read_quiz("## Q {#q}\n- [sooner] a\n- [x] b\n- [ ] c\n", "one")[1]
    assert any("text after" in problem.message or "option" in problem.message for problem in found)


def test_the_first_lessons_predictions_are_in_order_and_say_what_they_take_for_the_same():
    text = (Path(settings.BASE_DIR) / "content/defining-tasks/predictions.md").read_text()
    asked, found = read(text, "defining-tasks")
    assert not found
    assert [prediction.rule.name for prediction in asked.asked] == ["report-order", "blocking-inp", "bystander"]
    assert "a tenth of the work" in " ".join(asked.asked[0].question.stem_html.split())
    assert "above 500 ms counts as poor" in " ".join(asked.asked[1].question.stem_html.split())
    for prediction in asked.asked:
        lengths = sorted(len(option.text) for option in prediction.reason.options)
        (right,) = (len(option.text) for option in prediction.reason.options if option.is_right)
        assert right < lengths[-1]

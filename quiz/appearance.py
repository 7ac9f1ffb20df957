"""What is wrong with questions as they are shown: nothing is there to be read, or two options look the same.

What an author typed is looked at in quiz/checking.py. Here it is what became of it: `<b>` and `<i>` are two options
with nothing in them.
"""

from collections.abc import Iterator

from lessons.scanning import Problem
from lessons.shown import Look, folded, is_blank, look
from quiz.kinds import KINDS
from quiz.questions import Option, Question
from quiz.written import WrittenOption, WrittenQuestion

AS_CODE = "what looks like a tag is shown when it is written as code, like `<b>`"


def problems_of_shown(written: WrittenQuestion, question: Question) -> Iterator[Problem]:
    """Everything that is wrong with a question as it was rendered."""
    if is_blank(question.text_html):
        yield Problem(written.line, 3, f"the question shows no text: {AS_CODE}")
    for name, html in (("hint", question.hint_html), ("why", question.why_html)):
        if written.quoted(name) and is_blank(html):
            message = f"the {name} shows no text: {AS_CODE}"
            yield Problem(written.label_lines[name], 1, message, warning=True)
    is_typed = KINDS[question.kind].is_typed  # such options are no Markdown, and have rules of their own
    by_text = {option.text: option for option in question.options}
    options = [(option, by_text[option.text]) for option in written.options]
    for option, shown in options:
        if is_blank(shown.html) and not is_typed:
            yield Problem(option.line, 7, f"the option shows no text: {AS_CODE}")
        if option.feedback and is_blank(shown.feedback_html):
            yield Problem(option.line, 1, f"the feedback shows no text: {AS_CODE}", warning=True)
    if not is_typed:
        yield from _alike([(option, shown) for option, shown in options if not is_blank(shown.html)])


def _alike(options: list[tuple[WrittenOption, Option]]) -> Iterator[Problem]:
    """Options that nobody could tell apart, and those that hardly anybody could."""
    first: dict[str, tuple[int, Look]] = {}
    for option, shown in options:
        looks = look(shown.html)
        # The same words in another case, or the same signs in another font: either would be taken for a slip.
        keys = {folded(shown.html), "".join(sign for sign, _ in looks)}
        same = [first[key] for key in keys if key in first]
        for key in keys:
            first.setdefault(key, (option.line, looks))
        if same:
            line, other = next((each for each in same if each[1] == looks), same[0])
            if looks == other:
                message = f"the option looks the same as the one on line {line}, so nobody can tell them apart"
                yield Problem(option.line, 7, message)
            else:
                message = f"but for case, spacing or markup, this is the option on line {line}"
                yield Problem(option.line, 7, message, warning=True)

"""What a new lesson begins with: two files that are in order as they stand, and show each construct once.

They are a lesson about writing lessons, so that every sentence in them is true until it is replaced: who saves them
as they are shows their learners no "lorem ipsum", and no key that does not hold.
"""

import json

from lessons.course_list import NAME, NoList, Unchanged, bringing_back, retiring, with_lesson, without_lesson
from lessons.reading import SLUG

__all__ = ["NoList", "Unchanged", "bringing_back", "files_of", "retiring", "title_of", "with_lesson", "without_lesson"]

LEARN = """---
title: {title}
summary: One or two sentences that say what somebody can do after this lesson.
framework: Django           # what the lesson uses
minutes: 10                 # how long it takes to read and to try, in minutes
impact: medium              # how much depends on it: low, medium or high
affects: "Affects: background work, responsiveness."
---

<!-- A comment like this one is shown to nobody. Replace every text here; docs/authoring.md knows more blocks. -->

## Begin with a problem

Say in a paragraph what goes wrong, and for whom. A section begins with `##`, one inside it with `###`. Set off
*a new word* where it is explained, and **what is to be kept**. A link says where it leads:
[the Markdown that all of this is written in](https://spec.commonmark.org/).

Name the language of every block of code:

```python
@shared_task
def build_report():
    return slow_service.fetch()
```

<!-- A picture is a file beside this one, and has words for those who do not see it:
`![What it shows](picture.svg)` -->

| A table | has a heading for each column |
| --- | --- |
| and a row | for each thing that is compared |

## Compare two ways

/// samples | The same call, written twice
:caption: Say what to look for.

/// sample | In the request
:lane: hold
```python
build_report()
```
///

/// sample | In the background
:lane: free
```python
build_report.delay()
```
///
///

/// source
Say where each figure and each claim comes from, like this:
[Django's documentation, "Writing views"](https://docs.djangoproject.com/en/stable/topics/http/views/).
///

## Three things to keep

/// tips
- **Say each in one sentence.** Then why it holds.
- **Say what to do.** Not only what to avoid.
- **Say no more than the lesson has shown.**
///

## Check yourself

/// quiz
///
"""

QUIZ = """---
title: {title}
attempts: 2   # tries at each question before the key is shown
pass: 70      # from this share of the points on, in per cent, the quiz is passed
# These questions show each kind once, and are about writing questions. Put yours in their place,
# and give each an id of its own.
---

## When is the hint of a question shown? {{#when-is-the-hint-shown}}

This is a single choice: one box has an x. Prose, code, a picture or a table may stand here, or nothing.

> Hint: It leads to the answer and does not give it away. Who needs it: somebody who has not tried yet?

- [ ] As soon as the question is shown
  > Then it would be part of the question. Feedback says why this is wrong: what was mixed up?
- [x] After a first try that was wrong
  > Yes. Feedback of what is right says why it is.
- [ ] Only when the quiz is over
  > It is too late by then. Make each wrong option a mistake that somebody really makes.

> **Why:** A hint makes the second try worth something. This part is shown to everyone in the end: say
> here what to keep.

## Which of these does a good question have? {{#what-a-good-question-has}}

This is a choice of several: more than one box has an x.

> Hint: Two of them help those who are wrong.

- [x] Feedback for each option
  > Yes. Explained feedback is what teaches.
- [x] Options that are about as long as each other
  > Yes. Otherwise the longest one is taken for the right one.
- [ ] An option that nobody would choose
  > No. It only makes the question longer to read.
- [ ] An option “all of them”
  > No. It is given away by any two of the others that are known to be right.

> **Why:** A question tells apart who has understood when its wrong options are mistakes, and its right one
> does not stand out.

## How many options can a question have at most? {{#most-options}}

This is a number, to be typed. Beside it stands how near is near enough, when that is not exactly: `[~] 3 s ± 10 %`.

> Hint: Each has a letter of the English alphabet.

- [~] 26
  > Yes, A to Z. Three or four are enough.
- [ ] 25
  > Nearly. A mistake that you foresee stands in an empty box: nobody sees it, but those who make it read this.

> **Why:** There are 2 to 26 of them, and a letter for each. Writing more good wrong ones than three is hard.

## What hangs on the id of a question? {{#what-hangs-on-the-id}}

This is a short text, to be typed. Each answer that is accepted stands in a box of its own, and only the first
needs feedback.

> Hint: It is about the answers of many learners.

- [=] its statistics
  > Yes. So an id stays as it is when the question is reworded.
- [=] statistics
- [=] the statistics
- [ ] its text
  > The text can be changed without its id.

> **Why:** Answers are kept under the id. A new question gets a new one, so that its answers are not
> mixed with those of another.

## Put into order what somebody sees who is wrong twice. {{#wrong-twice}}

This is an order: the number in a box is the place of the step. The steps are shown in another order.

> Hint: What would give the answer away if it came earlier?

- [1] The question and its options
  > Nothing else is shown before the first try.
- [2] The hint
  > It comes after the first try, with the feedback of what was wrong.
- [3] The key and the why
  > They come in the end, for everyone.

> **Why:** Each part comes when it helps: the hint before the second try, the key after it.

## What does this program print? {{#what-is-printed}}

This is a trace: `python manage.py check_content --run` runs the program, and compares what it prints with the box.

```python
def build_report():
    return "the report"


print(build_report())
print(type(build_report).__name__)
```

> Hint: One line calls the function, the other one only names it.

- [>]
  ```text
  the report
  function
  ```
  > Yes.
- [ ]
  ```text
  the report
  str
  ```
  > The second line asks for the type of the function itself, and not of what it returns.

> **Why:** A function's name without brackets is the function. A trace may also ask which process runs a
> line: docs/questions.md.
"""


def title_of(slug: str) -> str:
    """A title made of a slug, for an author who has given none: "choosing-a-queue" is "Choosing a queue"."""
    words = " ".join(slug.replace("-", " ").replace("_", " ").split())
    return words[:1].upper() + words[1:] or slug


def files_of(slug: str, title: str) -> dict[str, str]:
    """The files of a new lesson: their texts, by their paths under the root of the content.

    Raises:
        Unchanged: the slug is malformed, or the title is empty or holds what is no text.
    """
    if not SLUG.fullmatch(slug):
        raise Unchanged(f"{NAME}, not “{slug}”")
    if not title.strip() or not title.isprintable():
        raise Unchanged("a title is one line of text")
    quoted = json.dumps(title.strip(), ensure_ascii=False)  # which YAML reads as that very text, whatever is in it
    return {f"{slug}/learn.md": LEARN.format(title=quoted), f"{slug}/quiz.md": QUIZ.format(title=quoted)}

"""A quiz with a question of every kind. Whatever has to be earned says so in a word that stands nowhere else."""

import re

from django.utils.datastructures import MultiValueDict

from quiz.questions import Question

SOURCE = """## One? {#choice}

> Hint: hint-choice

- [ ] wrong choice
  > feedback-choice-1
- [x] right choice
  > feedback-choice-2

> **Why:** why-choice

## Several? {#several}

> Hint: hint-several

- [x] right a
  > feedback-several-1
- [x] right b
  > feedback-several-2
- [ ] wrong a
  > feedback-several-3
- [ ] wrong b
  > feedback-several-4

> **Why:** why-several

## How long? {#number}

> Hint: hint-number

- [~] 41.7 s ± 10 %
  > feedback-number-1
- [ ] 417 s
  > feedback-number-2

> **Why:** why-number

## Which word? {#text}

> Hint: hint-text

- [=] secretword
  > feedback-text-1
- [=] `secret.word()`
- [ ] commonword
  > feedback-text-2

> **Why:** why-text

## Which order? {#order}

> Hint: hint-order

- [1] step one
  > feedback-order-1
- [2] step two
  > feedback-order-2
- [3] step three
  > feedback-order-3

> **Why:** why-order

## What is printed? {#output}

```python
print("".join(["print", "ed-", "secret"]))
print(6 * 7001)
```

> Hint: hint-output

- [>]
  ```text
  printed-secret
  42006
  ```
  > feedback-output-1
- [ ] `42006`
  > feedback-output-2

> **Why:** why-output

## Which process runs line 7? {#process}

```python
from celery import Celery

app = Celery("program", broker="redis://localhost")

@app.task
def report():
    print("working")

if __name__ == "__main__":
    report.delay()
```

> Runs: line 7 in worker

> Hint: hint-process

- [web] the web process
  > feedback-process-1
- [worker] a worker
  > feedback-process-2
- [both] both
  > feedback-process-3

> **Why:** why-process
"""


def only(question: str) -> str:
    """The quiz with this question alone."""
    return next("## " + part for part in SOURCE.split("## ")[1:] if f"{{#{question}}}" in part)


HINTS = set(re.findall(r"hint-[a-z]+", SOURCE))
# The key of each question, as a form sends it, and an answer that is wrong. Positions are found by their text.
RIGHT = {
    "choice": ("option", ["right choice"]),
    "several": ("option", ["right a", "right b"]),
    "number": ("text", ["41,7 s"]),
    "text": ("text", [" SecretWord "]),
    "order": ("step", ["step one", "step two", "step three"]),
    "output": ("text", ["printed-secret \r\n42006\r\n"]),
    "process": ("option", ["a worker"]),
}
WRONG = {
    "choice": ("option", ["wrong choice"]),
    "several": ("option", ["right a", "wrong b"]),
    "number": ("text", ["417"]),
    "text": ("text", ["commonword"]),
    "order": ("step", ["step two", "step one", "step three"]),
    "output": ("text", ["42006"]),
    "process": ("option", ["both"]),
}


def values(question: Question, answers: dict[str, tuple[str, list[str]]]) -> tuple[str, list[str]]:
    """The field and the values with which a form answers a question: RIGHT or WRONG, with positions for options."""
    field, said = answers[question.id]
    if field == "text":
        return field, said
    places = {option.text: str(place) for place, option in enumerate(question.options, 1)}
    return field, [places[text] for text in said]


def form_of(question: Question, answers: dict[str, tuple[str, list[str]]]) -> MultiValueDict[str, str]:
    """The same as a form."""
    field, said = values(question, answers)
    return MultiValueDict({field: said})

"""Fills a site's database with learners of a lesson of ten questions, straight into its tables.

    python -m tests.bench.seeding 200      # so many more learners; prints the cookie of an instructor as JSON

Each answers all ten questions (half of which have had three versions), most predict, run both lanes and the experiment.
"""

import json
import math
import os
import random
import sys
import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

QUESTIONS = 10
LESSON = "defining-tasks"
BEGIN = datetime(2026, 1, 1)  # noqa: DTZ001 - as SQLite has it, in UTC
SPAN = 300 * 24 * 3600.0  # seconds
OPTIONS = ("right", "wrong", "neither", "both")
QUESTION = """## Question {number}? {{#question-number-{number}}}

- [x] right
  > Right.
- [ ] wrong
  > Wrong.
- [ ] neither
  > Wrong.
- [ ] both
  > Wrong.

> **Why:** Because.

"""
COUNTED = ("learners_learner", "quiz_answer", "quiz_prediction", "stopwatch_measurement")


def write_quiz(content: Path, lesson: str = LESSON) -> None:
    """Put the ten questions in the place of a lesson's own."""
    text = "".join(QUESTION.format(number=number) for number in range(1, QUESTIONS + 1))
    (content / lesson / "quiz.md").write_text(text)


def main(learners: int) -> None:
    """Add so many learners, and say who may look at them."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from django.db import connection, transaction

    chance = random.Random(learners)
    rows: dict[str, list[tuple[Any, ...]]] = {table: [] for table in COUNTED}
    for _ in range(learners):
        for table, row in _learner(chance, _versions()):
            rows[table].append(row)
    rows["quiz_answer"].sort(key=lambda row: row[-2])  # as they came in
    with transaction.atomic(), connection.cursor() as cursor:
        for table, columns in COLUMNS.items():
            marks = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", rows[table])
    print(json.dumps({"cookie": _instructor(), "answers": len(rows["quiz_answer"])}))


COLUMNS = {
    "learners_learner": ("key", "since", "time_zone"),
    "quiz_answer": (
        *("lesson", "question", "version", "go", "attempt", "given", "grade", "correct", "created", "learner_id"),
    ),
    "quiz_prediction": (
        *("learner_id", "lesson", "question", "version", "chosen", "created", "changed", "late"),
        *("reason", "reason_version"),
    ),
    "stopwatch_measurement": (
        *("learner_id", "receipt", '"case"', "lesson", "seconds", "figures", "at_most", "knobs", "began", "created"),
    ),
}


def _versions() -> dict[str, Any]:
    from lessons.catalog import course

    files = course().lessons[LESSON].files
    return {"quiz": files["quiz.md"], "predictions": files["predictions.md"]}


def _learner(chance: random.Random, files: dict[str, Any]) -> Iterator[tuple[str, tuple[Any, ...]]]:
    key, ability, begin = uuid.UUID(int=chance.getrandbits(128), version=4).hex, chance.gauss(0, 1), chance.random()
    at = BEGIN + timedelta(seconds=SPAN * begin)
    yield "learners_learner", (key, str(at), "")
    for prediction in files["predictions"].asked:
        chosen = chance.choice(["", *(option.key for option in prediction.question.options)])
        version = prediction.question.version
        yield "quiz_prediction", (key, LESSON, prediction.id, version, chosen, str(at), str(at), False, "", "")
    for case in ("blocking", "celery", "bystanders"):
        if chance.random() < 0.8:
            lesson = "" if case == "bystanders" else LESSON
            run = (key, uuid.uuid4().hex, case, lesson, 3.0, _figures(case, chance))
            yield "stopwatch_measurement", (*run, "[]", "{}", str(at), str(at))
    for place, question in enumerate(files["quiz"].questions):
        at += timedelta(seconds=chance.lognormvariate(3.2, 0.8))
        earlier = place % 2 == 0 and begin < 2 / 3
        version = f"{'first' if begin < 1 / 3 else 'second'}{place:06}"[:12] if earlier else question.version
        is_right = chance.random() < 1 / (1 + math.exp(place / 4 - 1 - ability))
        said = ((1, is_right), *([] if is_right else [(2, chance.random() < ability / 6 + 0.5)]))
        for attempt, right in said:
            option = (
                question.right[0] if right else chance.choice([one for one in question.options if not one.is_right])
            )
            given = json.dumps([option.key])
            yield (
                "quiz_answer",
                (LESSON, question.id, version, 1, attempt, given, float(right), right, str(at), key),
            )
            at += timedelta(seconds=chance.lognormvariate(2.5, 0.8))


def _figures(case: str, chance: random.Random) -> str:
    if case == "bystanders":
        return json.dumps({"view-p95": chance.gauss(2500, 300), "celery-p95": chance.gauss(12, 2)})
    answer = chance.gauss(3010, 8) if case == "blocking" else chance.gauss(45, 12)
    report = chance.gauss(3010, 8) if case == "blocking" else chance.gauss(3300, 150)
    return json.dumps(
        {"click-to-response": abs(answer), "click-to-report": report, "inp": chance.choice([16.0, 24.0, 32.0])}
    )


def _instructor() -> str:
    """The cookie of a new instructor who is signed in."""
    from django.conf import settings
    from django.test import Client

    from learners.models import Account
    from teach.instructors import make_instructor

    account = Account.objects.create(username=f"grace-{uuid.uuid4().hex[:8]}")
    make_instructor(account)
    client = Client()
    client.force_login(account, "django.contrib.auth.backends.ModelBackend")
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


if __name__ == "__main__":
    main(int(sys.argv[1]))

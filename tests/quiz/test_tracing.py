"""The key of a trace is checked by running its program, with a real broker and a real worker where Celery is used."""

import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest
from django.conf import settings

from config.environment import ROOT
from quiz.reading import read
from quiz.tracing import setting
from quiz.tracing.keys import problems
from quiz.tracing.setting import Bounds
from tests.lessons.conftest import PAGE, Tree, tree  # noqa: F401 - a fixture
from tests.lessons.test_check_content import run as check_content
from tests.quiz.every_kind import SOURCE
from tests.running_process import wait_until

TASK = """from celery import Celery
app = Celery("program", broker="redis://localhost", backend="redis://localhost")

@app.task
def double(number):
    if number > 100:
        print("large")
    return 2 * number
"""

CALL = '\n\nif __name__ == "__main__":\n    double.delay(3)\n'


def prints(program: str, output: str) -> str:
    """A question about what a program prints. The key stands on the fourth line from the end."""
    fenced = f"- [>]\n  ```text\n{indented(output)}\n  ```\n  > f\n"
    return f"## What? {{#what}}\n\n```python\n{program}\n```\n\n> Hint: h\n\n{fenced}\n> **Why:** w\n"


def indented(text: str) -> str:
    return "\n".join(f"  {row}" for row in text.split("\n"))


def traced(program: str, line: int, answer: str) -> str:
    """A question about who runs a line of a program, which begins on line 4 of the file. The key stands on line 1."""
    boxes = "".join(f"- [{box}] {box} of them\n  > f\n" for box in ("web", "worker", "both", "none"))
    runs = f"> Runs: line {line} in {answer}\n\n> Hint: h\n\n"
    return f"## Who? {{#who}}\n\n```python\n{program}\n```\n\n{runs}{boxes}\n> **Why:** w\n"


def found(source: str, bounds: Bounds | None = None) -> list[str]:
    quiz, wrong = read(source, "one")
    assert not wrong
    return [f"{problem.line}: {problem.message}" for problem in problems(quiz, bounds or Bounds())]


def test_the_keys_of_the_first_lesson_are_what_comes_out():
    assert found((Path(settings.BASE_DIR) / "content/defining-tasks/quiz.md").read_text()) == []


def test_a_question_of_each_kind_holds_too():
    assert found(SOURCE) == []


def test_what_is_printed_is_compared_as_a_learners_answer_is():
    assert found(prints('print("a  ")\nprint()\nprint("b")\nprint()', "a\n\nb")) == []


def test_a_wrong_output_is_told_with_what_is_printed():
    assert found(prints("print(6 * 7)", "43")) == ["9: the program prints something else: '42'"]


def test_of_a_program_with_a_worker_only_what_itself_prints_counts():
    program = (
        TASK + '\n\nif __name__ == "__main__":\n    print(double.delay(200).get(timeout=10))\n    print(double(4))'
    )
    assert found(prints(program, "400\n8")) == []


@pytest.mark.parametrize(
    "application",
    [
        'Celery("program")',  # Celery's own variable names the broker
        'Celery("program", broker="redis://localhost", task_cls="celery:Task")',
        'Celery("program", config_source={"broker_url": "redis://localhost", "task_default_queue": "reports"})',
    ],
)
def test_an_application_of_any_form_finds_the_broker(application: str):
    program = TASK.replace('Celery("program", broker="redis://localhost", backend="redis://localhost")', application)
    assert found(traced(program + CALL, 8, "worker")) == []


def test_a_task_that_the_worker_knows_by_another_name_is_run_in_none():
    """As where its reader runs it: `__main__` is no name, so there it is `other.double`, and here `program.double`."""
    assert found(traced(TASK.replace('Celery("program"', 'Celery("other"') + CALL, 8, "none")) == []


@pytest.mark.parametrize(
    "program",
    [
        'from celery import shared_task\n@shared_task\ndef f():\n    pass\nif __name__ == "__main__":\n    f.delay()',
        "from celery import Celery\nprint(Celery.__name__)",
        "import celery.exceptions\nprint(1)",
    ],
)
def test_a_program_without_an_application_of_its_own_gets_none(program: str):
    (problem,) = found(prints(program, "x"))
    assert problem.startswith("4: the program cannot be run: it has no Celery application of its own")
    assert 'app = Celery("program")' in problem


def test_a_program_that_only_speaks_of_celery_is_run_alone():
    assert found(prints('print("celery")', "celery")) == []


def test_a_result_backend_is_there_only_when_the_program_names_one():
    program = TASK.replace(', backend="redis://localhost"', "")
    program += '\n\nif __name__ == "__main__":\n    print(double.delay(21).get(timeout=10))'
    (problem,) = found(prints(program, "42"))
    assert problem.startswith("4: the program fails: ")


CALLS = TASK + CALL
RUN_BY = {1: "both", 4: "both", 5: "both", 6: "worker", 7: "none", 8: "worker", 11: "both", 12: "web"}


def questions(keys: Iterable[tuple[int, str]]) -> str:
    """A question about each of these lines of one program, with its key: the program is run once for all of them."""
    return "\n".join(traced(CALLS, line, answer).replace("#who", f"#line-{line}") for line, answer in keys)


def test_a_line_is_run_in_one_process_in_both_or_in_none():
    assert found(questions(RUN_BY.items())) == []


def test_a_wrong_process_is_told_at_the_key():
    wrong = {6: "web", 12: "worker", 5: "none", 7: "both"}
    source = questions(wrong.items())
    keys = [number for number, row in enumerate(source.split("\n"), 1) if row.startswith("> Runs:")]
    assert found(source) == [
        f"{key}: line {line} is run in {RUN_BY[line]}, not in {answer}"
        for key, (line, answer) in zip(keys, wrong.items(), strict=True)
    ]


def test_a_line_behind_a_return_is_run_in_none():
    assert found(traced('def f():\n    return 1\n    print("never")\n\n\nf()', 3, "none")) == []


@pytest.mark.parametrize("line", [3, 5])
def test_nothing_can_be_asked_about_a_line_that_holds_no_code(line: int):
    (problem,) = found(traced("x = 1\nif x:\n    # a remark\n    x = 2\nelse:\n    x = 3", line, "none"))
    assert f"line {line} of the program begins nothing that could be run" in problem


def test_the_worker_is_waited_for_also_when_a_task_sends_another():
    first = "\n\n@app.task\ndef first():\n    return double.apply_async((3,), countdown=0.2).id"
    program = TASK + first + '\n\n\nif __name__ == "__main__":\n    first.delay()'
    assert found(traced(program, 8, "worker")) == []


def test_what_is_sent_to_a_queue_that_no_worker_takes_is_run_in_none():
    program = TASK + '\n\nif __name__ == "__main__":\n    double.apply_async((3,), queue="elsewhere")'
    assert found(traced(program, 8, "none")) == []


def test_a_task_that_fails_is_no_fault_of_the_program():
    program = TASK + '\n\nif __name__ == "__main__":\n    double.delay("x")'
    assert found(traced(program, 6, "worker")) == []


@pytest.mark.parametrize(
    ("program", "reason"),
    [
        ('print("before")\nraise ValueError("no good")', "the program fails: ValueError: no good"),
        ("if True print(1)", "the program fails: SyntaxError: "),
        ("import sys\nsys.exit(3)", "the program fails: a process ended with 3"),
        ("input()", "the program fails: EOFError: "),
        ('while True:\n    print("again")', "the program prints more than 65,536 bytes"),
        ('import sys\nwhile True:\n    sys.stdout.write("a" * 9000)\n', "the program prints more than 65,536 bytes"),
        ('x = b"a" * 2_000_000_000', "the program fails: MemoryError"),
        (
            'from celery import Celery\n\nif __name__ != "__main__":\n    1 / 0',
            "the program cannot be run: ZeroDiv",
        ),
    ],
)
def test_a_program_that_fails_is_told_where_it_begins(program: str, reason: str):
    (problem,) = found(prints(program, "before"))
    assert problem.startswith(f"4: {reason}")


@pytest.mark.parametrize(
    ("program", "what"),
    [
        ("while True:\n    pass", "it had not ended"),
        ("import time\ntime.sleep(60)", "it had not ended"),
        (
            TASK + '\n\nif __name__ == "__main__":\n    double.apply_async((1,), countdown=60)',
            "its Celery worker was not",
        ),
    ],
)
def test_a_program_without_end_is_stopped(program: str, what: str, before_and_after_nothing_runs: None):
    (problem,) = found(prints(program, "x"), Bounds(seconds=6 if "celery" in program else 1))
    assert problem.startswith(f"4: the program was stopped: {what}")


@pytest.fixture
def before_and_after_nothing_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Looks for what was started in the test's own folder for temporary files."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    def listed() -> str:
        return subprocess.run(["ps", "-axo", "args="], capture_output=True, text=True, check=True).stdout

    yield
    wait_until(lambda: str(tmp_path) not in listed(), "whatever was killed has ended", 5)
    assert list(tmp_path.iterdir()) == []


def test_what_a_program_starts_ends_with_it(before_and_after_nothing_runs: None, tmp_path: Path):
    mark = tmp_path / "mark"
    child = f"import time; time.sleep(600); {str(mark)!r}"
    assert (
        found(prints(f"import subprocess, sys\nsubprocess.Popen([sys.executable, '-c', {child!r}])\nprint(1)", "1"))
        == []
    )


def test_a_program_sees_nothing_of_the_site(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SECRET_KEY", "the key of the site")
    monkeypatch.setenv("DATABASE_URL", "postgresql://the-database")
    program = (
        'import os, sys\nprint(any("the" in value for value in os.environ.values()))\n'
        "print(os.path.realpath(os.getcwd()) == os.path.realpath(sys.path[0]))\nimport lessons"
    )
    (problem,) = found(prints(program, "False\nTrue"))
    assert "ModuleNotFoundError: No module named 'lessons'" in problem
    assert found(prints(program.removesuffix("\nimport lessons"), "False\nTrue")) == []


def test_two_questions_about_one_program_run_it_once(monkeypatch: pytest.MonkeyPatch):
    ran: list[str] = []

    def run(program: str, bounds: Bounds) -> setting.Ran:
        ran.append(program)
        return setting.run(program, bounds)

    monkeypatch.setattr("quiz.tracing.keys.run", run)
    first = prints("print(1)", "1")
    assert found(first + "\n" + first.replace("#what", "#again")) == []
    assert len(ran) == 1


def test_the_command_runs_programs_only_when_it_is_told_to(tree: Tree):  # noqa: F811 - the fixture
    tree.write("one/quiz.md", prints("print(6 * 7)", "43"))
    tree.write("one/why.md", PAGE + "\n/// quiz\n///\n")
    assert check_content(tree, "--strict")[0] == 0
    code, said = check_content(tree, "--run")
    assert code == 1
    assert f"{tree.root}/one/quiz.md:9:7: the program prints something else: '42'\n    - [>]\n" in said


def test_a_file_with_an_error_is_not_run(tree: Tree):  # noqa: F811 - the fixture
    tree.write("one/quiz.md", prints("print(6 * 7)", "43") + "\nnowhere\n")
    code, said = check_content(tree, "--run")
    assert code == 1
    assert "something else" not in said


SERVING = """
import sys
import django
from django.core.management import call_command
from django.test import Client
from django.urls import get_resolver
django.setup()
call_command("migrate", verbosity=0)  # what serves makes no database
import config.celery, config.wsgi
config.celery.app.loader.import_default_modules()  # as a worker does
assert get_resolver().reverse_dict  # every view there is
client = Client(headers={"host": "127.0.0.1"})
assert client.get("/lessons/defining-tasks/performance/").status_code == 200
current = client.get("/quiz/defining-tasks/").json()["current"]
form = {name: current[name] for name in ("question", "version", "go", "attempt")}
assert client.post("/quiz/defining-tasks/answer/", {**form, "option": "1"}).status_code == 200
assert [name for name in sys.modules if name.startswith("quiz.tracing")] == [], "content may be run"
assert "quiz.views" in sys.modules
"""


def test_what_serves_readers_cannot_run_content(tmp_path: Path):
    environ = {"DATA_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "tests.settings", "PATH": "/usr/bin:/bin"}
    done = subprocess.run(
        [sys.executable, "-c", SERVING], cwd=ROOT, env=environ, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr

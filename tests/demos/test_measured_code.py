import re
from importlib.metadata import version
from pathlib import Path

import pytest
from django.conf import settings

from stopwatch.registry import Case, cases


@pytest.mark.parametrize("case", cases.values(), ids=list(cases))
def test_every_name_of_measured_code_is_that_of_a_file_and_every_package_is_installed(case: Case):
    root = Path(settings.BASE_DIR)
    assert [pattern for pattern in case.code if not list(root.glob(pattern))] == []
    assert all(version(name) for name in case.packages)


EXPERIMENTS = sorted(path.parent for path in Path(settings.BASE_DIR).glob("demos/experiments/*/case.py"))


@pytest.mark.parametrize("folder", EXPERIMENTS, ids=lambda folder: folder.name)
def test_an_experiment_names_no_other_one(folder: Path):
    # Whoever copies a folder may leave a name behind: another one's code would run, or its figures be shown. A name may
    # be a word that others use, so it is looked for as a module, in paths, and where text in quotes or brackets begins.
    others = "|".join(other.name for other in EXPERIMENTS if other != folder)
    pattern = re.compile(rf"(?:experiments[./]|import |[\"'/]|\[\[)({others})\b")
    named = {
        str(path.relative_to(folder)): found[0]
        for path in folder.rglob("*.*")
        if path.suffix in (".py", ".html") and (found := pattern.search(path.read_text()))
    }
    assert EXPERIMENTS
    assert named == {}
    titles = [case.title for case in cases.values()]
    assert titles.count(cases[folder.name].title) == 1

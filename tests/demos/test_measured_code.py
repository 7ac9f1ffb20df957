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

from pathlib import Path

from django.conf import settings

from demos.apps import MEASURED


def test_every_name_of_measured_code_is_that_of_a_file():
    root = Path(settings.BASE_DIR)
    assert [pattern for pattern in MEASURED if not list(root.glob(pattern))] == []

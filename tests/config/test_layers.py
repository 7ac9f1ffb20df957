"""The contract in pyproject.toml: imports point one way."""

import pytest
from importlinter.application.use_cases import lint_imports
from importlinter.configuration import configure

from config.environment import ROOT


def test_imports_point_one_way(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(ROOT)
    configure()
    assert lint_imports(config_filename="pyproject.toml", cache_dir=None), capsys.readouterr().out

"""What an earlier version's broker left in DATA_DIR is removed and told of, and nothing else is."""

from pathlib import Path

import pytest

from config.run import former_data


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """As a Valkey leaves it that was killed while it wrote its file anew."""
    folder = tmp_path / "valkey"
    (folder / "appendonlydir").mkdir(parents=True)
    for name in ("appendonly.aof.1.base.rdb", "appendonly.aof.1.incr.aof", "appendonly.aof.manifest"):
        (folder / "appendonlydir" / name).write_bytes(b"\0" * 4096)
    (folder / "dump.rdb").write_text("REDIS")
    (folder / "temp-rewriteaof-12.aof").write_text("")
    return folder


def test_it_is_removed_and_told_of_once(tmp_path: Path, folder: Path):
    (line,) = former_data.remove(tmp_path)
    assert f"{folder} was removed: an earlier version" in line
    assert not folder.exists()
    assert former_data.remove(tmp_path) == []


def test_what_is_somebody_elses_stays(tmp_path: Path, folder: Path):
    (folder / "appendonlydir" / "notes").write_text("mine")
    (line,) = former_data.remove(tmp_path)
    assert "but for what is not the broker's" in line
    assert [path.name for path in folder.rglob("*")] == ["appendonlydir", "notes"]


def test_what_cannot_be_removed_is_told_of_and_keeps_nothing_from_starting(tmp_path: Path, folder: Path):
    (folder / "dump.rdb").unlink()
    (folder / "dump.rdb").mkdir()  # which cannot be removed as a file, by root neither
    (line,) = former_data.remove(tmp_path)
    assert f"{folder} is of an earlier version, of no use now, and cannot be removed: " in line

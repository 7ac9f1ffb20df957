"""The file of a backup: what is whole comes back, and everything else is refused before anything is written."""

import stat
import zipfile
from pathlib import Path

import pytest

from config.backup.archive import Manifest, NoBackup, put_manifest, reading, writing
from config.environment import WrongSetting

ENTRIES = {"database.sqlite3": b"rows " * 1000, "secret-key": b"k" * 50, "content/a-lesson/quiz.md": b"## Why?"}


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "good.zip"
    with writing(path) as archive:
        for name, data in ENTRIES.items():
            archive.writestr(name, data)
        made = "2026-01-01T00:00:00+00:00"
        put_manifest(archive, Manifest("sqlite", made, [("quiz", "0001_answers")], {}, {}, list(ENTRIES)))
    return path


def refusal(path: Path) -> str:
    with pytest.raises(NoBackup) as refused, reading(path):
        pass
    return str(refused.value)


def changed(good: Path, entries: dict[str, bytes]) -> Path:
    """The same backup with other entries."""
    to = good.with_name("changed.zip")
    with zipfile.ZipFile(good) as old, zipfile.ZipFile(to, "w") as new:
        for name in dict.fromkeys([*old.namelist(), *entries]):
            new.writestr(name, entries[name] if name in entries else old.read(name))
    return to


def test_what_was_written_comes_back_and_only_its_owner_can_read_it(good):
    assert stat.S_IMODE(good.stat().st_mode) == 0o600
    with reading(good) as (archive, found):
        assert found.migrations == [("quiz", "0001_answers")]
        assert {name: archive.read(name) for name in found.entries} == ENTRIES


def test_one_that_was_cut_short_is_none(good):
    good.write_bytes(good.read_bytes()[:-10])
    assert "or only the beginning of one" in refusal(good)


def test_no_wrong_byte_comes_back_as_something_that_was_kept(good):
    whole = good.read_bytes()
    refused = 0
    for place in range(0, len(whole), 3):
        good.write_bytes(whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])
        try:
            with reading(good) as (archive, found):  # a byte that means nothing, like the time of an entry
                assert {name: archive.read(name) for name in found.entries} == ENTRIES, place
        except NoBackup:
            refused += 1
    assert refused > len(whole) / 3 / 2


def test_what_is_something_else_is_refused_in_words(good, tmp_path):
    assert "cannot be read: No such file" in refusal(tmp_path / "missing")
    (tmp_path / "text").write_text("no archive")
    assert "is no backup of Offload" in refusal(tmp_path / "text")
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as archive:
        archive.writestr("holiday.txt", "sun")
    assert "it has no offload-backup.json" in refusal(tmp_path / "other.zip")


@pytest.mark.parametrize(
    "name",
    ["content/../../escaped", "/etc/passwd", "../x", "content/./x", "static/app.js", "content\\x", "tables/../x"],
)
def test_a_name_that_leads_elsewhere_is_refused(good, name):
    assert "does not belong to it" in refusal(changed(good, {name: b"x"}))


def test_what_was_added_is_refused(good):
    assert "was changed since it was made" in refusal(changed(good, {"content/b.md": b"x"}))


@pytest.mark.parametrize("manifest", [b"", b"[]", b"{}", b'{"format": 1}', b"\xff"])
def test_one_that_does_not_say_what_it_is_is_refused(good, manifest):
    assert "does not say what it is" in refusal(changed(good, {"offload-backup.json": manifest}))


def test_one_of_another_format_says_so(good):
    assert "its format is 2" in refusal(changed(good, {"offload-backup.json": b'{"format": 2}'}))


def test_nothing_is_written_over_and_nothing_half_written_stays(good):
    with pytest.raises(WrongSetting, match="there already"), writing(good):
        pass
    with pytest.raises(TypeError), writing(good.with_name("half.zip")) as archive:
        archive.writestr("secret-key", None)  # type: ignore[arg-type]  # which fails half way
    assert [path.name for path in good.parent.iterdir()] == ["good.zip"]

"""What a start prepares: static files are collected once, and again when one of them changed."""

import pytest

from config.environment import WrongSetting
from config.run import preparation, static_mark


@pytest.fixture
def static_root(tmp_path, settings):
    settings.STATIC_ROOT = tmp_path / "collected"
    settings.STATICFILES_DIRS = [tmp_path / "source"]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "a.css").write_text("a {}")
    return settings.STATIC_ROOT


def test_static_files_are_collected_once_and_again_when_one_changed(static_root, tmp_path):
    preparation.collect_static()
    collected = static_root / "a.css"
    assert collected.read_text() == "a {}"

    collected.unlink()
    preparation.collect_static()
    assert not collected.exists()  # nothing changed, so nothing was done

    (tmp_path / "source" / "a.css").write_text("a { color: red }")
    preparation.collect_static()
    assert collected.read_text() == "a { color: red }"


@pytest.mark.parametrize("left", [None, b"", b"{", b"\xff"])
def test_static_files_whose_list_is_damaged_or_gone_are_collected_again(static_root, settings, left):
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": "config.static_files.StaticFiles"}}
    preparation.collect_static()
    listed = static_root / static_mark.MANIFEST
    whole = listed.read_bytes()
    listed.write_bytes(left) if left is not None else listed.unlink()
    preparation.collect_static()
    assert listed.read_bytes() == whole


def test_a_mark_that_cannot_be_read_is_none(static_root):
    preparation.collect_static()
    (static_root / ".collected-from").write_bytes(b"\xff")
    (static_root / "a.css").unlink()
    preparation.collect_static()
    assert (static_root / "a.css").exists()


def test_a_collection_that_was_cut_short_is_repeated(static_root, monkeypatch):
    def cut_short(*_args, **_options):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(preparation, "call_command", cut_short)
        with pytest.raises(KeyboardInterrupt):
            preparation.collect_static()
    preparation.collect_static()
    assert (static_root / "a.css").exists()


def test_a_folder_that_cannot_be_written_is_a_wrong_setting(static_root):
    static_root.write_text("a file in the way")
    with pytest.raises(WrongSetting, match="DATA_DIR"):
        preparation.collect_static()

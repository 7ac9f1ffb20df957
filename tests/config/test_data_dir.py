"""The key that signs cookies, and where the embedded broker listens."""

import threading
from pathlib import Path

import pytest

from config import data_dir
from config.environment import WrongSetting
from tests.no_room import no_room


def test_the_secret_key_is_made_once_and_readable_by_its_owner_alone(tmp_path):
    key = data_dir.secret_key(tmp_path / "data", "")
    assert len(key) >= 50
    assert data_dir.secret_key(tmp_path / "data", "") == key
    assert (tmp_path / "data" / "secret-key").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("kept", [b"", b"short", b"\xff" * 50, b" " * 50])
def test_a_kept_key_that_is_none_is_said_in_one_line(tmp_path, kept):
    (tmp_path / "secret-key").write_bytes(kept)
    with pytest.raises(WrongSetting, match="secret-key is no key") as caught:
        data_dir.secret_key(tmp_path, "")
    assert "\n" not in str(caught.value)


def test_a_given_secret_key_is_used_and_not_kept(tmp_path):
    assert data_dir.secret_key(tmp_path / "data", "given") == "given"
    assert not (tmp_path / "data").exists()


def test_processes_that_start_at_once_agree_on_the_secret_key(tmp_path):
    keys: list[str] = []
    threads = [threading.Thread(target=lambda: keys.append(data_dir.secret_key(tmp_path, ""))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(keys) == 8
    assert len(set(keys)) == 1


def test_a_data_dir_that_cannot_be_written_is_a_wrong_setting(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(WrongSetting, match="DATA_DIR"):
        data_dir.secret_key(tmp_path / "file" / "data", "")


def test_a_full_disk_is_a_wrong_setting_and_leaves_no_half_key(tmp_path):
    with no_room(), pytest.raises(WrongSetting, match="DATA_DIR"):
        data_dir.secret_key(tmp_path, "")
    assert list(tmp_path.iterdir()) == []


def test_the_brokers_socket_is_in_the_data_dir_unless_that_is_too_long(tmp_path):
    assert data_dir.valkey_socket(Path("/srv/offload")) == Path("/srv/offload/valkey.sock")
    long = data_dir.valkey_socket(tmp_path / ("x" * 100))
    assert len(str(long)) < 108
    assert long != data_dir.valkey_socket(tmp_path / ("y" * 100))

import os
from pathlib import Path

import pytest

from frontdoor.mapped_files import reserve
from tests.no_room import no_room

SIZE = 256 * 1024


def test_a_file_has_its_room_on_the_disk_before_it_is_used(tmp_path: Path):
    with (tmp_path / "counts").open("w+b") as file:
        reserve(file.fileno(), SIZE)

        status = os.fstat(file.fileno())

    assert status.st_size == SIZE
    assert status.st_blocks * 512 >= SIZE, "it has holes, and to fill one on a full disk would end the process"


def test_what_is_in_a_file_stays(tmp_path: Path):
    (tmp_path / "counts").write_bytes(b"12")

    with (tmp_path / "counts").open("r+b") as file:
        reserve(file.fileno(), 8)

    assert (tmp_path / "counts").read_bytes() == b"12" + bytes(6)


def test_without_room_that_is_said_at_once(tmp_path: Path):
    with (tmp_path / "counts").open("w+b") as file, no_room(), pytest.raises(OSError, match="too large"):
        reserve(file.fileno(), SIZE)

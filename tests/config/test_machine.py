"""How many web processes suit a machine: by its cores and its memory, and by what a container is given of them."""

from pathlib import Path

import pytest

from config import machine

GB = 1024**3


def given(cgroup: Path, cores: str, memory: object) -> Path:
    (cgroup / "cpu.max").write_text(f"{cores}\n")
    (cgroup / "memory.max").write_text(f"{memory}\n")
    return cgroup


@pytest.fixture(autouse=True)
def large_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.sched_getaffinity", lambda _: set(range(32)), raising=False)
    monkeypatch.setattr("os.sysconf", {"SC_PHYS_PAGES": 16 * GB // 4096, "SC_PAGE_SIZE": 4096}.__getitem__)


@pytest.mark.parametrize(
    ("cores", "memory", "processes"),
    [
        ("max 100000", "max", 8),
        ("200000 100000", "max", 2),
        ("150000 100000", 4 * GB, 1),
        ("50000 100000", "max", 1),
        ("400000 100000", GB, 2),
        ("400000 100000", GB // 4, 1),
    ],
)
def test_there_is_a_process_for_each_core_as_far_as_memory_goes(
    tmp_path: Path, cores: str, memory: object, processes: int
):
    assert machine.web_processes(given(tmp_path, cores, memory)) == processes


def test_the_first_version_of_containers_is_asked_too(tmp_path: Path):
    for name, said in (("cpu/cpu.cfs_quota_us", 200000), ("cpu/cpu.cfs_period_us", 100000)):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(f"{said}\n")
    (tmp_path / "memory").mkdir()
    (tmp_path / "memory/memory.limit_in_bytes").write_text(f"{GB}\n")
    assert (machine.cores(tmp_path), machine.memory(tmp_path)) == (2, GB)


def test_without_a_container_the_machine_itself_counts(tmp_path: Path):
    assert (machine.cores(tmp_path), machine.memory(tmp_path)) == (32, 16 * GB)

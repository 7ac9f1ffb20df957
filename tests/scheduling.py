"""Which process gets which tests: those of one group go to one process, which starts what they share once.

pytest-xdist has groups of its own (`--dist loadgroup`), which name them in a node's id; with this pytest they come to
nothing. So the processes that collect the tests leave the groups in a file, and whoever gives out the tests reads it.
"""

import json
import os
from collections.abc import Sequence
from pathlib import Path

import pytest
from xdist.scheduler import LoadScheduling
from xdist.workermanage import WorkerController


def is_alone(item: pytest.Item) -> bool:
    return item.get_closest_marker("alone") is not None


def group_of(item: pytest.Item) -> str | None:
    """The group of a test: `pytest.mark.xdist_group("public")`, or that of all who want to be alone."""
    if is_alone(item):
        return "alone"
    mark = item.get_closest_marker("xdist_group")
    return str(mark.args[0]) if mark else None


def write_groups(folder: Path, items: Sequence[pytest.Item]) -> None:
    """Leave the groups in a folder. Every process that shares the tests writes the same, and none reads half of it."""
    groups = {item.nodeid: group for item in items if (group := group_of(item))}
    own = folder / f"groups.{os.getpid()}"
    own.write_text(json.dumps(groups))
    own.replace(folder / "groups.json")


class GroupScheduling(LoadScheduling):  # type: ignore[misc]  # xdist ships no types
    """Gives out tests in their order, as soon as a process needs more, and a group of them at once."""

    groups: dict[str, str] | None = None

    def group(self, index: int) -> str | None:
        """The group of a test by its place among those that were collected."""
        if self.groups is None:
            folder = self.config._tmp_path_factory.getbasetemp()  # of which every process has a folder
            self.groups = json.loads((folder / "groups.json").read_text())
        assert self.collection is not None
        return self.groups.get(self.collection[index])

    def _send_tests(self, node: WorkerController, num: int) -> None:
        while 0 < num < len(self.pending) and self.belong_together(*self.pending[num - 1 : num + 1]):
            num += 1
        super()._send_tests(node, num)

    def belong_together(self, one: int, other: int) -> bool:
        return self.group(one) is not None and self.group(one) == self.group(other)

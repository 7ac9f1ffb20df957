"""Digests of what is measured: a recorded run carries that of its case, and is stale when the case has another one."""

import hashlib
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from django.conf import settings

from stopwatch.registry import Case


def digest_of(case: Case) -> str:
    """Stands for the code of a case and the packages that it runs on, as they are now: 16 hex digits."""
    found = hashlib.sha256()
    root = Path(settings.BASE_DIR)
    for path in sorted({path for pattern in case.code for path in root.glob(pattern)}):
        found.update(f"{path.relative_to(root)}\0".encode() + path.read_bytes() + b"\0")
    for package in sorted(case.packages):
        found.update(f"{package}=={_version(package)}\0".encode())
    return found.hexdigest()[:16]


@cache
def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "none"

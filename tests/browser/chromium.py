"""Finds the browser for the tests: `python -m tests.browser.chromium` prints its path, or ends with 1."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
ON_MACOS = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)

# The tests talk to this machine alone; the browser's own errands would only meet a closed network.
ARGUMENTS = [
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
    # Names as a class has them: only this machine's own names are as good as https to a browser.
    "--host-resolver-rules=MAP *.test 127.0.0.1",
]
if os.geteuid() == 0:
    ARGUMENTS.append("--no-sandbox")  # Chromium refuses to run as root with it


def find() -> str | None:
    """The path of a Chromium that runs: $CHROMIUM alone when that is set, else one on PATH, else Playwright's own."""
    if given := os.environ.get("CHROMIUM"):
        return given if _runs(given) else None
    candidates = [found for name in NAMES if (found := shutil.which(name))]
    candidates += [path for path in ON_MACOS if Path(path).exists()]
    for candidate in candidates:
        if _runs(candidate):
            return candidate
    own = _playwrights_own()
    return own if _runs(own) else None


def _playwrights_own() -> str:
    from playwright.sync_api import sync_playwright  # only when there is no other: it starts a driver

    with sync_playwright() as playwright:
        return playwright.chromium.executable_path


def _runs(path: str) -> bool:
    """Whether it is there with all the libraries that it needs."""
    try:
        return subprocess.run([path, "--version"], capture_output=True, timeout=30, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


if __name__ == "__main__":
    found = find()
    if not found:
        sys.exit(1)
    sys.stdout.write(f"{found}\n")

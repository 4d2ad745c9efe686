"""Debian's Chromium, found or installed: `python -m tests.chromium` before the tests."""

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
FLAGS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
MISSING = (
    "No Chromium: install it (on Debian: apt install chromium), or name one in $TEST_CHROMIUM. No test is skipped."
)


def found() -> str | None:
    return os.environ.get("TEST_CHROMIUM") or next((place for name in NAMES if (place := shutil.which(name))), None)


def install() -> None:
    """With Debian's package manager; quiet unless it fails."""
    print("Installing Chromium ...", flush=True)
    settings = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for words in (["update"], ["-y", "install", "--no-install-recommends", "chromium"]):
        done = subprocess.run(["apt-get", "-qq", *words], env=settings, capture_output=True, text=True)
        if done.returncode:
            sys.exit(f"{MISSING}\n{done.stdout}{done.stderr}")


if __name__ == "__main__":
    if found() is None:
        if os.geteuid() != 0 or shutil.which("apt-get") is None:
            sys.exit(MISSING)
        install()

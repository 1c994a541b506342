"""Finds the Chromium that the browser tests drive, and gets one when there is none."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
HELP = (
    "The browser tests need Chromium, and it could not be installed here: "
    "install it (Debian: apt install chromium), or name one in CHROME_PATH."
)


def find_browser() -> str | None:
    """The path of an installed Chromium or Chrome: CHROME_PATH, the PATH, or Playwright's own."""
    named = os.environ.get("CHROME_PATH")
    if named:
        return named
    on_path = next(filter(None, map(shutil.which, NAMES)), None)
    return on_path or find_playwrights_own()


def find_playwrights_own() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def install_browser() -> None:
    """Debian's when we may, else Playwright's own."""
    if os.geteuid() == 0 and shutil.which("apt-get"):
        run("apt-get", "update", "--quiet=2")
        run("apt-get", "install", "--yes", "--quiet=2", "--no-install-recommends", "chromium")
    if find_browser() is None:
        run(sys.executable, "-m", "playwright", "install", "chromium")


def run(*command: str) -> None:
    subprocess.run(command, check=False, env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"})


def main() -> int:
    if find_browser() is None:
        print("There is no Chromium for the browser tests; installing one ...")
        install_browser()
    if find_browser() is None:
        print(HELP, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

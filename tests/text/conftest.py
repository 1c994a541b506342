"""The real browser for the tests of rendered text."""

import os
from typing import Any

import pytest

from tests.setup.browser import find_browser

# Chromium by itself asks its maker's servers for news; these tests allow no request at all.
FLAGS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--no-first-run",
    "--disable-dev-shm-usage",
]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Start the installed Chromium; as root it has to do without its sandbox."""
    flags = [*FLAGS, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    return {**browser_type_launch_args, "executable_path": find_browser(), "args": flags}

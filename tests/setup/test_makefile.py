"""`make`: finds a Python that fits, or says in one sentence what is missing."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.setup.places import ROOT

NAMES = ("python3", "python3.12", "python3.13", "python3.14", "python")
TOOLS = ("sh", "make", "sed", "touch", "echo")
OLD = """#!/bin/sh
case "$1" in --version) echo "Python 3.9.2";; *) exit 1;; esac
"""
WITHOUT_VENV = """#!/bin/sh
case "$2" in *version_info*) exit 0;; *) exit 1;; esac
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """The Makefile and the locks, and a PATH with nothing but what make needs."""
    for name in ("Makefile", "requirements.lock", "requirements-embedded.lock"):
        shutil.copy(ROOT / name, tmp_path / name)
    (tmp_path / "bin").mkdir()
    for tool in TOOLS:
        found = shutil.which(tool)
        assert found, f"{tool} is missing"
        (tmp_path / "bin" / tool).symlink_to(found)
    return tmp_path


def make(checkout: Path, python: str) -> "subprocess.CompletedProcess[str]":
    for name in NAMES:
        (checkout / "bin" / name).write_text(python)
        (checkout / "bin" / name).chmod(0o755)
    return subprocess.run(
        ["make", "run"],
        cwd=checkout,
        env={"PATH": str(checkout / "bin"), "HOME": str(checkout)},
        check=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def test_a_python_that_is_too_old_is_one_sentence(checkout: Path) -> None:
    done = make(checkout, OLD)
    sentence, make_says = done.stdout.strip().splitlines()
    assert done.returncode != 0
    assert sentence == (
        "reviewapp needs Python 3.12 or newer, and what was found is Python 3.9.2: "
        "install one, or put uv on the PATH."
    )
    assert make_says.startswith("make: ***")
    assert not (checkout / ".venv").exists()


def test_a_python_without_its_venv_module_is_one_sentence(checkout: Path) -> None:
    done = make(checkout, WITHOUT_VENV)
    assert done.returncode != 0
    assert done.stdout.startswith(
        "python3 lacks its venv module. On Debian and Ubuntu: apt install python3-venv\n"
    )


def test_continuous_integration_runs_make_test_and_nothing_else() -> None:
    script = (ROOT / ".ci" / "run").read_text()
    commands = [line for line in script.splitlines() if line and not line.startswith("#")]
    assert commands == ["set -eu", 'cd "$(dirname "$0")/.."', "exec make test"]
    assert os.access(ROOT / ".ci" / "run", os.X_OK)


def test_the_locks_name_no_host_and_no_folder() -> None:
    for lock in ROOT.glob("requirements*.lock"):
        text = lock.read_text()
        assert "://" not in text
        assert "--find-links" not in text.replace("--no-emit-find-links", "")
        assert "--hash=sha256:" in text

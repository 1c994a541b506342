"""Production settings: nothing secret has a default, and Django's own check finds no fault."""

import os
import subprocess
import sys

import pytest

from tests.setup.databases import fresh_database
from tests.setup.places import ROOT

COMPLETE = {
    "DATABASE_URL": "postgres://reviewapp:not-used@127.0.0.1:1/reviewapp",
    "SECRET_KEY": "k3y" * 25 + "!Ab-cdefghijklmnopqrstuvwxyz",
    "SITE_URL": "https://papers.example.org",
    "MAIL_URL": "smtp://user:password@mail.example.org:587?tls=1",
    "BEHIND_PROXY": "yes",
}
SETTING_NAMES = {*COMPLETE, "DEBUG", "ALLOWED_HOSTS", "MAIL_FROM", "VAR_DIR"}
SETTING_NAMES |= {"DJANGO_ALLOW_ASYNC_UNSAFE"}  # the browser tests', which deployment forbids


def check_deploy(**settings: str) -> "subprocess.CompletedProcess[str]":
    kept = {name: value for name, value in os.environ.items() if name not in SETTING_NAMES}
    return subprocess.run(
        [sys.executable, "-W", "error", "manage.py", "check", "--deploy", "--fail-level=INFO"],
        cwd=ROOT,
        env=kept | settings,
        check=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def test_check_deploy_has_no_warning() -> None:
    with fresh_database() as url:
        done = check_deploy(**(COMPLETE | {"DATABASE_URL": url}))
    assert done.stdout == "System check identified no issues (0 silenced).\n"


@pytest.mark.parametrize("name", ["SECRET_KEY", "MAIL_URL"])
def test_what_is_secret_has_no_default_and_its_absence_is_one_sentence(name: str) -> None:
    done = check_deploy(**(COMPLETE | {name: ""}))
    assert done.returncode == 1
    assert done.stdout.startswith(f"{name} is not set")
    assert done.stdout.count("\n") == 1


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "mysql://somewhere/else"),
        ("DATABASE_URL", "postgres://127.0.0.1"),
        ("SITE_URL", "papers.example.org"),
        ("MAIL_URL", "mail.example.org"),
        ("DEBUG", "maybe"),
    ],
)
def test_a_wrong_value_stops_the_start_with_one_sentence(name: str, value: str) -> None:
    done = check_deploy(**(COMPLETE | {name: value}))
    assert done.returncode == 1
    assert done.stdout.startswith(name)
    assert done.stdout.count("\n") == 1

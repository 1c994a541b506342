"""The Compose file fits the specification, and its very commands run against a real server."""

import os
import re
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.setup.databases import fresh_database
from tests.setup.places import ROOT, wait_for
from tests.setup.test_production import COMPLETE, SETTING_NAMES
from tests.setup.test_run import free_port
from tests.waiting import PATIENCE

pytestmark = [pytest.mark.xdist_group("setup"), pytest.mark.slow]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
PORT = free_port()


@pytest.fixture(scope="module")
def environment(static_root: Path) -> Iterator[dict[str, str]]:
    """What the containers would see, with our database, port and folder of static files."""
    kept = {name: value for name, value in os.environ.items() if name not in SETTING_NAMES}
    with fresh_database() as url:
        known = kept | COMPLETE | {"DATABASE_URL": url, "STATIC_ROOT": str(static_root)}
        known |= {
            "HOST": "127.0.0.1",
            "PORT": str(PORT),
            "WEB_PROCESSES": "1",
            "PYTHONWARNINGS": "error",
        }
        known |= {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
        yield known


def run(command: list[str], environment: dict[str, str]) -> str:
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=environment,
        check=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert done.returncode == 0, done.stdout
    return done.stdout


@contextmanager
def running(service: str, environment: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    """The service's own command; it must end well when it is told to."""
    process = subprocess.Popen(
        SERVICES[service]["command"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        yield process
        process.terminate()
        said, _ = process.communicate(timeout=PATIENCE)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)  # what a failure leaves behind
    assert process.returncode == 0, said
    assert "Traceback" not in said


def health_check(service: str) -> list[str]:
    first, *command = SERVICES[service]["healthcheck"]["test"]
    assert first == "CMD"
    return [word.replace(":8000/", f":{PORT}/") for word in command]


def is_healthy(service: str, environment: dict[str, str]) -> bool:
    done = subprocess.run(
        health_check(service), cwd=ROOT, env=environment, check=False, capture_output=True
    )
    return done.returncode == 0


def test_the_file_fits_the_compose_specification() -> None:
    tool = Path(sys.executable).parent / "check-jsonschema"
    schema = "--builtin-schema=vendor.compose-spec"
    run([str(tool), schema, "docker-compose.yml"], dict(os.environ))


def test_there_are_web_worker_and_postgres_and_nothing_else() -> None:
    assert set(SERVICES) == {"web", "worker", "postgres"}
    assert all(service.get("healthcheck") for service in SERVICES.values())


def test_no_secret_stands_in_the_file_or_has_a_default() -> None:
    text = (ROOT / "docker-compose.yml").read_text()
    for name in ("POSTGRES_PASSWORD", "SECRET_KEY", "SITE_URL", "MAIL_URL"):
        uses = re.findall(r"\$\{" + name + r"(.)(.)", text)
        assert uses
        assert set(uses) == {(":", "?")}


def test_the_example_is_ten_lines_and_names_what_compose_asks_for() -> None:
    example = (ROOT / ".env.example").read_text().splitlines()
    assert len(example) == 10
    named = {line.split("=")[0] for line in example if not line.startswith("#")}
    asked = set(re.findall(r"\$\{(\w+):\?", (ROOT / "docker-compose.yml").read_text()))
    assert asked <= named


def test_the_image_does_not_run_as_root() -> None:
    lines = (ROOT / "Dockerfile").read_text().splitlines()
    users = [line.split()[1] for line in lines if line.startswith("USER")]
    assert users == ["10001"]
    assert all(SERVICES[name]["read_only"] for name in ("web", "worker"))


def test_web_brings_the_tables_up_to_date_serves_and_stops(environment: dict[str, str]) -> None:
    with running("web", environment) as web:
        wait_for(
            lambda: is_healthy("web", environment) or web.poll() is not None,
            seconds=120,
            look_every=0.5,
        )
        page = urllib.request.Request(
            f"http://127.0.0.1:{PORT}/accounts/login/",
            headers={"Host": "papers.example.org", "X-Forwarded-Proto": "https"},
        )
        with urllib.request.urlopen(page, timeout=10) as answer:
            assert answer.status == 200
            assert answer.headers["Strict-Transport-Security"]


def test_the_worker_is_healthy_and_stops(environment: dict[str, str]) -> None:
    run(["python", "manage.py", "migrate", "--noinput"], environment)
    with running("worker", environment) as worker:
        assert worker.stdout is not None
        assert "Launching a worker" in worker.stdout.readline()
        assert is_healthy("worker", environment)


def test_a_database_that_forgets_what_it_acknowledged_is_refused(
    environment: dict[str, str],
) -> None:
    forgetful = environment | {"PGOPTIONS": "-c synchronous_commit=off"}
    done = subprocess.run(
        ["python", "manage.py", "migrate", "--noinput"],
        cwd=ROOT,
        env=forgetful,
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    assert "synchronous_commit is off in database 'default'" in done.stderr

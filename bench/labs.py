"""Databases with a synthetic lab, made once per size beside the site's own, and their facts."""

from __future__ import annotations

import http.client
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import psycopg
from psycopg import sql

ROOT = Path(__file__).resolve().parents[1]
START_SECONDS = 60


def get_lab(papers: int) -> str:
    """The address of the database with so many papers, which is made when it is missing."""
    server = _get_server()
    name = f"{_get_name(server)}_bench_{papers}"
    url = _with_name(server, name)
    with psycopg.connect(server, autocommit=True) as connection:
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if known.fetchone() is None:
            connection.execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'").format(
                    sql.Identifier(name)
                )
            )
    environment = get_environment(url)
    _manage(environment, "prepare")
    with psycopg.connect(url) as lab:
        row = lab.execute("SELECT count(*) FROM papers_searchdoc").fetchone()
    if not row or row[0] < papers:
        _manage(environment, "seed_bench", "--papers", str(papers))
    return url


def get_environment(url: str) -> dict[str, str]:
    """What the production server needs to know."""
    return os.environ | {
        "DATABASE_URL": url,
        "SECRET_KEY": os.environ.get("SECRET_KEY") or "bench",
        "DJANGO_SETTINGS_MODULE": "reviewapp.settings",
        "MAIL_URL": f"file:{ROOT / 'var' / 'mail'}",
    }


def get_facts(environment: dict[str, str]) -> dict[str, Any]:
    """Sessions, papers to ask for, and queries per page."""
    answer = subprocess.run(
        [sys.executable, "-m", "bench.facts"],
        cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE,
    )  # fmt: skip
    facts: dict[str, Any] = json.loads(answer.stdout.splitlines()[-1])
    return facts


def wait_for(port: int, path: str, process: subprocess.Popen[bytes]) -> None:
    """Until the server answers; ends the run when it does not come up."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        call = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            call.request("GET", path)
            if call.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.1)
        finally:
            call.close()
    sys.exit(f"The server at {port} does not come up.")


def _manage(environment: dict[str, str], *words: str) -> None:
    subprocess.run([sys.executable, "manage.py", *words], cwd=ROOT, env=environment, check=True)


def _get_server() -> str:
    """The database named by DATABASE_URL, or the embedded one, which this process starts."""
    if os.environ.get("DATABASE_URL"):
        return os.environ["DATABASE_URL"]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "reviewapp.settings")
    import django
    from django.db import connection

    django.setup()
    connection.ensure_connection()
    info = connection.connection.info
    where = f"host={quote(info.host, safe='')}&port={info.port}"
    return f"postgresql://{quote(info.user)}@/{quote(info.dbname)}?{where}"


def _get_name(url: str) -> str:
    return urlsplit(url).path.lstrip("/")


def _with_name(url: str, name: str) -> str:
    return urlsplit(url)._replace(path=f"/{name}").geturl().replace(":///", "://@/")

"""An empty database on a real server, for trying what production runs."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import quote, urlencode

import psycopg
from django.conf import settings
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from reviewapp.embedded import ensure_running
from reviewapp.embedded.place import DATABASE


def server() -> dict[str, str]:
    """DATABASE_URL's server, else the embedded one."""
    url = os.environ.get("DATABASE_URL", "").strip()
    if url:
        known = conninfo_to_dict(url)
        return {name: str(known[name]) for name in known if name != "dbname"}
    return {"host": str(ensure_running(settings.VAR_DIR)), "user": DATABASE}


@contextmanager
def fresh_database() -> Iterator[str]:
    """The address of a new, empty database, dropped at the end."""
    name = f"reviewapp_setup_{secrets.token_hex(4)}"
    parameters = server()
    execute("CREATE DATABASE {}", name, parameters)
    try:
        yield f"postgres:///{quote(name)}?{urlencode(parameters)}"
    finally:
        execute("DROP DATABASE {} WITH (FORCE)", name, parameters)


def execute(statement: str, name: str, parameters: dict[str, str]) -> None:
    with psycopg.connect(dbname="postgres", autocommit=True, **parameters) as connection:
        connection.execute(sql.SQL(statement).format(sql.Identifier(name)))

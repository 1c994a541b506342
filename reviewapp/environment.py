"""Reads settings from the environment; a wrong value stops the start with one clear sentence."""

from __future__ import annotations

import os
import secrets
import tempfile
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import psycopg
from django.core.exceptions import ImproperlyConfigured
from psycopg.conninfo import conninfo_to_dict

TRUE, FALSE = {"1", "true", "yes", "on"}, {"0", "false", "no", "off", ""}


def get_text(name: str, default: str = "") -> str:
    """A stripped string."""
    return os.environ.get(name, default).strip()


def get_flag(name: str, default: bool = False) -> bool:
    """A yes or no; raises ImproperlyConfigured for anything else."""
    value = get_text(name, "yes" if default else "no").lower()
    if value not in TRUE | FALSE:
        raise ImproperlyConfigured(f"{name} must be yes or no, not {value!r}.")
    return value in TRUE


def get_number(name: str, default: int) -> int:
    """A whole number; raises ImproperlyConfigured for anything else."""
    value = get_text(name) or str(default)
    if not value.isdigit():
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}.")
    return int(value)


def get_list(name: str) -> list[str]:
    """Words separated by commas."""
    return [word.strip() for word in get_text(name).split(",") if word.strip()]


def get_choices(name: str, every: frozenset[str]) -> frozenset[str]:
    """Which of `every`: unset or "on" all, "off" none, else those named, or all but "-those".

    Raises ImproperlyConfigured for a name that is none of them.
    """
    words = get_list(name)
    if not words or words == ["on"]:
        return every
    if words == ["off"]:
        return frozenset()
    without = {word.removeprefix("-") for word in words if word.startswith("-")}
    named = {word for word in words if not word.startswith("-")}
    if unknown := (named | without) - every:
        raise ImproperlyConfigured(
            f"{name} must be on, off, or some of {', '.join(sorted(every))}; "
            f"not {', '.join(sorted(unknown))}."
        )
    return frozenset((named or every) - without)


def get_local_secret(var: Path) -> str:
    """The secret key of an installation on the embedded database, made once, mode 0600."""
    path = var / "secret-key"
    try:
        if not path.exists():
            make_local_secret(path)
        return path.read_text()
    except OSError as error:
        raise ImproperlyConfigured(
            f"{path} cannot be written ({error.strerror}): "
            "make the folder writable, or set SECRET_KEY."
        ) from error


def make_local_secret(path: Path) -> None:
    """Write aside and link into place, so that two who start at once end up with one whole key."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", prefix="secret-", dir=path.parent) as file:  # mode 0600
        file.write(secrets.token_urlsafe(64))
        file.flush()
        with suppress(FileExistsError):
            os.link(file.name, path)


def parse_database_url(url: str) -> dict[str, object]:
    """Django's connection settings from `postgres://user:password@host:port/name`."""
    if not url.startswith(("postgres://", "postgresql://")):
        raise ImproperlyConfigured(
            "DATABASE_URL must look like postgres://user:password@host:5432/name; "
            "PostgreSQL is the only database."
        )
    try:
        parts = conninfo_to_dict(url)
    except psycopg.ProgrammingError as error:
        raise ImproperlyConfigured(f"DATABASE_URL cannot be read: {error}".strip()) from error
    if not parts.get("dbname"):
        raise ImproperlyConfigured("DATABASE_URL names no database: add /name at its end.")
    names = {
        "dbname": "NAME",
        "user": "USER",
        "password": "PASSWORD",
        "host": "HOST",
        "port": "PORT",
    }
    known = {django: str(parts.pop(key)) for key, django in names.items() if parts.get(key)}
    return {**known, "OPTIONS": parts}


def parse_mail_url(url: str) -> dict[str, object]:
    """Django's mailer from `smtp://user:password@host:587?tls=1`, `smtps:` or `file:folder`."""
    parts = urlsplit(url)
    if parts.scheme == "file":
        path = parts.path or parts.netloc
        return {
            "BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "OPTIONS": {"file_path": path},
        }
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise ImproperlyConfigured(
            "MAIL_URL must look like smtp://user:password@host:587?tls=1, smtps://... "
            "or file:folder."
        )
    return {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": parts.hostname,
            "port": parts.port or (465 if parts.scheme == "smtps" else 25),
            "username": unquote(parts.username or ""),
            "password": unquote(parts.password or ""),
            "use_ssl": parts.scheme == "smtps",
            "use_tls": parse_qs(parts.query).get("tls", ["0"])[0] in TRUE,
            "timeout": 20,
        },
    }


def get_file_storage() -> dict[str, Any]:
    """Where uploaded files lie: a folder, or the bucket that FILES_S3_BUCKET names.

    The bucket's keys come from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or from the machine.
    """
    bucket = get_text("FILES_S3_BUCKET")
    if not bucket:
        return {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    if find_spec("storages") is None:
        raise ImproperlyConfigured(
            "FILES_S3_BUCKET needs django-storages: install requirements-s3.lock."
        )
    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": bucket,
            "endpoint_url": get_text("FILES_S3_ENDPOINT") or None,
            "region_name": get_text("FILES_S3_REGION") or None,
            "default_acl": "private",
        },
    }

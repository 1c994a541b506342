"""Brings an installation up to date before it is served: tables, static files, demo lab."""

import hashlib
from argparse import ArgumentParser
from io import StringIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandError
from django.db import Error


class Command(BaseCommand):
    """Doing it again costs little and changes nothing."""

    help = "Bring tables and static files up to date, and make the demo lab in an empty database."
    requires_system_checks = ()  # run below, together with those of the database

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--demo", action="store_true", help="make the demo lab if empty")
        parser.add_argument("--empty", action="store_true", help="with a curator and no more")

    def handle(self, *args: Any, demo: bool, empty: bool, **options: Any) -> None:
        try:
            self.check(databases=["default"])
            call_command("migrate", interactive=False, verbosity=0)
            if demo and "demo" in get_commands():
                # Its sign-in is kept in var/.
                call_command("demo", if_empty=True, empty=empty, stdout=StringIO())
            collect_static_files()
        except Error as failure:
            raise CommandError(f"The database refuses: {first_line(failure)}.") from failure
        except OSError as failure:
            raise CommandError(
                f"{settings.STATIC_ROOT} cannot be written: {failure.strerror}."
            ) from failure


def first_line(failure: Exception) -> str:
    return str(failure).strip().split("\n", 1)[0]


def collect_static_files() -> None:
    """Collect and compress anew when a file has changed since the last time."""
    root = Path(settings.STATIC_ROOT)
    stamp, state = root / ".collected", describe_static_files()
    if stamp.exists() and stamp.read_text() == state:
        return
    call_command("collectstatic", interactive=False, clear=root.exists(), verbosity=0)
    root.mkdir(parents=True, exist_ok=True)
    stamp.write_text(state)


def describe_static_files() -> str:
    """One digest of the name, size and time of every file, and of how they are stored."""
    digest = hashlib.sha256(repr(settings.STORAGES).encode())
    for finder in get_finders():
        for name, storage in finder.list([]):
            found = Path(storage.path(name)).stat()
            digest.update(f"{name} {found.st_size} {found.st_mtime_ns}\n".encode())
    return digest.hexdigest()

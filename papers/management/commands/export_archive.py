"""`manage.py export_archive FILE`: the whole lab in one file, except for secrets and drafts."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from papers.exporting.archives.actions.making import write_archive


class Command(BaseCommand):
    """Write an archive."""

    help = "Write everything the lab has into one zip, to restore on another installation."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """FILE."""
        parser.add_argument("file", type=Path, metavar="FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        """Say how many rows and bytes there are."""
        path: Path = options["file"]
        try:
            rows = write_archive(path, at=timezone.now())
        except OSError as error:
            raise CommandError(f"{path} can't be written: {error.strerror}.") from error
        self.stdout.write(f"{path}: {rows:,} rows, {path.stat().st_size:,} bytes.")

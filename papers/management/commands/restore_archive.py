"""`manage.py restore_archive FILE`: an archive onto an empty installation."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from papers.exporting.archives.actions.restoring import NotEmpty, restore_archive
from papers.exporting.formats.archive_reader import DamagedArchive


class Command(BaseCommand):
    """Restore an archive."""

    help = "Restore an archive on an empty installation, to the same addresses."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """FILE."""
        parser.add_argument("file", type=Path, metavar="FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check everything first; write all of it or nothing."""
        path: Path = options["file"]
        try:
            rows = restore_archive(path, say=self.stdout.write)
        except DamagedArchive as damage:
            raise CommandError(f"{path} was not restored. {damage}") from damage
        except NotEmpty as refusal:
            said = "This installation isn't empty. Restore on a new one; nothing was changed."
            raise CommandError(said) from refusal
        self.stdout.write(
            f"Restored {rows:,} rows. Archives hold no passwords: members reset theirs by email, "
            "or run `manage.py changepassword HANDLE`."
        )

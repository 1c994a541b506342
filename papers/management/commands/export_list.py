"""`manage.py export_list FORMAT`: write a list or a bibliography to a file or the terminal."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from papers import access
from papers.exporting.actions.streams import open_export
from papers.exporting.format_registry import FORMATS
from papers.exporting.queries.scopes import find_scope
from papers.models import Member
from papers.search.queries import SearchTooLong


class Command(BaseCommand):
    """Write papers of the lab in one of the formats of the export page."""

    help = "Export the lab, a topic, a reading list or a search."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """FORMAT, what to export, for whom, and where to."""
        parser.add_argument("format", choices=sorted(FORMATS), metavar="FORMAT",
                            help=", ".join(sorted(FORMATS)))  # fmt: skip
        parts = parser.add_mutually_exclusive_group()
        parts.add_argument("--topic", default="", metavar="PATH", help="e.g. theory/bounds")
        parts.add_argument("--member", default="", metavar="HANDLE", help="a reading list")
        parts.add_argument("--search", default="", metavar="TEXT", help="papers that match")
        parts.add_argument("--papers", default="", metavar="NUMBERS", help="these, e.g. 7,9,12")
        parser.add_argument("--as", dest="handle", default="", metavar="HANDLE",
                            help="what this member may see; default: a curator")  # fmt: skip
        parser.add_argument("--output", "-o", type=Path, metavar="FILE", help="default: print it")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the file beside its place and move it there when it is whole."""
        viewer, lab = _find_viewer(options["handle"]), access.get_lab()
        asked = {"topic": options["topic"], "member": options["member"], "q": options["search"],
                 "papers": options["papers"]}  # fmt: skip
        scope = find_scope(asked, viewer, lab)
        if scope is None:
            raise CommandError(f"There is no {' '.join(filter(None, asked.values()))} to export.")
        try:
            file = open_export(scope, FORMATS[options["format"]], viewer, lab, at=timezone.now())
        except SearchTooLong as error:
            raise CommandError("This search is too slow. Make it more specific.") from error
        parts = (part.encode() if isinstance(part, str) else part for part in file.parts)
        target: Path | None = options["output"]
        if target is None:
            for part in parts:
                sys.stdout.buffer.write(part)
            return
        unfinished = target.with_name(f"{target.name}.part")
        try:
            with unfinished.open("wb") as written:
                written.writelines(parts)
            unfinished.replace(target)
        except OSError as error:
            raise CommandError(f"{target} can't be written: {error.strerror}.") from error


def _find_viewer(handle: str) -> Member:
    active = Member.objects.active()
    if handle:
        found = active.filter(handle__iexact=handle.lstrip("@"))
    else:
        found = active.filter(role=Member.Role.CURATOR) | active.filter(is_superuser=True)
    member: Member | None = found.order_by("pk").first()
    if member is None:
        raise CommandError(f"There is no active member “{handle}”." if handle else "No curator.")
    return member

"""Render kept Markdown anew: what an older renderer made, or everything."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from papers.curation.actions.rerender import rerender_texts
from papers.text.markdown import warm_up


class Command(BaseCommand):
    """`manage.py render_markdown [--all]`."""

    help = "Render kept Markdown anew, where an older renderer made it."

    def add_arguments(self, parser: CommandParser) -> None:
        """Nothing but --all."""
        parser.add_argument("--all", action="store_true", help="also what is up to date")

    def handle(self, *args: Any, **options: Any) -> None:
        """Table by table, saying how many rows changed."""
        warm_up()
        for table, count in rerender_texts(everything=options["all"]):
            self.stdout.write(f"{table}: {count}")

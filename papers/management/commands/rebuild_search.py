"""Build the search index anew, or only say where it differs from the papers."""

from __future__ import annotations

from itertools import batched
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from papers.models import Paper
from papers.search.index.actions import BATCH, count_words, find_drift, refresh


class Command(BaseCommand):
    """Reports how many rows were missing or out of date, and mends them unless told not to."""

    help = "Rebuild the search index and report drift."

    def add_arguments(self, parser: CommandParser) -> None:
        """One switch."""
        parser.add_argument("--check", action="store_true", help="Report only; change nothing.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Walk all papers in batches, each in a transaction of its own."""
        keys = list(Paper.objects.order_by("pk").values_list("pk", flat=True))
        drifted = 0
        for batch in batched(keys, BATCH):
            drifted += self._fix(batch, check=options["check"])
        self.stdout.write(f"{len(keys):,} papers; {drifted:,} differed from the index.")
        if options["check"] and drifted:
            raise SystemExit(1)
        if not options["check"]:
            with transaction.atomic():
                self.stdout.write(f"{count_words():,} words can be suggested.")

    def _fix(self, batch: tuple[int, ...], *, check: bool) -> int:
        with transaction.atomic():
            drifted = find_drift(batch)
            if drifted and not check:
                refresh(drifted)
        return len(drifted)

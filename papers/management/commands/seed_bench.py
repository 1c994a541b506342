"""Fills an empty database with a synthetic lab of any size, to measure on."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from papers.bench.actions import NotEmpty, make_synthetic_lab


class Command(BaseCommand):
    """Nobody can sign in to it: the bench makes its own session."""

    help = "Fill an empty database with a synthetic lab (the same for the same number)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--papers", type=int, default=1_000)

    def handle(self, *args: Any, papers: int, **options: Any) -> None:
        start = time.monotonic()
        try:
            make_synthetic_lab(papers=papers, at=timezone.now(), say=self.stdout.write)
        except NotEmpty as refusal:
            raise CommandError(
                "This database holds a lab; nothing was changed. Give an empty one."
            ) from refusal
        self.stdout.write(f"Ready after {time.monotonic() - start:.0f} s.")

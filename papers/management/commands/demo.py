"""Makes the demo lab: a small believable reading group to look around in."""

from __future__ import annotations

import secrets
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from papers.demo.actions import (
    NotADemo,
    is_demo,
    is_empty,
    make_demo,
    make_empty_lab,
    renew_demo,
)

REFUSED = (
    "This database holds a lab that is not the demo; nothing was changed. "
    "The demo wants an empty database: set DATABASE_URL or VAR_DIR to another one."
)
DEMO = "Demo lab: sign in as ada (curator), ben (member) or rea (reader), password {}"
EMPTY = "Empty lab: sign in as curator, password {}"


class Command(BaseCommand):
    """The sign-in is made at random, printed, and kept beside the embedded database only."""

    help = "Make the demo lab in an empty database, or renew it with --fresh."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--if-empty", action="store_true", help="do nothing unless empty")
        parser.add_argument("--empty", action="store_true", help="make a curator and no more")
        parser.add_argument("--fresh", action="store_true", help="replace the demo that is here")

    def handle(self, *args: Any, if_empty: bool, fresh: bool, empty: bool, **options: Any) -> None:
        if if_empty and not is_empty():
            return
        if not fresh and not empty and is_demo():
            self.stdout.write("The demo lab is here already; --fresh puts a new one in its place.")
            return
        password = secrets.token_urlsafe(8)
        make = make_empty_lab if empty else renew_demo if fresh else make_demo
        try:
            make(password=password, at=timezone.now())
        except NotADemo as refusal:
            raise CommandError(REFUSED) from refusal
        sentence = (EMPTY if empty else DEMO).format(password)
        self.stdout.write(sentence)
        if settings.IS_EMBEDDED:
            _keep(sentence)


def _keep(sentence: str) -> None:
    """For `make run` to print at every start."""
    place = Path(settings.VAR_DIR) / "demo-sign-in"
    place.touch(mode=0o600)
    place.write_text(f"{sentence}\n", encoding="utf-8")

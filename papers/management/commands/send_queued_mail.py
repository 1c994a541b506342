"""Hand over the mails whose numbers come in; started by the background worker, never by hand."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from papers.mail.sender import serve


class Command(BaseCommand):
    """Ends with its input."""

    help = "Hand over mails; the background worker starts this by itself."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        """One number a line in, one answer a line out."""
        serve()

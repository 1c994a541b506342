"""Open the drafts of a member whose account was moved and who lost the address from before."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from papers.accounts.actions.draft_locks import unlock_drafts
from papers.models import Member


class Command(BaseCommand):
    """For whoever runs the server."""

    help = "Open the drafts that a password reset locked after an administrator moved the account."

    def add_arguments(self, parser: CommandParser) -> None:
        """Whose."""
        parser.add_argument("handle")

    def handle(self, *args: Any, **options: Any) -> None:
        """Open them."""
        member = Member.objects.filter(handle__iexact=options["handle"]).first()
        if member is None:
            raise CommandError(f"There is no member @{options['handle']}.")
        count = unlock_drafts(member=member, at=timezone.now())
        self.stdout.write(f"{count} drafts of @{member.handle} are open.")

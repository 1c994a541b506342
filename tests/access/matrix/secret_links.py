"""Addresses with a secret in them, which open without a session."""

from __future__ import annotations

from collections.abc import Mapping

from papers.accounts.actions.invitations import invite_member
from papers.exporting.actions.bibliography_links import add_bibliography_link
from papers.exporting.reviews.actions import share_review
from papers.models import Invitation, Member, Review
from tests.make import NOW


def make(kinds: dict[str, dict[str, str]], people: Mapping[str, Member]) -> None:
    """A right secret of each sort (`open`), and one that nobody has (`wrong`)."""
    issued = invite_member(
        email="new@lab.example", name="New", role="member", by=people["C"], at=NOW
    )
    invitation = Invitation.objects.get()
    kinds["invitation"] = {"any": str(invitation.pk)}
    shared = share_review(review=Review.objects.get(pk=kinds["review"]["own"]), at=NOW)
    references = add_bibliography_link(
        topic=None, search="known", written_as="bibtex", by=people["M"], at=NOW
    )
    secrets = {
        "invitations": issued.url.rstrip("/").rpartition("/")[2],
        "shared": shared,
        "bibliographies": references,
    }
    for place, secret in secrets.items():
        kinds[place] = {"open": secret, "wrong": "wrong"}

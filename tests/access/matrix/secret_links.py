"""Addresses with a secret in them, which open without a session."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from papers.accounts.actions.invitations import invite_member
from papers.accounts.joining.actions import make_join_link
from papers.accounts.providers.provider_rules import Provider
from papers.exporting.actions.bibliography_links import add_bibliography_link
from papers.exporting.reviews.actions import share_review
from papers.models import Invitation, Member, Review
from tests.make import NOW

PROVIDER = Provider("github", "GitHub", "https://github.com", "lab", "s3cret")
"""Its page is reached without asking it anything first."""


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
    link = make_join_link(
        name="Seminar", role="reader", most_uses=9, ends_at=NOW + timedelta(days=9),
        by=people["C"], at=NOW,
    )  # fmt: skip
    kinds["provider"] = {"any": PROVIDER.key}
    kinds["join-link"] = {"any": str(link.link.pk)}
    secrets = {
        "joining": link.url.rstrip("/").rpartition("/")[2],
        "invitations": issued.url.rstrip("/").rpartition("/")[2],
        "shared": shared,
        "bibliographies": references,
    }
    for place, secret in secrets.items():
        kinds[place] = {"open": secret, "wrong": "wrong"}

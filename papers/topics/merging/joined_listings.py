"""Two listings of one paper that become one: when papers are merged, and when topics are."""

from __future__ import annotations

from papers.journal import Journal
from papers.models import Listing
from papers.text import markdown
from papers.text.one_line import join_texts


def join_listing(kept: Listing, gone: Listing, *, journal: Journal) -> None:
    """Remove one of them; the other has the notes of both."""
    note = join_texts(kept.note, gone.note)
    if note != kept.note:
        journal.change(
            Listing.objects.filter(pk=kept.pk),
            note=note,
            note_html=markdown.render(note),
            renderer=markdown.RENDERER_VERSION,
        )
    journal.remove(Listing.objects.filter(pk=gone.pk))

"""What a page shows of the lab's announcement."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from hashlib import blake2b

from papers.models import Lab, Member


@dataclass(frozen=True, slots=True)
class Announcement:
    """A text for all members; `digest` stands for it when a member dismisses it."""

    text: str
    digest: str


def find_announcement(lab: Lab, member: Member, today: date) -> Announcement | None:
    """What the lab tells its members today, unless this one dismissed it; no query."""
    is_over = lab.announcement_until is not None and lab.announcement_until < today
    if not lab.announcement or is_over:
        return None
    digest = digest_text(lab.announcement)
    return None if member.dismissed == digest else Announcement(lab.announcement, digest)


def digest_text(text: str) -> str:
    """Sixteen letters that stand for a text: the same words again are the same announcement."""
    return blake2b(text.encode(), digest_size=8).hexdigest()

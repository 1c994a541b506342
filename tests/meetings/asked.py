"""What tests of the pages of meetings send and ask for."""

from __future__ import annotations

from papers.models import (
    Meeting,
)

HTMX = {"HX-Request": "true"}
AGENDA, BALLOTS, ROOM = (HTMX | {"HX-Target": name} for name in ("agenda", "ballots", "room"))
FACTS = {"day": "2027-01-14", "time": "14:00", "minutes": "60", "lead": "ben"}
RULE = {
    "weekday": "3", "time": "14:00", "every_weeks": "1", "minutes": "60",
    "starts_on": "2027-01-01", "skipped": "2027-01-14\n",
}  # fmt: skip


def url_of(meeting: Meeting, rest: str = "") -> str:
    return f"{meeting.get_absolute_url()}{rest}"

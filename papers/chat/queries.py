"""What commands ask for: the papers that somebody means, and what comes next."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _

from papers import access
from papers.chat.replies import Line
from papers.importing.adding.form_values import list_values
from papers.importing.adding.queries import find_known
from papers.importing.adding.sandboxed import read_pasted
from papers.meetings.queries.calendar import get_next_meeting
from papers.models import Lab, Member, Paper
from papers.moments import say_due, say_weekday_time
from papers.pages.queries.desk import list_open_claims
from papers.search.queries import find_papers

MOST = 5
"""Papers and items that a reply lists."""


def find_papers_named(about: str, *, by: Member, lab: Lab, today: date) -> Sequence[Paper]:
    """The papers of a link, an ID or words; one of exactly this title alone, if there is one."""
    visible = access.papers_visible_to(by, lab)
    if own := _read_own_address(about):
        return list(visible.filter(pk=own))
    pasted = read_pasted(about)
    names = list_values(pasted).get("names", "")
    known = find_known(pasted, names, by=by, lab=lab)
    if known.papers and (known.is_same or len(known.papers) == 1):
        return known.papers[:1]
    if about.startswith(("http://", "https://")):
        return known.papers
    found = find_papers(about, by=by, lab=lab, today=today, limit=MOST)
    papers = {paper.pk: paper for paper in visible.filter(pk__in=found.paper_ids)}
    listed = [papers[pk] for pk in found.paper_ids if pk in papers]
    exact = [one for one in listed if one.title.casefold() == about.strip(' "“”').casefold()]
    return exact if len(exact) == 1 else listed


def list_waiting(*, by: Member, lab: Lab, at: datetime) -> tuple[str, Sequence[Line]]:
    """The next meeting with its agenda, and one's open claims; addresses are paths."""
    today = at.astimezone(lab.zone).date()
    claims = [
        Line(one.title, one.url, f": {say_due(one.due_on, today)}")
        for one in list_open_claims(by, lab, [], today)
    ]
    meeting = get_next_meeting(by, lab, at)
    if meeting is None:
        sentence = _("No meeting is planned.")
        return f"{sentence} {_('Your open claims:') if claims else ''}".strip(), claims
    items = [
        Line(item.title, item.url, f" ({item.presenter.name})" if item.presenter else "")
        for item in meeting.items[:MOST]
    ]
    when = say_weekday_time(meeting.starts_at.astimezone(lab.zone))
    first = Line(meeting.name, meeting.url, f", {when}")
    return _("Next meeting, and what waits for you:"), [first, *items, *claims]


def _read_own_address(about: str) -> int | None:
    """The paper of an address of this site."""
    if not about.startswith(f"{settings.SITE_URL}/papers/"):
        return None
    try:
        found = resolve(urlsplit(about).path).kwargs.get("pk")
    except (Resolver404, ValueError):
        return None
    return found if isinstance(found, int) else None

"""My desk: what I hold, what comes next, and what is new."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from papers import access
from papers.activity.actions import note_visit
from papers.activity.queries import COUNTED, list_news
from papers.caching.validators import count_clock
from papers.curation.first_steps import list_first_steps
from papers.digest.agendas.queries import find_next_meeting
from papers.http import (
    MemberRequest,
    PageRequest,
    get_request_lab,
    public_reading,
    redirect_page,
    render_if_changed,
    render_page,
)
from papers.models import Lab, Member, Paper
from papers.pages.queries.desk import list_drafts, list_next, list_open_claims
from papers.pages.queries.desk_week import count_week

NEWS = 10
"""Lines of news; the rest stands on the activity page."""


@require_safe
@public_reading
def desk(request: PageRequest) -> HttpResponse:
    """The first page of every member; a visitor of a public lab begins with its papers."""
    if access.get_member(request.user) is None:
        return redirect_page(request, reverse("paper-list"))
    return _show_desk(cast("MemberRequest", request))


def _show_desk(request: MemberRequest) -> HttpResponse:
    me, lab, now = request.user, get_request_lab(request), timezone.now()
    since = _note_visit(request, now)
    is_first_day = me.visited_at is None

    def show() -> HttpResponse:
        context = _gather(me, lab, now, since)
        return render_page(request, "pages/desk.html", {**context, "is_first_day": is_first_day})

    return render_if_changed(request, show, since, is_first_day, count_clock(now))


def _gather(me: Member, lab: Lab, now: datetime, since: datetime) -> dict[str, Any]:
    may_review = access.can_review(me)
    drafts = list_drafts(me, lab) if may_review else []
    held = list_open_claims(me, lab, drafts, timezone.localdate(now)) if may_review else []
    claimed = {claim.paper_id for claim in held}
    offers, skipped = list_next(me, lab) if may_review else ([], 0)
    news, total = list_news(me, lab, since, NEWS)
    has_papers = bool(held or drafts or offers) or Paper.objects.exists()
    is_first = not has_papers and access.can_curate(me)
    return {
        "steps": list_first_steps(lab) if is_first else [],
        "held": held,
        "drafts": [draft for draft in drafts if draft.paper_id not in claimed],
        "offers": offers,
        "skipped": skipped,
        "limit": me.claim_limit or lab.claim_limit,
        "lease_days": lab.lease_days,
        "week": count_week(me, lab, now),
        "meeting": find_next_meeting(me, lab, now),
        "since": since,
        "today": timezone.localdate(now),
        "news": news,
        "more_news": total - len(news),
        "is_capped": total >= COUNTED,
        "has_papers": has_papers,
    }


def _note_visit(request: MemberRequest, now: datetime) -> datetime:
    """Since when things are new: the visit before this one, kept while this one lasts."""
    me = request.user
    if note_visit(by=me, at=now):
        request.session["new_since"] = (me.visited_at or me.joined_at).isoformat()
    kept = request.session.get("new_since")
    return datetime.fromisoformat(kept) if kept else me.visited_at or me.joined_at

"""The lab's people: all of them, and one with her reading list."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from papers import access
from papers.http import MemberRequest, get_request_lab, redirect_page, render_page
from papers.models import Member
from papers.pages.queries.members import (
    LONG_LIST,
    draw_portrait,
    list_members,
    list_owned,
    list_shelves,
    list_verdicts,
    list_written,
)
from papers.people import with_claim_counts

STATES = (
    (Member.State.ACTIVE, _("Active")),
    (Member.State.INVITED, _("Invited")),
    (Member.State.PLACEHOLDER, _("Not joined yet")),
    (Member.State.ALUMNI, _("Alumni")),
)


@require_safe
def member_list(request: MemberRequest) -> HttpResponse:
    """Everybody, by where they stand."""
    people = list_members(request.user, get_request_lab(request))
    groups = [
        (state.value, word, [person for person in people if person.state == state])
        for state, word in STATES
    ]
    context = {"groups": [group for group in groups if group[2]], "is_alone": len(people) == 1}
    return render_page(request, "pages/member_list.html", context)


@require_safe
def member_detail(request: MemberRequest, handle: str) -> HttpResponse:
    """One member: the reading list by topic, reviews, experiments, load."""
    viewer, lab = request.user, get_request_lab(request)
    people = with_claim_counts(access.members_visible_to(viewer))
    member: Any = get_object_or_404(people, handle__iexact=handle)
    if member.handle != handle:
        return redirect_page(request, member.get_absolute_url())
    shelves, verdicts = list_shelves(member, viewer, lab), list_verdicts(member, viewer, lab)
    entries = sum(len(shelf.entries) for shelf in shelves)
    experiments, experiment_count = list_owned(member, viewer, lab)
    context = {
        "member": member,
        "is_me": member.pk == viewer.pk,
        "shelves": shelves,
        "entries": entries,
        "is_long": entries > LONG_LIST,
        "load": member.claimed_count,
        "limit": member.claim_limit or lab.claim_limit,
        "reviews": list_written(member, viewer, lab),
        "review_count": len(verdicts),
        "portrait": draw_portrait(shelves, verdicts),
        "experiments": experiments,
        "experiment_count": experiment_count,
    }
    return render_page(request, "pages/member_detail.html", context)

"""Feeds and calendars, opened by programs: the token in the address says for whom."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from functools import wraps
from typing import Concatenate

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from papers import access
from papers.accounts.confirming.views import recent_sign_in
from papers.feeds import calendars
from papers.feeds.actions import find_reader, renew_token, revoke_token
from papers.feeds.atom import (
    Source,
    write_activity,
    write_digests,
    write_member,
    write_search,
    write_topic,
)
from papers.http import MemberRequest, PageRequest, get_request_lab, redirect_page, render_page
from papers.languages import speak_to
from papers.models import Lab, Member
from papers.writing.views import once, read_secret, redirect_to_secret

ATOM = "application/atom+xml; charset=utf-8"
ICAL = "text/calendar; charset=utf-8"
NO_FEED = "There is no feed at this address, or its token was renewed."

type FeedView[**Args] = Callable[Concatenate[access.Viewer, Lab, PageRequest, Args], HttpResponse]


def _for_programs[**Args](view: FeedView[Args]) -> Callable[..., HttpResponse]:
    """Find the reader: by `?token=`, or whoever is signed in, or anybody in a public lab."""

    @require_safe
    @login_not_required
    @never_cache
    @wraps(view)
    def guarded(request: PageRequest, *args: Args.args, **kwargs: Args.kwargs) -> HttpResponse:
        token, lab = request.GET.get("token", ""), get_request_lab(request)
        viewer = find_reader(token) if token else request.user
        if (token and viewer is None) or not access.can_read(viewer, lab):
            raise Http404(NO_FEED)
        member = access.get_member(viewer)
        with speak_to(member) if member else nullcontext():
            return view(viewer, lab, request, *args, **kwargs)

    return guarded


@_for_programs
def feed_digest(viewer: access.Viewer, lab: Lab, request: PageRequest) -> HttpResponse:
    """Issues of the digest."""
    source = Source(_("Digest"), reverse("digest"), request.path)
    return HttpResponse(write_digests(viewer, lab, source), content_type=ATOM)


@_for_programs
def feed_activity(viewer: access.Viewer, lab: Lab, request: PageRequest) -> HttpResponse:
    """What happened."""
    source = Source(_("Activity"), reverse("activity"), request.path)
    return HttpResponse(write_activity(viewer, lab, source), content_type=ATOM)


@_for_programs
def feed_topic(viewer: access.Viewer, lab: Lab, request: PageRequest, pk: int) -> HttpResponse:
    """What happened under a topic."""
    topic = get_object_or_404(access.topics_visible_to(viewer, lab), pk=pk)
    source = Source(topic.name, topic.get_absolute_url(), request.path)
    return HttpResponse(write_topic(topic, viewer, lab, source), content_type=ATOM)


@_for_programs
def feed_member(viewer: access.Viewer, lab: Lab, request: PageRequest, pk: int) -> HttpResponse:
    """What a member did."""
    member: Member = get_object_or_404(access.members_visible_to(viewer), pk=pk)
    source = Source(str(member), member.get_absolute_url(), request.path)
    return HttpResponse(write_member(member, viewer, lab, source), content_type=ATOM)


@_for_programs
def feed_search(viewer: access.Viewer, lab: Lab, request: PageRequest) -> HttpResponse:
    """New papers that answer a search."""
    text = request.GET.get("q", "").strip()[:300]
    query = urlencode({"q": text})
    source = Source(text or "papers", f"{reverse('paper-list')}?{query}", f"{request.path}?{query}")
    body = write_search(text, viewer, lab, source, timezone.now())
    return HttpResponse(body, content_type=ATOM)


@_for_programs
def calendar_meetings(viewer: access.Viewer, lab: Lab, request: PageRequest) -> HttpResponse:
    """The lab's meetings."""
    body = calendars.write_meetings(_require_member(viewer), lab, timezone.now())
    return HttpResponse(body, content_type=ICAL)


@_for_programs
def calendar_own(viewer: access.Viewer, lab: Lab, request: PageRequest) -> HttpResponse:
    """One's presentations and due days."""
    body = calendars.write_own(_require_member(viewer), lab, timezone.now())
    return HttpResponse(body, content_type=ICAL)


@_for_programs
def calendar_meeting(
    viewer: access.Viewer, lab: Lab, request: PageRequest, pk: int
) -> HttpResponse:
    """One meeting, to put into one's calendar."""
    meeting = get_object_or_404(access.meetings_visible_to(viewer), pk=pk)
    answer = HttpResponse(calendars.write_meeting(meeting, lab, timezone.now()), content_type=ICAL)
    answer["Content-Disposition"] = f'attachment; filename="meeting-{meeting.day}.ics"'
    return answer


@recent_sign_in
@once
def feed_list(request: MemberRequest) -> HttpResponse:
    """One's feeds and calendars; their addresses are shown when the token is made."""
    if request.method == "POST":
        token = renew_token(by=request.user, at=timezone.now())
        return redirect_to_secret(reverse("feed-list"), token)
    token = read_secret(request) if hasattr(request.user, "feed_token") else ""
    context = {
        "addresses": _list_addresses(request, token) if token else [],
        "is_open": hasattr(request.user, "feed_token"),
    }
    return render_page(request, "feeds/feed_list.html", context)


@require_POST
def feed_closing(request: MemberRequest) -> HttpResponse:
    """Close one's feeds."""
    if revoke_token(by=request.user):
        messages.success(request, _("Feeds disabled. The old links no longer work."))
    return redirect_page(request, reverse("feed-list"))


def _list_addresses(request: MemberRequest, token: str) -> list[tuple[str, str]]:
    named = (
        (_("Meetings calendar"), "calendar-meetings"),
        (_("Calendar of your presentations and due dates"), "calendar-own"),
        (_("Digest feed (Atom)"), "feed-digest"),
        (_("Activity feed (Atom)"), "feed-activity"),
    )
    plain = [(word, request.build_absolute_uri(reverse(name))) for word, name in named]
    plain += [
        (_("Search feed (Atom)"), request.build_absolute_uri(reverse("feed-search")) + "?q=WORDS"),
    ]
    return [(word, f"{url}{'&' if '?' in url else '?'}token={token}") for word, url in plain]


def _require_member(viewer: access.Viewer) -> Member:
    member = access.get_member(viewer)
    if member is None:
        raise Http404(NO_FEED)
    return member

"""Notices, following, and the choices of mail."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from papers import access
from papers.digest.actions.mailing import choose_digest_day
from papers.http import MemberRequest, get_request_lab, redirect_page, render_page
from papers.meetings.mailing.actions import choose_agenda_mail
from papers.models import Member
from papers.notifications.actions import following
from papers.notifications.actions.emails import list_notifications
from papers.notifications.actions.following import Subject
from papers.notifications.actions.notifying import mark_read
from papers.notifications.forms import ChoicesForm
from papers.text.numbers import read_number


@require_safe
def notification_list(request: MemberRequest) -> HttpResponse:
    """What one is told of; looking marks it as seen."""
    now = timezone.now()
    lines = list_notifications(request.user, get_request_lab(request))
    if request.user.unread:
        mark_read(by=request.user, at=now)
        request.user.unread = 0  # the bell of this page
    return render_page(request, "notifications/notification_list.html", {"lines": lines})


def notification_choices(request: MemberRequest) -> HttpResponse:
    """When the digest comes, how soon notices come, and what one follows."""
    me = request.user
    agenda = "yes" if me.agenda_by_mail else "no"
    paces = following.get_paces(me)
    start = {"digest_day": me.digest_day, "agenda_by_mail": agenda, **paces}
    form = ChoicesForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        choose_digest_day(member=me, digest_day=chosen["digest_day"], at=timezone.now())
        choose_agenda_mail(member=me, is_wanted=chosen["agenda_by_mail"])
        following.choose_paces(member=me, paces={why: chosen[why] for why in paces})
        messages.success(request, _("Changes saved."))
        return redirect_page(request, reverse("notification-choices"))
    follows = access.follows_of(me).select_related("paper", "topic", "member")
    context = {"form": form, "follows": follows}
    status = 422 if form.errors else 200
    return render_page(request, "notifications/notification_choices.html", context, status=status)


@require_safe
def follow_search(request: MemberRequest) -> HttpResponse:
    """Whether one follows a search, with the button that changes it; the catalogue fetches it."""
    search = request.GET.get("search", "").replace("\0", " ").strip()
    if not search:
        return redirect_page(request, reverse("paper-list"))
    context, parts = {"search": search}, ["follow-search"]
    return render_page(request, "notifications/follow_search.html", context, fragments=parts)


@require_POST
def follow(request: MemberRequest) -> HttpResponse:
    """Follow a paper, a topic, a member or a search."""
    subject = _get_subject(request)
    try:
        following.follow(subject=subject, by=request.user, at=timezone.now())
    except following.TooManySearches as problem:
        messages.warning(request, str(problem))
    else:
        messages.success(
            request, _("You're following this. Change how often we notify you in your profile.")
        )
    return redirect_page(request, _get_address(subject))


@require_POST
def unfollow(request: MemberRequest) -> HttpResponse:
    """Follow it no more."""
    subject = _get_subject(request)
    following.unfollow(subject=subject, by=request.user)
    messages.success(request, _("Unfollowed."))
    return redirect_page(request, _get_address(subject))


def _get_subject(request: MemberRequest) -> Subject:
    """What the button names: `paper`, `topic` or `member` with a key, or `search` with words."""
    me, lab, named = request.user, get_request_lab(request), request.POST
    if search := named.get("search", "").strip():
        return search
    if (paper := read_number(named.get("paper", ""))) is not None:
        return get_object_or_404(access.papers_visible_to(me, lab), pk=paper)
    if (topic := read_number(named.get("topic", ""))) is not None:
        return get_object_or_404(access.topics_visible_to(me, lab), pk=topic)
    if (key := read_number(named.get("member", ""))) is not None:
        others = access.members_visible_to(me).exclude(pk=me.pk)
        member: Member = get_object_or_404(others, pk=key)
        return member
    raise Http404("There is nothing to follow.")


def _get_address(subject: Subject) -> str:
    if isinstance(subject, str):
        return f"{reverse('paper-list')}?{urlencode({'q': subject})}"
    return subject.get_absolute_url()

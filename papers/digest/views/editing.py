"""What curators do with the digest: the note, closing by hand, the lab's hour, chat rooms."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from papers.accounts.confirming.views import recent_sign_in
from papers.digest.actions import closing
from papers.digest.actions.mailing import send_digests
from papers.digest.actions.schedule import set_clock
from papers.digest.chat import actions as chat
from papers.digest.forms import ClockForm, NoteForm, WebhookForm
from papers.digest.queries.issues import find_issue
from papers.http import MemberRequest, get_request_lab, redirect_page, render_page, require_curator
from papers.models import Event, Webhook
from papers.outgoing import AddressRefused
from papers.text.weeks import NoSuchWeek, Week
from papers.writing.views import in_turn, offer_undo, once, say_changed


@require_curator
@in_turn
def digest_note(request: MemberRequest, name: str) -> HttpResponse:
    """Write the note of an issue that is not closed."""
    week = _parse(name)
    issue = find_issue(week)
    form = NoteForm(request.POST or None, initial={"note": issue.note if issue else ""})
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["note"]
        try:
            closing.write_note(week=week, text=text, by=request.user, at=timezone.now())
        except closing.IssueClosed as problem:
            form.add_error("note", str(problem))
        else:
            messages.success(request, _("Note saved."))
            return redirect_page(request, reverse("digest-week", args=[name]))
    status = 422 if form.errors else 200
    context = {"form": form, "week": week}
    return render_page(request, "digest/digest_note.html", context, status=status)


@require_POST
@require_curator
@once
def digest_closing(request: MemberRequest, name: str) -> HttpResponse:
    """Close the issue of a week that is over, and send it."""
    week, now = _parse(name), timezone.now()
    try:
        closing.close_issue(week=week, at=now, by=request.user)
    except (closing.WeekRuns, closing.NobodyToRead) as problem:
        messages.warning(request, str(problem))
    else:
        number = send_digests(at=now)
        said = ngettext(
            "Published. Sending %(n)s email.", "Published. Sending %(n)s emails.", number
        )
        messages.success(request, said % {"n": number})
    return redirect_page(request, reverse("digest-week", args=[name]))


@require_curator
def digest_settings(request: MemberRequest) -> HttpResponse:
    """The day and hour on which issues close, and the chat rooms that are told."""
    form = ClockForm(request.POST or None, instance=get_request_lab(request))
    if request.method == "POST" and form.is_valid():
        at = timezone.now()
        is_new = set_clock(**form.cleaned_data, by=request.user, at=at)
        say_changed(request, at, is_new=is_new)
        return redirect_page(request, reverse("digest-settings"))
    return _show_settings(request, form, WebhookForm())


@require_POST
@require_curator
@recent_sign_in
@once
def webhook_list(request: MemberRequest) -> HttpResponse:
    """Add a chat room."""
    form = WebhookForm(request.POST)
    if form.is_valid():
        try:
            chat.add_webhook(**form.cleaned_data, by=request.user, at=timezone.now())
        except (AddressRefused, chat.RoomKnown) as problem:
            form.add_error("url", str(problem))
        else:
            messages.success(request, _("Channel added."))
            return redirect_page(request, reverse("digest-settings"))
    return _show_settings(request, ClockForm(instance=get_request_lab(request)), form)


@require_POST
@require_curator
def webhook_removal(request: MemberRequest, pk: int) -> HttpResponse:
    """Tell a room no more."""
    room = get_object_or_404(Webhook, pk=pk)
    at = timezone.now()
    chat.remove_webhook(webhook=room, by=request.user, at=at)
    offer_undo(request, _("Channel removed."), Event.Kind.LAB_CHANGED, at)
    return redirect_page(request, reverse("digest-settings"))


def _show_settings(request: MemberRequest, form: ClockForm, room_form: WebhookForm) -> HttpResponse:
    context = {"form": form, "room_form": room_form, "rooms": chat.list_rooms()}
    status = 422 if form.errors or room_form.errors else 200
    return render_page(request, "digest/digest_settings.html", context, status=status)


def _parse(name: str) -> Week:
    try:
        return Week.parse(name)
    except NoSuchWeek as problem:
        raise Http404("There is no such week. A week is written like 2026-W47.") from problem

"""The page of the lab's looks, the logo itself, and dismissing an announcement."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from papers import access
from papers.curation.appearance import actions
from papers.curation.appearance.forms import (
    AccentForm,
    AnnouncementForm,
    DismissalForm,
    LogoForm,
)
from papers.curation.views.lab import list_tabs
from papers.files.actions import FileRefused, QuotaReached, ReadersBusy
from papers.files.forms import PROBLEMS
from papers.files.views import SANDBOX, serve_file
from papers.http import MemberRequest, get_request_lab, redirect_page, render_page, require_curator
from papers.ways_back import find_own_page
from papers.writing.views import once, say_changed

PAGE = "curation-appearance"


@require_http_methods(["GET", "HEAD", "POST"])
@require_curator
def appearance(request: MemberRequest) -> HttpResponse:
    """Accent color, logo and announcement; a POST chooses the color."""
    if request.method != "POST":
        return _show(request)
    form = AccentForm(request.POST)
    if not form.is_valid():
        return _show(request, accent_form=form)
    at = timezone.now()
    is_new = actions.choose_accent(**form.cleaned_data, by=request.user, at=at)
    return _go_back(request, _("Color changed."), at, is_new=is_new)


@require_POST
@require_curator
@once
def logo_change(request: MemberRequest) -> HttpResponse:
    """Take a picture as the lab's logo."""
    form, at = LogoForm(request.POST, request.FILES), timezone.now()
    if form.is_valid() and _set_logo(request, form, at):
        return _go_back(request, _("Logo changed."), at)
    return _show(request, logo_form=form)


def _set_logo(request: MemberRequest, form: LogoForm, at: datetime) -> bool:
    """False when the form says why not."""
    sent: UploadedFile[bytes] = form.cleaned_data["file"]
    data, name, alt = sent.read(), sent.name or "", form.cleaned_data["alt"]
    try:
        actions.set_logo(data=data, name=name, alt=alt, by=request.user, at=at)
    except FileRefused as refused:
        form.add_error("file", str(PROBLEMS[refused.problem]))
    except QuotaReached:
        form.add_error("file", str(PROBLEMS["quota"]))
    except ReadersBusy:
        form.add_error("file", str(PROBLEMS["busy"]))
    return form.is_valid()


@require_POST
@require_curator
def logo_removal(request: MemberRequest) -> HttpResponse:
    """Show the site's own sign again."""
    at = timezone.now()
    is_new = actions.remove_logo(by=request.user, at=at)
    return _go_back(request, _("Logo removed."), at, is_new=is_new)


@require_POST
@require_curator
@once
def announcement(request: MemberRequest) -> HttpResponse:
    """Tell all members something, or end it."""
    form = _make_announcement_form(request, request.POST)
    if not form.is_valid():
        return _show(request, announcement_form=form)
    text, until = (form.cleaned_data[name] for name in ("announcement", "announcement_until"))
    at = timezone.now()
    is_new = actions.announce(text=text, until=until, by=request.user, at=at)
    said = _("Announcement published.") if text else _("Announcement removed.")
    return _go_back(request, said, at, is_new=is_new)


@require_POST
def announcement_dismissal(request: MemberRequest) -> HttpResponse:
    """Hide the announcement from me, and stay where I was."""
    form = DismissalForm(request.POST)
    if form.is_valid():
        actions.dismiss_announcement(member=request.user, digest=form.cleaned_data["text"])
    back = request.headers.get("Referer", "")
    return redirect_page(request, find_own_page(request, back, otherwise=reverse("desk")))


@require_safe
@login_not_required
@csp_override(SANDBOX)
def logo(request: HttpRequest, key: str) -> HttpResponseBase:
    """The picture, for everybody: it stands on the page where one signs in, too."""
    found = get_object_or_404(access.logos_of(get_request_lab(request)), key=key)
    response = serve_file(request, found)
    response.headers["Cache-Control"] = "private, max-age=86400"  # another logo has another key
    return response


def _go_back(
    request: MemberRequest, said: str, at: datetime, *, is_new: bool = True
) -> HttpResponse:
    say_changed(request, at, is_new=is_new, said=said)
    return redirect_page(request, reverse(PAGE))


def _make_announcement_form(request: MemberRequest, *args: Any) -> AnnouncementForm:
    lab = get_request_lab(request)
    names = ("announcement", "announcement_until")
    initial = {name: getattr(lab, name) for name in names}
    return AnnouncementForm(*args, initial=initial, today=timezone.localdate())


def _show(request: MemberRequest, **forms: Any) -> HttpResponse:
    """The page with its three forms, of which one may have been refused."""
    lab = get_request_lab(request)
    context = {
        "accent_form": AccentForm(initial={"accent": lab.accent}),
        "logo_form": LogoForm(initial={"alt": lab.logo_alt}),
        "announcement_form": _make_announcement_form(request),
        "tabs": list_tabs(PAGE),
    }
    status = 422 if forms else 200
    return render_page(
        request, "curation/appearance/appearance.html", context | forms, status=status
    )

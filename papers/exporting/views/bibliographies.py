"""Secret addresses of bibliographies: one's own, and the file that a program fetches."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from papers import access
from papers.accounts.confirming.views import recent_sign_in
from papers.exporting.actions.bibliography_links import (
    TooManyLinks,
    add_bibliography_link,
    find_bibliography,
    revoke_bibliography_link,
)
from papers.exporting.format_registry import FORMATS
from papers.exporting.forms import BibliographyForm
from papers.exporting.queries.scopes import Scope, find_scope
from papers.exporting.views.files import NOTHING, send_file
from papers.http import MemberRequest, PageRequest, get_request_lab, redirect_page, render_page
from papers.languages import speak_to
from papers.search.queries import SearchTooLong
from papers.writing.views import once, read_secret, redirect_to_secret

LINKED = ("topic", "search", "lab")
"""Parts of the lab that can have a private address."""


@require_http_methods(["GET", "HEAD", "POST"])
@recent_sign_in
@once
def bibliography_link_list(request: MemberRequest) -> HttpResponse:
    """One's own addresses; a POST with `?topic=` or `?q=` makes one, shown only just then."""
    if request.method == "POST":
        return _add_link(request)
    token = read_secret(request)
    url = request.build_absolute_uri(reverse("bibliography", args=[token])) if token else ""
    rows = access.bibliography_links_of(request.user).select_related("topic")
    links = [(link, Scope(topic=link.topic, search=link.search)) for link in rows]
    return render_page(request, "exporting/bibliography_list.html", {"links": links, "url": url})


def _add_link(request: MemberRequest) -> HttpResponse:
    scope = find_scope(request.GET.dict(), request.user, get_request_lab(request))
    form = BibliographyForm(request.POST)
    if scope is None or scope.kind not in LINKED or not form.is_valid():
        raise Http404(NOTHING)
    try:
        token = add_bibliography_link(
            topic=scope.topic, search=scope.search, written_as=form.cleaned_data["format"],
            by=request.user, at=timezone.now(),
        )  # fmt: skip
    except TooManyLinks:
        messages.error(request, _("You have 50 private links. Revoke one first."))
        return redirect_page(request, reverse("bibliography-list"))
    return redirect_to_secret(reverse("bibliography-list"), token)


@require_POST
def bibliography_revocation(request: MemberRequest, pk: int) -> HttpResponse:
    """Take an address back."""
    link = get_object_or_404(access.bibliography_links_of(request.user), pk=pk)
    revoke_bibliography_link(link=link)
    messages.success(request, _("Link revoked. It no longer works."))
    return redirect_page(request, reverse("bibliography-list"))


@require_safe
@login_not_required
@never_cache
def bibliography(request: PageRequest, token: str) -> HttpResponseBase:
    """The file behind an address, as the member who made it may see it."""
    found = find_bibliography(token)
    if found is None:
        raise Http404(NOTHING)
    link, member = found
    scope = Scope(topic=link.topic, search=link.search)
    try:
        with speak_to(member):
            return send_file(request, scope, FORMATS[link.format], member, get_request_lab(request))
    except SearchTooLong:
        text = "% This search takes too long. Make it more specific.\n"
        return HttpResponse(text, status=503, content_type="text/plain; charset=utf-8")

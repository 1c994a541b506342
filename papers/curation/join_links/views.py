"""Join links: make, see how often they were used, revoke."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from papers.accounts.confirming.views import recent_sign_in
from papers.accounts.joining.actions import make_join_link, revoke_join_link
from papers.accounts.joining.forms import JoinLinkForm
from papers.accounts.joining.queries import list_join_links
from papers.curation.views.lab import list_tabs
from papers.http import MemberRequest, get_request_lab, redirect_page, render_page, require_curator
from papers.models import JoinLink
from papers.writing.views import once, read_secret, redirect_to_secret

MOST = 200
"""Links on the page; the admin panel has them all."""


@require_curator
@recent_sign_in
@once
def join_link_list(request: MemberRequest) -> HttpResponse:
    """Links by which people join; make one."""
    get_request_lab(request)  # days are the lab's
    form = JoinLinkForm(request.POST or None)
    at = timezone.now()
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        made = make_join_link(
            name=data["name"], role=data["role"], most_uses=data["most_uses"],
            ends_at=form.get_end(), by=request.user, at=at,
        )  # fmt: skip
        return redirect_to_secret(reverse("join-link", args=[made.link.pk]), made.url)
    context = {"form": form, "links": list_join_links(at)[:MOST], "now": at}
    context["tabs"] = list_tabs("curation-join-links")
    status = 422 if form.errors else 200
    return render_page(request, "curation/join_links/join_link_list.html", context, status=status)


@require_safe
@require_curator
def join_link(request: MemberRequest, pk: int) -> HttpResponse:
    """The address of a link, for ten minutes in the browser that made it."""
    link = get_object_or_404(JoinLink, pk=pk)
    url = read_secret(request)
    if not url:
        messages.info(request, _("The link isn't shown again. Make a new link if you need one."))
        return redirect_page(request, reverse("curation-join-links"))
    context = {"link": link, "url": url, "tabs": list_tabs("curation-join-links")}
    response = render_page(request, "curation/join_links/join_link.html", context)
    response["Cache-Control"] = "no-store"
    return response


@require_POST
@require_curator
def join_link_revocation(request: MemberRequest, pk: int) -> HttpResponse:
    """Close a link, and the invitations that wait."""
    link = get_object_or_404(JoinLink, pk=pk)
    done = revoke_join_link(link=link, by=request.user, at=timezone.now())
    messages.success(request, _("Join link revoked.") if done else _("Already closed."))
    return redirect_page(request, reverse("curation-join-links"))

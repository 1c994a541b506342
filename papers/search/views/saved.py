"""The searches that a member keeps."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from papers import access
from papers.http import MemberRequest, redirect_page, render_page
from papers.search import actions
from papers.search.forms import NameForm, SearchForm
from papers.writing.views import once

TAKEN = gettext_lazy("You already have a search with this name.")


@require_http_methods(["GET", "HEAD", "POST"])
@once
def search_list(request: MemberRequest) -> HttpResponse:
    """All searches that I keep, also for the catalogue's margin; a new one is kept here."""
    if request.method != "POST":
        text = request.GET.get("q", "").replace("\0", " ").strip()[:2000]
        form = SearchForm(initial={"text": text, "name": text[:100]}) if text else None
        return _render(request, form, removed=request.session.pop("removed_search", None))
    form = SearchForm(request.POST)
    if not form.is_valid():
        return _render(request, form, status=422)
    try:
        kept = actions.save_search(**form.cleaned_data, by=request.user, at=timezone.now())
    except actions.NameTaken:
        form.add_error("name", TAKEN)
        return _render(request, form, status=422)
    messages.success(request, _("Saved “%(name)s”.") % {"name": kept.name})
    return redirect_page(request, reverse("search-list"))


@require_POST
def search_detail(request: MemberRequest, pk: int) -> HttpResponse:
    """Another name."""
    search = get_object_or_404(access.saved_searches_of(request.user), pk=pk)
    form = NameForm(request.POST)
    if form.is_valid():
        try:
            name = form.cleaned_data["name"]
            actions.rename_search(search=search, name=name, by=request.user, at=timezone.now())
            return redirect_page(request, reverse("search-list"))
        except actions.NameTaken:
            form.add_error("name", TAKEN)
    return _render(request, None, renaming=form, renamed=pk, status=422)


@require_POST
def search_removal(request: MemberRequest, pk: int) -> HttpResponse:
    """Keep it no longer; the page that follows offers to bring it back."""
    search = get_object_or_404(access.saved_searches_of(request.user), pk=pk)
    actions.remove_search(search=search, by=request.user, at=timezone.now())
    request.session["removed_search"] = {"name": search.name, "text": search.text}
    return redirect_page(request, reverse("search-list"))


def _render(
    request: MemberRequest, form: SearchForm | None, *, status: int = 200, **more: object
) -> HttpResponse:
    context = {"form": form, "saved": access.saved_searches_of(request.user), **more}
    page, parts = "search/search_list.html", ["saved-searches"]
    return render_page(request, page, context, fragments=parts, status=status)

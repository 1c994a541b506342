"""Importing the issues of a repository."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from papers import access
from papers.http import MemberRequest, redirect_page, render_page, require_reviewer
from papers.importing.trackers.actions.fetching import request_issues
from papers.importing.trackers.forms import IssuesForm
from papers.models import IssueFetch
from papers.writing.views import once

SHOWN = 10


@require_http_methods(["GET", "HEAD", "POST"])
@require_reviewer
@once
def issues_new(request: MemberRequest) -> HttpResponse:
    """Name a repository; below, those that were asked for before."""
    form = IssuesForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        server, repository = form.cleaned_data["repository"]
        fetch = request_issues(
            server=server, repository=repository, token=form.cleaned_data["token"],
            by=request.user, at=timezone.now(),
        )  # fmt: skip
        return redirect_page(request, reverse("issues-detail", args=[fetch.pk]))
    fetches = access.issue_fetches_of(request.user).select_related("job")[:SHOWN]
    context = {"form": form, "fetches": fetches}
    status = 422 if form.errors else 200
    return render_page(request, "importing/issues_new.html", context, status=status)


@require_safe
@require_reviewer
def issues_detail(request: MemberRequest, pk: int) -> HttpResponse:
    """How far a fetch is; once the issues are here, their preview."""
    fetch = get_object_or_404(access.issue_fetches_of(request.user).select_related("job"), pk=pk)
    if fetch.job:
        return redirect_page(request, fetch.job.get_absolute_url())
    context = {"fetch": fetch, "is_waiting": fetch.state == IssueFetch.State.WAITING}
    fragments = ["issues-progress"]
    return render_page(request, "importing/issues_detail.html", context, fragments=fragments)

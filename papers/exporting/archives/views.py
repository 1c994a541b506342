"""Archives of the whole lab, for curators: asking for one, watching it being made, fetching it."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from papers import access
from papers.accounts.confirming.views import recent_sign_in
from papers.exporting.archives.actions.making import (
    get_folder,
    read_own_archive,
    remove_archive,
    request_archive,
)
from papers.http import MemberRequest, get_request_lab, redirect_page, render_page, require_curator
from papers.models import ArchiveJob
from papers.writing.views import once


@require_http_methods(["GET", "HEAD", "POST"])
@require_curator
@recent_sign_in
@once
def archive_list(request: MemberRequest) -> HttpResponse:
    """The archives on disk and the one being made; a POST has one made."""
    if request.method == "POST":
        _require_open(request)
        request_archive(by=request.user, at=timezone.now())
        return redirect_page(request, reverse("archive-list"))
    jobs = list(access.archives_visible_to(request.user).select_related("by"))
    context = {
        "jobs": jobs,
        "is_running": any(job.is_running for job in jobs),
        "may_archive": access.can_archive(request.user, get_request_lab(request)),
    }
    return render_page(request, "exporting/archive_list.html", context, fragments=["archives"])


@require_safe
@require_curator
def archive_file(request: MemberRequest, pk: int) -> HttpResponseBase:
    """The file of an archive."""
    _require_open(request)
    done = access.archives_visible_to(request.user).filter(state=ArchiveJob.State.DONE)
    job = get_object_or_404(done, pk=pk)
    path = get_folder() / job.name
    if not path.is_file():
        raise Http404(job.name)
    return FileResponse(path.open("rb"), as_attachment=True, filename=job.name)


@require_POST
@require_curator
def archive_removal(request: MemberRequest, pk: int) -> HttpResponse:
    """Remove an archive from the server."""
    remove_archive(job=get_object_or_404(access.archives_visible_to(request.user), pk=pk))
    messages.success(request, _("Archive deleted."))
    return redirect_page(request, reverse("archive-list"))


@require_safe
def own_archive(request: MemberRequest) -> HttpResponseBase:
    """Everything of one's own, drafts included, as JSON lines."""
    name = f"{request.user.handle}.zip"
    return StreamingHttpResponse(
        read_own_archive(member=request.user, at=timezone.now()),
        content_type="application/zip",
        headers={"Content-Disposition": content_disposition_header(True, name)},
    )


def _require_open(request: MemberRequest) -> None:
    if not access.can_archive(request.user, get_request_lab(request)):
        raise PermissionDenied(
            _(
                "Some reviews are hidden from you until you publish your own. "
                "Ask another curator for the archive."
            )
        )

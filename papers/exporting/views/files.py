"""The page that shows every format, and the files themselves."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from papers import access
from papers.exporting.actions.streams import open_export
from papers.exporting.format_registry import BIBLIOGRAPHIES, FORMATS, LISTS, Format, ListFormat
from papers.exporting.queries.scopes import Scope, find_scope
from papers.http import PageRequest, get_request_lab, public_reading, redirect_page, render_page
from papers.models import BibliographyLink, Lab
from papers.search.queries import SearchTooLong

NOTHING = "There is no such export."


@require_safe
@public_reading
def export(request: PageRequest) -> HttpResponse:
    """What can be taken out of a part of the lab, and what each format cannot hold."""
    scope = _require_scope(request)
    context = {
        "scope": scope,
        "lists": LISTS.values(),
        "bibliographies": BIBLIOGRAPHIES.values(),
        "link_formats": BibliographyLink.Format.choices,
        "may_link": access.get_member(request.user) and scope.kind in ("topic", "search", "lab"),
    }
    return render_page(request, "exporting/export.html", context)


@require_safe
@public_reading
def export_file(request: PageRequest, name: str) -> HttpResponseBase:
    """A part of the lab in one format, written while it is sent."""
    form = FORMATS.get(name)
    if form is None:
        raise Http404(NOTHING)
    scope, lab = _require_scope(request), get_request_lab(request)
    try:
        return send_file(request, scope, form, request.user, lab)
    except SearchTooLong:
        messages.error(request, _("This search is too slow to export. Make it more specific."))
        return redirect_page(request, f"{reverse('export')}?{scope.query}")


def send_file(
    request: PageRequest,
    scope: Scope,
    form: Format | ListFormat,
    viewer: access.Viewer,
    lab: Lab,
) -> HttpResponseBase:
    """The file as this viewer may see it. Raises SearchTooLong."""
    site = request.build_absolute_uri("/").rstrip("/")
    file = open_export(scope, form, viewer, lab, at=timezone.now(), site=site)
    return StreamingHttpResponse(
        file.parts,
        content_type=file.content_type,
        headers={"Content-Disposition": content_disposition_header(True, file.name)},
    )


def _require_scope(request: PageRequest) -> Scope:
    scope = find_scope(request.GET.dict(), request.user, get_request_lab(request))
    if scope is None:
        raise Http404(NOTHING)
    return scope

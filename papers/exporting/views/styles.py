"""References in a citation style of one's own."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods

from papers.exporting.actions.streams import stream_records
from papers.exporting.formats.csl import MOST_REFERENCES
from papers.exporting.forms import StyleForm
from papers.exporting.queries.scopes import Scope, find_scope, list_scope_papers
from papers.exporting.styling import Styled, style_references
from papers.exporting.views.files import NOTHING
from papers.http import MemberRequest, get_request_lab, render_page
from papers.search.queries import SearchTooLong


@require_http_methods(["GET", "HEAD", "POST"])
def export_style(request: MemberRequest) -> HttpResponse:
    """A CSL file to choose; a POST answers with the references that it sets."""
    scope = find_scope(request.GET.dict(), request.user, get_request_lab(request))
    if scope is None:
        raise Http404(NOTHING)
    form = StyleForm(request.POST, request.FILES) if request.method == "POST" else StyleForm()
    if request.method == "POST" and form.is_valid():
        styled = _style(request, scope, form.cleaned_data["style"])
        if form.accepts(styled):
            return HttpResponse(
                "".join(f"{one}\n\n" for one in styled.references),
                content_type="text/plain; charset=utf-8",
                headers={
                    "Content-Disposition": content_disposition_header(
                        True, f"{scope.file_name}.txt"
                    )
                },
            )
    context = {"scope": scope, "form": form, "most": MOST_REFERENCES}
    return render_page(request, "exporting/style.html", context, status=422 if form.errors else 200)


def _send(styled: Styled, name: str) -> HttpResponse:
    return HttpResponse(
        "".join(f"{one}\n\n" for one in styled.references),
        content_type="text/plain; charset=utf-8",
        headers={"Content-Disposition": content_disposition_header(True, name)},
    )


def _style(request: MemberRequest, scope: Scope, style: bytes) -> Styled:
    lab = get_request_lab(request)
    try:
        keys = list_scope_papers(scope, request.user, lab, timezone.localdate())
    except SearchTooLong:
        keys = []
    return style_references(style, list(stream_records(keys[:MOST_REFERENCES], request.user, lab)))

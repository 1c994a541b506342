"""The guide to the API, and its description (OpenAPI 3.1)."""

from __future__ import annotations

from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from papers.api.guide.openapi import make_document
from papers.api.guide.operations import list_operations
from papers.http import MemberRequest, render_page


@require_safe
def api_guide(request: MemberRequest) -> HttpResponse:
    """What a program can ask, with an example of each."""
    site = request.build_absolute_uri("/").rstrip("/")
    context = {"operations": list_operations(make_document(), site), "site": site}
    return render_page(request, "api/api_guide.html", context)


@require_safe
def openapi(request: MemberRequest) -> JsonResponse:
    """The description of the API (OpenAPI 3.1) for programs that write programs."""
    return JsonResponse(make_document())
